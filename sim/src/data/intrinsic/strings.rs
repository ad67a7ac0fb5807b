//! Functions of strings and JSON.

use serde_json::{Map, Value};

use crate::data::intrinsic::Problem;
use crate::data::text;

/// `States.Format`: each `{}` is replaced by the next value, `\{` and its like are literal.
pub(super) fn format(template: &str, values: &[Value]) -> Result<String, Problem> {
    let mut out = String::with_capacity(template.len());
    let mut values = values.iter();
    let mut characters = template.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some(escaped @ ('\'' | '{' | '}' | '\\')) => out.push(escaped),
                _ => {
                    return Problem::arguments(
                        "Invalid arguments in States.Format: the template has an open escape",
                    );
                }
            },
            '{' if characters.peek() == Some(&'}') => {
                characters.next();
                match values.next() {
                    Some(value) => out.push_str(&text::plain(value)),
                    None => return Problem::arguments(WRONG_COUNT),
                }
            }
            _ => out.push(character),
        }
    }
    if values.next().is_none() { Ok(out) } else { Problem::arguments(WRONG_COUNT) }
}

const WRONG_COUNT: &str =
    "Invalid arguments in States.Format: the template does not have as many placeholders as there are values";

/// The text that a string argument stands for. Invariant: the reader has refused other escapes.
pub(super) fn unescape(raw: &str) -> Result<String, Problem> {
    let mut out = String::with_capacity(raw.len());
    let mut characters = raw.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some(escaped) => out.push(escaped),
                None => return Problem::arguments("a string has an open escape"),
            },
            _ => out.push(character),
        }
    }
    Ok(out)
}

/// `States.StringToJson`: an empty string is `null`.
pub(super) fn string_to_json(text: &str) -> Result<Value, Problem> {
    if text.trim().is_empty() {
        return Ok(Value::Null);
    }
    match serde_json::from_str(text) {
        Ok(value) => Ok(without_negative_zero(value)),
        Err(error) => Problem::arguments(format!("Invalid arguments in States.StringToJson: {error}")),
    }
}

/// `-0` is the whole number 0, as in Java.
pub(in crate::data) fn without_negative_zero(value: Value) -> Value {
    match value {
        Value::Number(number) if number.as_f64() == Some(0.0) && number.to_string() == "-0.0" => {
            Value::from(0)
        }
        Value::Array(items) => items.into_iter().map(without_negative_zero).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(name, member)| (name, without_negative_zero(member))).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

/// `States.StringSplit`: every character of `delimiters` separates, and empty parts are dropped.
pub(super) fn split(text: &str, delimiters: &str) -> Value {
    let parts = text.split(|character| delimiters.contains(character));
    parts.filter(|part| !part.is_empty()).map(Value::from).collect()
}

/// `States.JsonMerge`: members of the second object win. The service has no deep merge.
pub(super) fn merge(
    first: &Map<String, Value>,
    second: &Map<String, Value>,
    deep: bool,
) -> Result<Value, Problem> {
    if deep {
        return Problem::arguments(
            "Invalid arguments in States.JsonMerge: only a shallow merge is supported",
        );
    }
    let mut merged = first.clone();
    merged.extend(second.iter().map(|(name, member)| (name.clone(), member.clone())));
    Ok(Value::Object(merged))
}
