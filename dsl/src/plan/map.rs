//! Map: what its builder records.

use super::{Expression, Scope, ValueId};

/// A Map.
#[derive(Debug)]
pub struct Map {
    /// What it runs over.
    pub items: Items,
    /// The name under which an item is known in the document.
    pub item_name: Option<String>,
    /// The item itself, as the selector sees it.
    pub item: ValueId,
    /// What each iteration is given, if not the item.
    pub selector: Option<Expression>,
    /// `MaxConcurrency`: a constant, or read from the data.
    pub max_concurrency: Option<Expression>,
    /// What only a Map whose iterations are child executions has; `None` if they run inline.
    pub distributed: Option<Box<Distributed>>,
    /// The states that run for each item.
    pub processor: Scope,
}

impl Map {
    /// Calls `visit` for each expression that the state itself evaluates, in order.
    pub fn expressions<'a>(&'a self, visit: &mut impl FnMut(&'a Expression)) {
        match &self.items {
            Items::Data(items) => visit(items),
            Items::Read(reader) => {
                reader.arguments.iter().for_each(|(_, value)| visit(value));
                reader.config.max_items.iter().for_each(&mut *visit);
            }
        }
        self.selector.iter().chain(&self.max_concurrency).for_each(&mut *visit);
        let Some(distributed) = &self.distributed else { return };
        let Distributed { tolerated_count, tolerated_percentage, batcher, writer, .. } = &**distributed;
        tolerated_count.iter().chain(tolerated_percentage).for_each(&mut *visit);
        if let Some(ItemBatcher { max_items, max_bytes, input }) = batcher {
            max_items.iter().chain(max_bytes).chain(input).for_each(&mut *visit);
        }
        if let Some(writer) = writer {
            visit(&writer.bucket);
            visit(&writer.prefix);
        }
    }

    /// What puts the items together to batches.
    pub fn batcher(&self) -> Option<&ItemBatcher> {
        self.distributed.as_ref()?.batcher.as_ref()
    }

    /// The object that a child execution is given, as far as the workflow says it: that of `BatchInput`, where it is given a
    /// batch, otherwise that of `ItemSelector`.
    pub fn template(&self) -> Option<&Expression> {
        match self.batcher() {
            Some(batcher) => batcher.input.as_ref(),
            None => self.selector.as_ref(),
        }
    }
}

/// What a Map runs over.
#[derive(Debug)]
pub enum Items {
    /// A list, or in a distributed Map also an object.
    Data(Expression),
    /// What is in Amazon S3.
    Read(Box<ItemReader>),
}

/// What a Map has whose iterations are child executions.
#[derive(Debug, Default)]
pub struct Distributed {
    /// Whether the child executions are Express workflows.
    pub is_express: bool,
    /// `Label`.
    pub label: Option<String>,
    /// `ToleratedFailureCount`.
    pub tolerated_count: Option<Expression>,
    /// `ToleratedFailurePercentage`.
    pub tolerated_percentage: Option<Expression>,
    /// `ItemBatcher`.
    pub batcher: Option<ItemBatcher>,
    /// `ResultWriter`.
    pub writer: Option<ResultWriter>,
}

/// Where in Amazon S3 the items are.
#[derive(Debug)]
pub struct ItemReader {
    /// Whether the items come from a listing of a bucket, and not from one object.
    pub is_listing: bool,
    /// The request to Amazon S3: `Bucket`, and `Key` or `Prefix`.
    pub arguments: Vec<(&'static str, Expression)>,
    /// What is in there.
    pub config: ReaderConfig,
}

/// How the items are to be read.
#[derive(Debug, Default)]
pub struct ReaderConfig {
    /// `InputType`.
    pub format: Option<FileFormat>,
    /// `Transformation` is `LOAD_AND_FLATTEN`: the items are what is in the listed objects.
    pub load_and_flatten: bool,
    /// `ManifestType`.
    pub manifest: Option<Manifest>,
    /// `CSVHeaders`, where the first row does not name the columns.
    pub headers: Option<Vec<String>>,
    /// `CSVDelimiter`.
    pub delimiter: Option<Delimiter>,
    /// `ItemsPointer`.
    pub pointer: Option<String>,
    /// `MaxItems`.
    pub max_items: Option<Expression>,
}

/// The format of a file with items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFormat {
    /// Comma (or otherwise) separated values.
    Csv,
    /// One JSON array.
    Json,
    /// One JSON value in each line.
    Jsonl,
    /// Apache Parquet.
    Parquet,
}

/// What separates the columns of a CSV file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `|`
    Pipe,
    /// `;`
    Semicolon,
    /// A space.
    Space,
    /// A tab.
    Tab,
}

/// A file that names the files with the items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manifest {
    /// That of an Amazon S3 inventory.
    Inventory,
    /// That of an Athena `UNLOAD`.
    Athena,
}

/// How items are put together to batches: at least one of the limits is there.
#[derive(Debug, Default)]
pub struct ItemBatcher {
    /// `MaxItemsPerBatch`.
    pub max_items: Option<Expression>,
    /// `MaxInputBytesPerBatch`.
    pub max_bytes: Option<Expression>,
    /// `BatchInput`.
    pub input: Option<Expression>,
}

/// Where the results are written to.
#[derive(Debug)]
pub struct ResultWriter {
    /// `Bucket`.
    pub bucket: Expression,
    /// `Prefix`.
    pub prefix: Expression,
    /// `Transformation`.
    pub transformation: Option<Transformation>,
    /// `OutputType`.
    pub output: Option<OutputType>,
}

/// What is written of each child execution that succeeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transformation {
    /// Its output, with all that is known of the execution.
    Described,
    /// Its output.
    Compact,
    /// Its output; if that is a list, the items of it.
    Flatten,
}

/// The format of the files with results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputType {
    /// One JSON array.
    Json,
    /// One JSON value in each line.
    JsonLines,
}
