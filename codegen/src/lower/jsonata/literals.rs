//! Constants.

use serde_json::Value;

use crate::asl::is_expression;

/// A constant; a text that looks like an expression is made into one, so that it stays what it is.
pub(super) fn literal_value(value: &Value) -> Value {
    match value {
        Value::String(text) if is_expression(text) || text.starts_with("{%") || text.ends_with("%}") => {
            Value::String(format!("{{% {} %}}", quoted(text)))
        }
        Value::Array(items) => Value::Array(items.iter().map(literal_value).collect()),
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(name, value)| (name.clone(), literal_value(value))).collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

/// A constant inside of an expression.
pub(super) fn literal(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) => quoted(text),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(literal).collect::<Vec<_>>().join(", "))
        }
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| format!("{}: {}", quoted(name), literal(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
    }
}

/// A text literal: in apostrophes, which need no escape in JSON, unless it contains one; JSONata cannot escape those.
pub(in crate::lower) fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') { '"' } else { '\'' };
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '"' if quote == '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out = format!("{out}\\u{:04x}", u32::from(c)),
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{literal, literal_value, quoted};

    #[test]
    fn texts_are_quoted_so_that_json_needs_no_escapes() {
        assert_eq!(quoted("say \"hi\""), r#"'say "hi"'"#);
        assert_eq!(quoted("it's \"ok\""), r#""it's \"ok\"""#);
        assert_eq!(quoted("a\\b\nc\u{1}"), r"'a\\b\nc\u0001'");
    }

    #[test]
    fn a_text_that_looks_like_an_expression_stays_a_text() {
        assert_eq!(literal_value(&json!("{% 1 %}")), json!("{% '{% 1 %}' %}"));
        assert_eq!(literal_value(&json!("100 %")), json!("100 %"));
    }

    #[test]
    fn nested_constructors_stay_nested() {
        assert_eq!(literal(&json!([[1, 2], { "a": "x" }])), "[[1, 2], {'a': 'x'}]");
    }
}
