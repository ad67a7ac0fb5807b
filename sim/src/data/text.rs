//! Values as text, the way the service writes them into outputs and causes.

use std::fmt::Write as _;
use std::io;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use serde_json::{Number, Value};

use crate::data::MAX_DEPTH;

/// A value as compact JSON, with numbers as Java writes them.
pub fn json(value: &Value) -> String {
    let mut bytes = Vec::with_capacity(64);
    let written = value.serialize(&mut Serializer::with_formatter(&mut bytes, JavaNumbers));
    debug_assert!(written.is_ok(), "invariant: a value has string keys and a Vec takes every byte");
    String::from_utf8(bytes).unwrap_or_default()
}

/// A value as `States.Format` shows it: strings bare, lists and objects as Java prints its collections.
///
/// `{"a": 1, "b": ["x"]}` becomes `{a=1, b=[x]}`.
pub fn plain(value: &Value) -> String {
    let mut text = String::new();
    write_plain(value, &mut text);
    text
}

/// How many bytes a value takes as JSON; `None` if it nests deeper than [`MAX_DEPTH`].
pub fn size(value: &Value) -> Option<usize> {
    size_within(value, MAX_DEPTH)
}

struct JavaNumbers;

impl Formatter for JavaNumbers {
    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        writer.write_all(double(value).as_bytes())
    }
}

/// A double as Java's `Double.toString` has it: plain from a thousandth up to ten million, else with an exponent.
fn double(value: f64) -> String {
    let magnitude = value.abs();
    if magnitude == 0.0 || (1e-3..1e7).contains(&magnitude) {
        return format!("{value:?}");
    }
    let text = format!("{value:e}");
    match text.split_once('e') {
        Some((digits, exponent)) if digits.contains('.') => format!("{digits}E{exponent}"),
        Some((digits, exponent)) => format!("{digits}.0E{exponent}"),
        None => text,
    }
}

fn number(value: &Number) -> String {
    match value.as_f64() {
        Some(float) if value.is_f64() => double(float),
        _ => value.to_string(),
    }
}

fn write_plain(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(value) => out.push_str(&number(value)),
        Value::String(text) => out.push_str(text),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { ", " });
                write_plain(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (index, (name, member)) in members.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { ", " });
                let _ = write!(out, "{name}="); // Writing to a String cannot fail.
                write_plain(member, out);
            }
            out.push('}');
        }
    }
}

fn size_within(value: &Value, depth: usize) -> Option<usize> {
    let inner = depth.checked_sub(1)?;
    Some(match value {
        Value::Null => 4,
        Value::Bool(value) => 5 - usize::from(*value),
        Value::Number(value) => number(value).len(),
        Value::String(text) => string_size(text),
        Value::Array(items) => {
            let mut bytes = 2 + items.len().saturating_sub(1);
            for item in items {
                bytes += size_within(item, inner)?;
            }
            bytes
        }
        Value::Object(members) => {
            let mut bytes = 2 + members.len().saturating_sub(1);
            for (name, member) in members {
                bytes += string_size(name) + 1 + size_within(member, inner)?;
            }
            bytes
        }
    })
}

/// The bytes of a JSON string: two quotes, and what is escaped takes more than one.
fn string_size(text: &str) -> usize {
    let escapes: usize = text
        .bytes()
        .map(|byte| match byte {
            b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 0x08 | 0x0C => 1,
            0x00..=0x1F => 5,
            _ => 0,
        })
        .sum();
    text.len() + escapes + 2
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{plain, size};

    #[track_caller]
    fn check_json(value: &Value, expect: &str) {
        assert_eq!(super::json(value), expect);
        assert_eq!(size(value), Some(expect.len()), "{expect}");
    }

    #[test]
    fn json_is_compact_and_in_order() {
        check_json(
            &json!({ "b": [1, null, true, false], "a": "x\"\n\u{1}é" }),
            r#"{"b":[1,null,true,false],"a":"x\"\n\u0001é"}"#,
        );
    }

    #[test]
    fn numbers_look_as_in_java() {
        check_json(&json!([0, -1, 1.1, 0.1, -0.5]), "[0,-1,1.1,0.1,-0.5]");
        check_json(&json!([1.0, 100.0, 9_999_999.0, 0.001]), "[1.0,100.0,9999999.0,0.001]");
        check_json(&json!([1e7, 1.5e-4, 1e21, 12_345_678.9]), "[1.0E7,1.5E-4,1.0E21,1.23456789E7]");
    }

    #[test]
    fn plain_text_is_that_of_java_collections() {
        let value = json!({ "Id": "arn", "n": null, "list": ["a", { "b": 1.5 }], "none": [] });
        assert_eq!(plain(&value), "{Id=arn, n=null, list=[a, {b=1.5}], none=[]}");
    }

    #[test]
    fn the_size_of_something_too_deep_is_unknown() {
        let deep = (0..500).fold(Value::Null, |inner, _| Value::Array(vec![inner]));
        assert_eq!(size(&deep), None);
    }
}
