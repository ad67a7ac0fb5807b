//! Colours for JSON.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use stepwright_codegen::asl::is_expression;

// The basic colours, which every terminal shows readably on its background, dark or light.
const KEY: Style = AnsiColor::Blue.on_default().bold();
const STRING: Style = AnsiColor::Green.on_default();
const EXPRESSION: Style = AnsiColor::Magenta.on_default();
const NUMBER: Style = AnsiColor::Cyan.on_default();
const KEYWORD: Style = AnsiColor::Red.on_default();
const PUNCTUATION: Style = Style::new().dimmed();
const SPACE: Style = Style::new();

/// The text of a JSON document with colours; nothing else is changed.
pub(crate) fn highlight(json: &str) -> String {
    let mut text = String::with_capacity(json.len() * 3);
    let mut rest = json;
    while let Some(first) = rest.chars().next() {
        let (length, style) = token(rest, first);
        let (token, after) = rest.split_at(length);
        let _ = write!(text, "{style}{token}{style:#}");
        rest = after;
    }
    text
}

/// The length of the token that the text begins with, and its style.
fn token(text: &str, first: char) -> (usize, Style) {
    match first {
        '"' => string(text),
        '-' | '0'..='9' => (run(text, |c| c.is_ascii_digit() || "+-.eE".contains(c)), NUMBER),
        _ if first.is_alphabetic() => (run(text, char::is_alphabetic), KEYWORD),
        _ if first.is_whitespace() => (run(text, char::is_whitespace), SPACE),
        _ => (first.len_utf8(), PUNCTUATION),
    }
}

/// How long the text consists of such characters.
fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

fn string(text: &str) -> (usize, Style) {
    let mut escaped = false;
    let end = text[1..].find(|c| {
        let quote = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        quote
    });
    let Some(end) = end.map(|end| end + 1) else { return (text.len(), STRING) };
    let style = match &text[1..end] {
        _ if text[end + 1..].starts_with(':') => KEY,
        content if is_expression(content) => EXPRESSION,
        _ => STRING,
    };
    (end + 1, style)
}

#[cfg(test)]
mod tests {
    use super::{EXPRESSION, KEY, KEYWORD, NUMBER, PUNCTUATION, STRING, highlight, token};

    #[test]
    fn each_kind_of_token_has_its_style() {
        let check = |text: &str, token_text: &str, style| {
            let (length, found) = token(text, text.chars().next().unwrap());
            assert_eq!((&text[..length], found), (token_text, style));
        };
        check(r#""Next": "A""#, r#""Next""#, KEY);
        check(r#""a \" b", 1"#, r#""a \" b""#, STRING);
        check(r#""c:\\","#, r#""c:\\""#, STRING);
        check(r#""{% $x %}","#, r#""{% $x %}""#, EXPRESSION);
        check("-1.5e+3,", "-1.5e+3", NUMBER);
        check("null\n", "null", KEYWORD);
        check("},", "}", PUNCTUATION);
        check("\"unclosed", "\"unclosed", STRING);
    }

    #[test]
    fn the_text_is_not_changed() {
        let json = "{\n  \"ä\": [1, \"{% 'é' %}\", true]\n}\n";
        assert_eq!(anstream::adapter::strip_str(&highlight(json)).to_string(), json);
    }
}
