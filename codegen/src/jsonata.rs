//! What is wrong with a text in JSONata.

use jsonata_core::ast::AstNode;
use jsonata_core::parser::{self, ParserError};
use serde_json::Value;

/// At which character, counted from 1, and why a text cannot be parsed.
pub(crate) fn misread(text: &str) -> Option<(usize, String)> {
    match parser::parse(text) {
        Ok(syntax) => newer(&syntax, text),
        Err(error) => Some(place(text, &error)),
    }
}

/// How many characters are searched for the place of a mistake, as each is one more text to parse.
const LONGEST_SEARCH: usize = 2000;

/// With more brackets than so many the beginnings of a text may be nested so deeply that to parse them all takes seconds.
const MOST_BRACKETS: usize = 200;

/// What the parser says of a text that is nested without any brackets: each of its beginnings takes as long.
const TOO_DEEP: &str = "nesting depth";

/// At which character, counted from 1, and why the parser gave up.
pub(crate) fn place(text: &str, error: &ParserError) -> (usize, String) {
    // The parser does not tell the place: it is where the longest beginning ends that could have been continued.
    let ends = text.char_indices().map(|(index, _)| index).take(LONGEST_SEARCH).collect::<Vec<_>>();
    let could_go_on = |end: &usize| match parser::parse(&text[..*end]) {
        Ok(_) => true,
        Err(error) => wants_more(&error),
    };
    let reason = error.to_string();
    let is_deep = reason.contains(TOO_DEEP) || text.matches(['(', '[', '{']).count() > MOST_BRACKETS;
    let character = if wants_more(error) {
        ends.len()
    } else if is_deep {
        0
    } else {
        ends.iter().rposition(could_go_on).unwrap_or(0)
    };
    // Without the code of JSONata's errors: `S0203: Expected …`.
    let reason = match reason.split_once(": ") {
        Some((code, rest)) if code.starts_with('S') && code.len() == 5 => rest.to_owned(),
        _ => reason,
    };
    (character + 1, reason)
}

/// What the parser knows and the service does not: JSONata 2.1's `??` and `?:`, and `$eval`.
fn newer(syntax: &AstNode, text: &str) -> Option<(usize, String)> {
    fn walk(value: &Value, found: &mut Vec<&'static str>) {
        match value {
            Value::Object(members) => {
                found.extend(match members.get("op").and_then(Value::as_str) {
                    Some("Coalesce") => Some("??"),
                    Some("Default") => Some("?:"),
                    _ => (members.get("name").and_then(Value::as_str) == Some("eval")).then_some("$eval"),
                });
                members.values().for_each(|member| walk(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(&serde_json::to_value(syntax).ok()?, &mut found);
    let what = found.first()?;
    let before = text.split(what).next().map_or(0, |before| before.chars().count());
    Some((before + 1, format!("Step Functions has no `{what}`")))
}

/// Whether the text is only too short.
fn wants_more(error: &ParserError) -> bool {
    match error {
        ParserError::UnexpectedEnd
        | ParserError::UnclosedString
        | ParserError::UnclosedComment
        | ParserError::UnclosedBacktick => true,
        ParserError::UnexpectedToken(found) | ParserError::Expected { found, .. } => found == "Eof",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{TOO_DEEP, misread};

    #[test]
    fn what_is_nested_too_deeply_is_not_searched() {
        for text in ["(".repeat(2400), "-".repeat(1900)] {
            let (character, reason) = misread(&text).expect("it is no JSONata");
            assert_eq!(character, 1);
            assert!(reason.contains(TOO_DEEP), "{reason}");
        }
    }

    #[test]
    fn the_place_of_a_mistake_is_found() {
        assert_eq!(misread("1 + + 2").map(|(character, _)| character), Some(5));
    }
}
