//! Items in Amazon S3.

use std::marker::PhantomData;

use super::S3Object;
use crate::data::Data;
use crate::expr::{Fits, IntoExpr, tree};
use crate::plan::{Delimiter, FileFormat, ItemReader, Manifest, ReaderConfig};

/// Items of type `T` that a distributed Map reads from Amazon S3: `ItemReader`. `F` says what the files are.
#[derive(Debug)]
#[must_use = "it is read by a Map: `s.map(name, items)`"]
pub struct Reader<T, F> {
    reader: ItemReader,
    ty: PhantomData<fn() -> (T, F)>,
}

/// A kind of file with items: [`Csv`], [`Json`], [`Jsonl`] or [`Parquet`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no kind of file with items",
    note = "the kinds are `items::Csv`, `items::Json`, `items::Jsonl` and `items::Parquet`"
)]
pub trait FileType: Copy {
    /// What the plan calls it.
    #[doc(hidden)]
    const FORMAT: FileFormat;
}

macro_rules! file_types {
    ($($(#[doc = $doc:literal])* $name:ident;)*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl FileType for $name {
            const FORMAT: FileFormat = FileFormat::$name;
        }
    )*};
}

file_types! {
    /// Comma (or otherwise) separated values: each row is an object of texts.
    Csv;
    /// One JSON array.
    Json;
    /// One JSON value in each line.
    Jsonl;
    /// Apache Parquet: each row is an object.
    Parquet;
}

/// The objects of a bucket themselves, not what is in them.
#[derive(Debug, Clone, Copy)]
pub struct Listing;

/// The rows of an Amazon S3 inventory.
#[derive(Debug, Clone, Copy)]
pub struct Inventory;

/// The rows of a CSV file, whose first row names the columns unless [`headers`](Reader::headers) does. All columns are texts.
pub fn csv<T: Data>(bucket: impl IntoExpr<String>, key: impl IntoExpr<String>) -> Reader<T, Csv> {
    Reader::file(bucket, key)
}

/// The items of the array that a JSON file is, or [has in it](Reader::pointer).
pub fn json<T: Data>(bucket: impl IntoExpr<String>, key: impl IntoExpr<String>) -> Reader<T, Json> {
    Reader::file(bucket, key)
}

/// The values of a file that has one JSON value in each line.
pub fn jsonl<T: Data>(bucket: impl IntoExpr<String>, key: impl IntoExpr<String>) -> Reader<T, Jsonl> {
    Reader::file(bucket, key)
}

/// The rows of a Parquet file.
pub fn parquet<T: Data>(bucket: impl IntoExpr<String>, key: impl IntoExpr<String>) -> Reader<T, Parquet> {
    Reader::file(bucket, key)
}

/// The objects of a bucket whose keys begin with a prefix: `ListObjectsV2`.
///
/// ```
/// # use stepwright::prelude::*;
/// # #[task(lambda = "${Resize}")] fn resize(key: String) -> String;
/// # #[workflow] fn w(s: &mut Scope) -> Ref<Vec<String>> {
/// s.map("EachPhoto", items::objects("photos", "incoming/")).each(|s, photo| s.task(resize(photo.key)))
/// # }
/// # assert!(w().plan().problems.is_empty());
/// ```
pub fn objects(bucket: impl IntoExpr<String>, prefix: impl IntoExpr<String>) -> Reader<S3Object, Listing> {
    let arguments = vec![("Bucket", tree(bucket)), ("Prefix", tree(prefix))];
    Reader::new(ItemReader { is_listing: true, arguments, config: ReaderConfig::default() })
}

/// The rows of an Amazon S3 inventory, by the key of its `manifest.json`. Which columns there are is configured with the
/// inventory (`Bucket`, `Key`, `Size`, …); all are texts.
pub fn inventory<T: Data>(bucket: impl IntoExpr<String>, key: impl IntoExpr<String>) -> Reader<T, Inventory> {
    Reader::object(bucket, key).config(|config| config.manifest = Some(Manifest::Inventory))
}

/// The rows that an Athena `UNLOAD` has written, by the key of its manifest.
///
/// ```
/// # use stepwright::prelude::*;
/// # #[derive(Data, Serialize, Deserialize, JsonSchema)] struct Row { sku: String }
/// # #[task(lambda = "${Check}")] fn check(sku: String) -> bool;
/// # #[workflow] fn w(s: &mut Scope, manifest: Ref<String>) -> Ref<Vec<bool>> {
/// s.map("EachRow", items::athena::<Row, _>(items::Jsonl, "unloads", manifest)).each(|s, row| s.task(check(row.sku)))
/// # }
/// # assert!(w().plan().problems.is_empty());
/// ```
pub fn athena<T: Data, F: FileType>(
    files: F,
    bucket: impl IntoExpr<String>,
    key: impl IntoExpr<String>,
) -> Reader<T, F> {
    let _ = files;
    Reader::file(bucket, key).config(|config| config.manifest = Some(Manifest::Athena))
}

impl<T: Data, F> Reader<T, F> {
    fn new(reader: ItemReader) -> Self {
        Self { reader, ty: PhantomData }
    }

    fn object(bucket: impl IntoExpr<String>, key: impl IntoExpr<String>) -> Self {
        let arguments = vec![("Bucket", tree(bucket)), ("Key", tree(key))];
        Self::new(ItemReader { is_listing: false, arguments, config: ReaderConfig::default() })
    }

    fn config(mut self, edit: impl FnOnce(&mut ReaderConfig)) -> Self {
        edit(&mut self.reader.config);
        self
    }

    pub(crate) fn into_reader(self) -> ItemReader {
        self.reader
    }

    /// Reads so many items at the most: `MaxItems`, a constant or read from the data; 0 is no limit.
    pub fn limit(self, items: impl Fits<u64>) -> Self {
        self.config(|config| config.max_items = Some(tree(items)))
    }

    /// Fails, with `States.ItemReaderFailed`, unless the bucket belongs to this account.
    pub fn expected_bucket_owner(mut self, account: impl IntoExpr<String>) -> Self {
        self.reader.arguments.push(("ExpectedBucketOwner", tree(account)));
        self
    }
}

impl<T: Data, F: FileType> Reader<T, F> {
    fn file(bucket: impl IntoExpr<String>, key: impl IntoExpr<String>) -> Self {
        Self::object(bucket, key).config(|config| config.format = Some(F::FORMAT))
    }
}

impl<T: Data> Reader<T, Csv> {
    /// Names the columns; the first row is then one like the others.
    pub fn headers<H: Into<String>>(self, headers: impl IntoIterator<Item = H>) -> Self {
        self.config(|config| config.headers = Some(headers.into_iter().map(Into::into).collect()))
    }

    /// What separates the columns, if not a comma.
    pub fn delimiter(self, delimiter: Delimiter) -> Self {
        self.config(|config| config.delimiter = Some(delimiter))
    }
}

impl<T: Data> Reader<T, Json> {
    /// Where in the file the array is, as a JSON pointer: `/inventory/products`.
    pub fn pointer(self, pointer: impl Into<String>) -> Self {
        self.config(|config| config.pointer = Some(pointer.into()))
    }
}

impl Reader<S3Object, Listing> {
    /// Runs over what is in the listed objects, which are all files of this kind: `LOAD_AND_FLATTEN`.
    ///
    /// ```
    /// # use stepwright::prelude::*;
    /// # #[derive(Data, Serialize, Deserialize, JsonSchema)] struct Row { sku: String }
    /// # #[task(lambda = "${Check}")] fn check(sku: String) -> bool;
    /// # #[workflow] fn w(s: &mut Scope, day: Ref<String>) -> Ref<Vec<bool>> {
    /// let rows = items::objects("stock", day).load_and_flatten::<Row, _>(items::Csv).headers(["sku"]);
    /// s.map("EachRow", rows).each(|s, row| s.task(check(row.sku)))
    /// # }
    /// # assert!(w().plan().problems.is_empty());
    /// ```
    pub fn load_and_flatten<T: Data, F: FileType>(self, files: F) -> Reader<T, F> {
        let _ = files;
        Reader::new(self.reader).config(|config| {
            config.load_and_flatten = true;
            config.format = Some(F::FORMAT);
        })
    }
}
