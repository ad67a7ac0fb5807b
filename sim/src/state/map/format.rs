//! What a file with items can look like.

use serde_json::Value;
use stepwright_codegen::asl::{InputType, ReaderConfig};

use crate::state::map::{Items, csv};

/// What the simulator says of Parquet, and what to do instead.
const PARQUET: &str = "the simulator does not read Parquet; put the same rows under that key as JSON Lines, with InputType JSONL";

/// The items in a file. What it fails with is a cause without the name of the file.
pub(crate) fn parse(body: &str, config: &ReaderConfig) -> Result<Items, String> {
    match config.input_type {
        Some(InputType::Csv) => Ok(Items { values: csv::read(body, config)?, ..Items::default() }),
        Some(InputType::Jsonl) => lines(body),
        Some(InputType::Json) | None => document(body, config.items_pointer.as_deref().unwrap_or_default()),
        Some(InputType::Parquet) => Err(PARQUET.to_owned()),
        Some(InputType::Manifest) => Err("an inventory cannot be an item of another list".to_owned()),
    }
}

/// JSON Lines: each line that is not blank is an item.
fn lines(body: &str) -> Result<Items, String> {
    let lines = body.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let values = lines.map(|(index, line)| {
        serde_json::from_str(line).map_err(|error| format!("line {} is no JSON: {error}", index + 1))
    });
    Ok(Items { values: values.collect::<Result<_, _>>()?, ..Items::default() })
}

/// A JSON document: the elements or members of what `ItemsPointer` points at are the items.
fn document(body: &str, pointer: &str) -> Result<Items, String> {
    let mut document: Value =
        serde_json::from_str(body).map_err(|error| format!("it is no JSON: {error}"))?;
    let items = document.pointer_mut(pointer).map(Value::take).and_then(|items| Items::of(items, true).ok());
    items.ok_or_else(|| super::reader::NOT_ITERABLE.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(body: &str, config: &ReaderConfig, expected: Result<&Value, &str>) {
        let values = parse(body, config).map(|items| Value::Array(items.values));
        assert_eq!(values.as_ref().map_err(String::as_str), expected);
    }

    #[test]
    fn items_may_lie_deeper_in_a_file() {
        let config = ReaderConfig { items_pointer: Some("/a/b".to_owned()), ..ReaderConfig::default() };
        check(r#"{"a": {"b": [1, 2]}}"#, &config, Ok(&json!([1, 2])));
        check(r#"{"a": 1}"#, &config, Err("Attempting to map over non-iterable node."));
    }

    #[test]
    fn each_line_can_be_an_item() {
        let config = ReaderConfig { input_type: Some(InputType::Jsonl), ..ReaderConfig::default() };
        check("1\n\n{\"a\": 2}\r\n  \n", &config, Ok(&json!([1, { "a": 2 }])));
        check("", &config, Ok(&json!([])));
        check("1\n{", &config, Err("line 2 is no JSON: EOF while parsing an object at line 1 column 1"));
    }
}
