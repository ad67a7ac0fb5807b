//! `ItemBatcher`: several items for one child execution.

use serde_json::{Map, Value};
use stepwright_codegen::asl::{ItemBatcher, OrExpression};

use crate::data::{Failure, text};
use crate::interpreter::Interpreter;
use crate::interpreter::frame::FrameId;
use crate::limits;

impl Interpreter<'_, '_> {
    /// Puts items together to batches, each the input of a child execution.
    pub(crate) fn batches(
        &mut self,
        id: FrameId,
        batcher: &ItemBatcher,
        input: &Value,
        items: Vec<Value>,
    ) -> Result<Vec<Value>, Failure> {
        let max_items = self.batch_limit(
            id,
            "MaxItemsPerBatch",
            batcher.max_items_per_batch.as_ref(),
            batcher.max_items_per_batch_path.as_deref(),
            input,
        )?;
        let max_bytes = self.batch_limit(
            id,
            "MaxInputBytesPerBatch",
            batcher.max_input_bytes_per_batch.as_ref(),
            batcher.max_input_bytes_per_batch_path.as_deref(),
            input,
        )?;
        let batch_input = match &batcher.batch_input {
            Some(batch_input) => Some(self.payload(id, batch_input, input, "ItemBatcher/BatchInput")?),
            None => None,
        };
        let max_bytes = max_bytes.unwrap_or(limits::MAX_PAYLOAD_BYTES);
        if max_bytes > limits::MAX_PAYLOAD_BYTES {
            let cause =
                format!("MaxInputBytesPerBatch cannot be greater than {}.", limits::MAX_PAYLOAD_BYTES);
            return Err(Failure::runtime(cause));
        }
        Ok(split(items, batch_input.as_ref(), max_items.unwrap_or(usize::MAX), max_bytes))
    }

    fn batch_limit(
        &mut self,
        id: FrameId,
        field: &str,
        value: Option<&OrExpression<u64>>,
        path: Option<&str>,
        input: &Value,
    ) -> Result<Option<usize>, Failure> {
        let limit = match (value, path) {
            (Some(value), _) => {
                let value = self.constant_or(id, value, &format!("ItemBatcher/{field}"))?;
                let cause = || format!("The {field} field must be a positive integer but was: {value}");
                value.as_i64().ok_or_else(|| Failure::query(cause(), format!("ItemBatcher/{field}")))?
            }
            (None, Some(path)) => self.integer(id, &format!("{field}Path"), path, input)?,
            (None, None) => return Ok(None),
        };
        match usize::try_from(limit) {
            Ok(limit @ 1..) => Ok(Some(limit)),
            Ok(0) | Err(_) => Err(Failure::runtime(format!("{field} must be positive."))),
        }
    }
}

/// Fills one batch after another. An item that is too large for any batch has one of its own.
fn split(items: Vec<Value>, batch_input: Option<&Value>, max_items: usize, max_bytes: usize) -> Vec<Value> {
    let batch = |items: Vec<Value>| {
        let mut members = Map::new();
        if let Some(batch_input) = batch_input {
            members.insert("BatchInput".to_owned(), batch_input.clone());
        }
        members.insert("Items".to_owned(), Value::Array(items));
        Value::Object(members)
    };
    let overhead = text::size(&batch(Vec::new())).unwrap_or(max_bytes);
    let (mut batches, mut current, mut bytes) = (Vec::new(), Vec::new(), overhead);
    for item in items {
        let size = text::size(&item).unwrap_or(max_bytes) + 1;
        if !current.is_empty() && (current.len() == max_items || bytes + size > max_bytes) {
            batches.push(batch(std::mem::take(&mut current)));
            bytes = overhead;
        }
        bytes += size;
        current.push(item);
    }
    if !current.is_empty() {
        batches.push(batch(current));
    }
    batches
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn batches_are_filled_up_to_a_number_of_items() {
        let batches = split(vec![json!(1), json!(2), json!(3)], Some(&json!({ "x": 0 })), 2, 1_000);
        let expected = [
            json!({ "BatchInput": { "x": 0 }, "Items": [1, 2] }),
            json!({ "BatchInput": { "x": 0 }, "Items": [3] }),
        ];
        assert_eq!(batches, expected);
    }

    #[test]
    fn batches_are_filled_up_to_a_number_of_bytes() {
        let batches = split(vec![json!("12345"), json!("12345"), json!("12345")], None, 10, 32);
        assert_eq!(batches, [json!({ "Items": ["12345", "12345"] }), json!({ "Items": ["12345"] })]);
    }
}
