//! `ItemReader`: items from Amazon S3.

use std::sync::Arc;

use serde_json::Value;
use stepwright_codegen::asl::{InputType, ItemReader, ManifestType, ReaderConfig, ReaderTransformation};

use crate::data::Failure;
use crate::fault::Fault;
use crate::history::Text;
use crate::interpreter::Interpreter;
use crate::interpreter::frame::FrameId;
use crate::s3;
use crate::state::map::{Items, csv};

/// What is to be read: the evaluated request, and how many items at most.
pub(crate) struct Request {
    arguments: Value,
    max_items: Option<u64>,
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
        // A negative number is found out only when the items are read; 0 means no limit.
        let max_items = max_items.map(|limit| u64::try_from(limit).unwrap_or(u64::MAX));
        let is_listing = reader.resource.ends_with(":s3:listObjectsV2");
        Ok(Request { arguments, max_items, is_listing, config })
    }

    /// Reads the items.
    pub(crate) fn read_items(&self, request: &Request) -> Result<Items, Fault> {
        let mut items = match self.mocked_items() {
            Some(values) => Items { values, ..Items::default() },
            None => self.read_all(request).map_err(|cause| Fault::new("States.ItemReaderFailed", cause))?,
        };
        match request.max_items {
            Some(u64::MAX) => {
                return Err(Fault::new("States.ItemReaderFailed", "field MaxItems must be positive"));
            }
            Some(0) | None => {}
            Some(limit) => items.values.truncate(usize::try_from(limit).unwrap_or(usize::MAX)),
        }
        Ok(items)
    }

    fn read_all(&self, request: &Request) -> Result<Items, String> {
        let text = |name: &str| request.arguments[name].as_str().unwrap_or_default();
        let objects = &self.settings.objects;
        let bucket = text("Bucket");
        if !request.is_listing {
            let key = text("Key");
            let body = objects.get(bucket, key);
            let body = body.ok_or_else(|| format!("The specified key does not exist: {key}"))?;
            let source = Some(Text::from(format!("S3://{bucket}/{key}")));
            return parse(body, &request.config).map(|items| Items { source, ..items });
        }
        let mut items = Items { source: Some(Text::from(format!("S3://{bucket}"))), ..Items::default() };
        for (key, body) in objects.list(bucket, text("Prefix")) {
            if request.config.transformation == Some(ReaderTransformation::LoadAndFlatten) {
                items.values.extend(parse(body, &request.config)?.values);
            } else {
                items.values.push(s3::listed(key, body, self.settings.started));
            }
        }
        Ok(items)
    }
}

/// The items in a file.
fn parse(body: &str, config: &ReaderConfig) -> Result<Items, String> {
    if let Some(manifest) = config.manifest_type {
        return Err(match manifest {
            ManifestType::AthenaData => "the simulator does not read the manifests of Athena".to_owned(),
            ManifestType::S3Inventory => "the simulator does not read inventories".to_owned(),
        });
    }
    match config.input_type {
        Some(InputType::Csv) => Ok(Items { values: csv::read(body, config)?, ..Items::default() }),
        Some(InputType::Jsonl) => {
            let lines = body.lines().filter(|line| !line.trim().is_empty());
            let values = lines.map(|line| serde_json::from_str(line).map_err(|error| error.to_string()));
            Ok(Items { values: values.collect::<Result<_, _>>()?, ..Items::default() })
        }
        Some(InputType::Json) | None => {
            let file: Value = serde_json::from_str(body).map_err(|error| error.to_string())?;
            let pointer = config.items_pointer.as_deref().unwrap_or_default();
            let items = file.pointer(pointer).cloned().and_then(|items| Items::of(items, true).ok());
            items.ok_or_else(|| "Attempting to map over non-iterable node.".to_owned())
        }
        Some(InputType::Parquet) => Err("the simulator does not read Parquet".to_owned()),
        Some(InputType::Manifest) => Err("the simulator does not read inventories".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn items_may_lie_deeper_in_a_file() {
        let config = ReaderConfig { items_pointer: Some("/a/b".to_owned()), ..ReaderConfig::default() };
        let values = |text| parse(text, &config).map(|items| items.values);
        assert_eq!(values(r#"{"a": {"b": [1, 2]}}"#), Ok(vec![json!(1), json!(2)]));
        assert_eq!(values(r#"{"a": 1}"#), Err("Attempting to map over non-iterable node.".to_owned()));
    }

    #[test]
    fn each_line_can_be_an_item() {
        let config = ReaderConfig { input_type: Some(InputType::Jsonl), ..ReaderConfig::default() };
        let values = parse("1\n{\"a\": 2}\n", &config).map(|items| items.values);
        assert_eq!(values, Ok(vec![json!(1), json!({ "a": 2 })]));
    }
}
