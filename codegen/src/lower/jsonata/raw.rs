//! Texts that the user wrote in JSONata.

use jsonata_core::ast::AstNode;
use jsonata_core::parser::{self, ParserError};
use serde_json::Value;
use stepwright::plan::{Jsonata, Kind};

use super::locals::or_null_text;
use super::{Binding, Use, text};
use crate::diagnostic::Diagnostic;
use crate::lower::problems;
use crate::lower::states::Printing;

pub(super) fn jsonata(printing: &mut Printing<'_, '_>, jsonata: &Jsonata, what: Use) -> (Binding, String) {
    let mut printed = String::new();
    for (index, piece) in jsonata.pieces.iter().enumerate() {
        printed.push_str(piece);
        if let Some(value) = jsonata.values.get(index) {
            printed.push_str(&text(printing, value, what, Binding::Tight));
        }
    }
    let printed = printed.trim();
    match jsonata.kind {
        // One item would be bare, and no item nothing.
        Kind::Array => (Binding::Tight, format!("[{printed}]")),
        Kind::Optional => or_null_text(printing, printed),
        _ => (Binding::Loosest, printed.to_owned()),
    }
}

/// What is wrong with a text, if anything is.
pub(in crate::lower) fn problem(jsonata: &Jsonata) -> Option<Diagnostic> {
    let (character, reason) = misread(jsonata)?;
    let text = with(jsonata, |name| format!("{{{name}}}"));
    Some(problems::no_jsonata(&text, character, &reason, jsonata.location))
}

/// Where and why the text cannot be parsed.
fn misread(jsonata: &Jsonata) -> Option<(usize, String)> {
    // A variable as long as what stands for the value, so that places in the text stay the same.
    let text = with(jsonata, |name| format!("${}", "v".repeat(name.chars().count() + 1)));
    let error = match parser::parse(&text) {
        Ok(syntax) => return newer(&syntax, &text),
        Err(error) => error,
    };
    // The parser does not tell the place: it is where the longest beginning ends that could have been continued.
    let ends = text.char_indices().map(|(index, _)| index).collect::<Vec<_>>();
    let good = ends.iter().rposition(|end| match parser::parse(&text[..*end]) {
        Ok(_) => true,
        Err(error) => wants_more(&error),
    });
    let character = if wants_more(&error) { ends.len() } else { good.unwrap_or(0) };
    let reason = error.to_string();
    // Without the code of JSONata's errors: `S0203: Expected …`.
    let reason = match reason.split_once(": ") {
        Some((code, rest)) if code.starts_with('S') && code.len() == 5 => rest.to_owned(),
        _ => reason,
    };
    Some((character + 1, reason))
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

fn with(jsonata: &Jsonata, name: impl Fn(&str) -> String) -> String {
    let mut text = String::new();
    for (index, piece) in jsonata.pieces.iter().enumerate() {
        text.push_str(piece);
        text.extend(jsonata.names.get(index).copied().map(&name));
    }
    text
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
