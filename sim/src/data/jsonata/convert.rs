//! Between JSON values and those of the `JSONata` engine, whose numbers are doubles.

use std::rc::Rc;

use jsonata_core::value::{JValue, with_stack};
use serde_json::{Map, Number, Value};

use crate::data::MAX_DEPTH;
use crate::data::jsonata::engine::{MEMORY, Problem};

/// A JSON value for the engine.
pub(super) fn to_engine(value: &Value) -> JValue {
    match value {
        Value::Null => JValue::Null,
        Value::Bool(value) => JValue::Bool(*value),
        Value::Number(number) => JValue::Number(number.as_f64().unwrap_or_default()),
        Value::String(text) => JValue::string(text.as_str()),
        Value::Array(items) => JValue::array(with_stack(|| items.iter().map(to_engine).collect())),
        Value::Object(members) => {
            let members = members.iter().map(|(name, member)| (name.clone(), to_engine(member)));
            JValue::object(with_stack(|| members.collect()))
        }
    }
}

/// The engine's result as JSON, unless it is or holds a function, or nests too deeply.
pub(super) fn from_engine(value: JValue) -> Result<Value, Problem> {
    let converted = convert(&value, MAX_DEPTH);
    if converted == Err(too_deep()) {
        dismantle(value);
    }
    converted
}

fn convert(value: &JValue, depth: usize) -> Result<Value, Problem> {
    let inner = depth.checked_sub(1).ok_or_else(too_deep)?;
    match value {
        JValue::Null | JValue::Undefined => Ok(Value::Null),
        JValue::Bool(value) => Ok(Value::Bool(*value)),
        JValue::Number(value) => Ok(number(*value)),
        JValue::String(text) => Ok(Value::String(text.to_string())),
        JValue::Array(items) => items.iter().map(|item| convert(item, inner)).collect(),
        JValue::Object(members) => {
            let members = members.iter().map(|(name, member)| Ok((name.clone(), convert(member, inner)?)));
            members.collect::<Result<Map<_, _>, _>>().map(Value::Object)
        }
        JValue::Lambda(_) | JValue::Builtin { .. } | JValue::Regex { .. } => Err(Problem::Unsupported),
    }
}

fn too_deep() -> Problem {
    Problem::Thrown(MEMORY.to_owned())
}

/// Drops a value level by level: dropping a very deep one as a whole would exhaust the stack.
fn dismantle(value: JValue) {
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        match value {
            JValue::Array(items) => waiting.extend(items.into_vec()),
            JValue::Object(members) => {
                if let Ok(members) = Rc::try_unwrap(members) {
                    waiting.extend(members.into_inner().into_values());
                }
            }
            _ => {}
        }
    }
}

/// A whole number as long as a long holds it, else a double. What JSON has no number for, the service writes as text.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "the range is checked before"
)]
fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < i64::MAX as f64 {
        return Value::from(value as i64);
    }
    Number::from_f64(value).map_or_else(|| Value::from(not_finite(value)), Value::Number)
}

fn not_finite(value: f64) -> &'static str {
    if value.is_nan() {
        "NaN"
    } else if value > 0.0 {
        "Infinity"
    } else {
        "-Infinity"
    }
}
