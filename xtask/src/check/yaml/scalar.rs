//! What a scalar of YAML 1.2 stands for, in JSON.

use std::borrow::Cow;

use saphyr_parser::{ScalarStyle, Tag};
use serde_json::Number;

/// The JSON of a scalar, by the core schema; a number that JSON does not have is a text.
pub(super) fn json(text: &str, style: ScalarStyle, tag: Option<&Cow<'_, Tag>>) -> String {
    let is_text =
        style != ScalarStyle::Plain || tag.is_some_and(|tag| tag.suffix == "str" || tag.suffix.is_empty());
    let word = if is_text { None } else { plain(text) };
    word.unwrap_or_else(|| quoted(text))
}

/// A text as JSON.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// What is no text even without quotes.
fn plain(text: &str) -> Option<String> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Some("null".to_owned()),
        "true" | "True" | "TRUE" => return Some("true".to_owned()),
        "false" | "False" | "FALSE" => return Some("false".to_owned()),
        _ => {}
    }
    let based = |prefix: &str, base| text.strip_prefix(prefix).and_then(|digits| digits_of(digits, base));
    let number = based("0x", 16).or_else(|| based("0o", 8)).map(Number::from);
    number.or_else(|| decimal(text)).map(|number| number.to_string())
}

fn digits_of(digits: &str, base: u32) -> Option<u64> {
    // `from_str_radix` takes a sign.
    digits.chars().all(|c| c.is_digit(base)).then(|| u64::from_str_radix(digits, base).ok())?
}

/// `-12`, `+12`, `012`, `1.`, `.5` and `1e3`; no `inf` and `nan`, which the standard library knows.
fn decimal(text: &str) -> Option<Number> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_number = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && unsigned.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '-' | '+'));
    if !is_number {
        return None;
    }
    let whole = text.parse::<i64>().map(Number::from).or_else(|_| text.parse::<u64>().map(Number::from));
    whole.ok().or_else(|| Number::from_f64(text.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use saphyr_parser::ScalarStyle;

    use super::json;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(json(text, ScalarStyle::Plain, None), expect);
    }

    #[test]
    fn plain_scalars_have_types() {
        check("", "null");
        check("~", "null");
        check("True", "true");
        check("012", "12");
        check("+3", "3");
        check("-3", "-3");
        check("0x1F", "31");
        check("1e3", "1000.0");
        check(".5", "0.5");
        check("18446744073709551615", "18446744073709551615");
    }

    #[test]
    fn all_else_is_text() {
        for text in
            ["yes", "on", ".inf", ".nan", "inf", "nan", "-", "1-2", "2024-01-01", "0x", "0x+1", "1e999", "."]
        {
            check(text, &format!("\"{text}\""));
        }
        assert_eq!(json("1", ScalarStyle::DoubleQuoted, None), "\"1\"");
    }
}
