//! Between JSON values and those of the `JSONata` engine, whose numbers are doubles.

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

/// How large a result may be, in bytes and with some for each value: far more than fits any field. A value that a list holds twice,
/// and that one twice, and so on, takes hardly any memory in the engine, and as JSON more than there is.
const MAX_SIZE: usize = 8 * 1_024 * 1_024;

/// About as many bytes as the shortest value has in JSON, with its comma, and what it takes here.
const SIZE_OF_VALUE: usize = 8;

/// The engine's result as JSON, unless it is or holds a function, nests too deeply or is too large.
pub(super) fn from_engine(value: &JValue) -> Result<Value, Problem> {
    convert(value, MAX_DEPTH, &mut { MAX_SIZE })
}

/// Takes what it makes off the room that is left.
fn convert(value: &JValue, depth: usize, room: &mut usize) -> Result<Value, Problem> {
    let inner = depth.checked_sub(1).ok_or_else(too_much)?;
    take(SIZE_OF_VALUE, room)?;
    match value {
        JValue::Null | JValue::Undefined => Ok(Value::Null),
        JValue::Bool(value) => Ok(Value::Bool(*value)),
        JValue::Number(value) => Ok(number(*value)),
        JValue::String(text) => {
            take(text.len(), room)?;
            Ok(Value::String(text.to_string()))
        }
        JValue::Array(items) => items.iter().map(|item| convert(item, inner, room)).collect(),
        JValue::Object(members) => {
            let members = members.iter().map(|(name, member)| {
                take(name.len(), room)?;
                Ok((name.clone(), convert(member, inner, room)?))
            });
            members.collect::<Result<Map<_, _>, _>>().map(Value::Object)
        }
        JValue::Lambda(_) | JValue::Builtin { .. } | JValue::Regex { .. } => Err(Problem::Unsupported),
    }
}

fn take(size: usize, room: &mut usize) -> Result<(), Problem> {
    *room = room.checked_sub(size).ok_or_else(too_much)?;
    Ok(())
}

fn too_much() -> Problem {
    Problem::Thrown(MEMORY.to_owned())
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
