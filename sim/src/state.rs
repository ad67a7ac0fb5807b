//! The state types: what each does between being entered and being left.

mod children;
mod choice;
mod fail;
pub(crate) mod integration;
pub(crate) mod map;
pub(crate) mod nested;
mod parallel;
mod pass;
mod succeed;
mod task;
mod wait;

use serde_json::Value;

/// The code of a `JSONata` expression, without its delimiters and the space around.
pub(crate) fn expression_of(text: &str) -> &str {
    text.trim_start_matches("{%").trim_end_matches("%}").trim()
}

/// What a value is called where another type was expected.
pub(crate) fn json_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
