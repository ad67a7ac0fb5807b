//! `ItemReader`: items from Amazon S3.

use std::sync::Arc;

use serde_json::Value;
use stepwright_codegen::asl::{ItemReader, ReaderConfig};

use crate::data::Failure;
use crate::fault::Fault;
use crate::interpreter::Interpreter;
use crate::interpreter::frame::FrameId;
use crate::limits;
use crate::state::map::Items;
use crate::state::map::dataset::Dataset;

/// The cause when what is read is neither a list nor an object.
pub(crate) const NOT_ITERABLE: &str = "Attempting to map over non-iterable node.";

/// What is to be read: the evaluated request, and how many items at most.
pub(crate) struct Request {
    arguments: Value,
    max_items: Option<i64>,
    is_listing: bool,
    config: ReaderConfig,
}

impl Interpreter<'_, '_> {
    /// Evaluates the fields of an `ItemReader`.
    pub(crate) fn read_request(
        &mut self,
        id: FrameId,
        reader: &ItemReader,
        input: &Value,
    ) -> Result<Request, Failure> {
        let config = reader.reader_config.clone().unwrap_or_default();
        let max_items = match (&config.max_items, &config.max_items_path) {
            (Some(constant), _) => {
                let value = self.constant_or(id, constant, "ItemReader/ReaderConfig/MaxItems")?;
                let cause = || format!("The MaxItems field must be an integer but was: {value}");
                Some(
                    value
                        .as_i64()
                        .ok_or_else(|| Failure::query(cause(), "ItemReader/ReaderConfig/MaxItems"))?,
                )
            }
            (None, Some(path)) => Some(self.integer(id, "MaxItemsPath", path, input)?),
            (None, None) => None,
        };
        let arguments = match (&reader.parameters, &reader.arguments) {
            (Some(parameters), _) => {
                Arc::unwrap_or_clone(self.template(id, parameters, input, "ItemReader/Parameters")?)
            }
            (None, Some(arguments)) => self.resolve(id, arguments, "ItemReader/Arguments")?,
            (None, None) => Value::Null,
        };
        let is_listing = reader.resource.ends_with(":s3:listObjectsV2");
        Ok(Request { arguments, max_items, is_listing, config })
    }

    /// Reads the items: those of each file by themselves.
    pub(crate) fn read_items(&self, request: &Request) -> Result<Vec<Items>, Fault> {
        self.read(request).map_err(|cause| Fault::new("States.ItemReaderFailed", cause))
    }

    fn read(&self, request: &Request) -> Result<Vec<Items>, String> {
        let mut parts = match self.mocked_items() {
            Some(values) => vec![Items { values, ..Items::default() }],
            None => self.read_all(request)?,
        };
        // A negative number is found out only when the items are read; 0 means no limit.
        match request.max_items.map(usize::try_from) {
            Some(Err(_)) => return Err("field MaxItems must be positive".to_owned()),
            Some(Ok(0)) | None => {}
            Some(Ok(limit)) => truncate(&mut parts, limit),
        }
        let mut values = parts.iter().flat_map(|part| &part.values);
        match values.position(limits::exceeds_item) {
            Some(index) => Err(format!("item {index} is larger than {} bytes", limits::MAX_ITEM_BYTES)),
            None => Ok(parts),
        }
    }

    fn read_all(&self, request: &Request) -> Result<Vec<Items>, String> {
        let (objects, started) = (&self.settings.objects, self.settings.started);
        let dataset = Dataset { objects, config: &request.config, started };
        let bucket = request.text("Bucket")?.ok_or("the ItemReader names no `Bucket`")?;
        if request.is_listing {
            let prefix = request.text("Prefix")?.unwrap_or_default();
            return dataset.listing(bucket, prefix, request.text("StartAfter")?.unwrap_or_default());
        }
        dataset.object(bucket, request.text("Key")?.ok_or("the ItemReader names no `Key`")?)
    }
}

impl Request {
    /// A member of the request to Amazon S3. Those that nobody asks for, such as `ExpectedBucketOwner`, have no effect.
    fn text(&self, name: &str) -> Result<Option<&str>, String> {
        match &self.arguments[name] {
            Value::Null => Ok(None),
            Value::String(text) => Ok(Some(text)),
            other => Err(format!("`{name}` of the ItemReader has to be a string, but is {other}")),
        }
    }
}

/// Leaves the first items, counted over all files.
fn truncate(parts: &mut [Items], limit: usize) {
    let mut left = limit;
    for part in parts {
        part.values.truncate(left);
        left -= part.values.len();
    }
}
