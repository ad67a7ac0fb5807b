//! Texts that the user wrote in JSONata.

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
    crate::jsonata::misread(&with(jsonata, |name| format!("${}", "v".repeat(name.chars().count() + 1))))
}

fn with(jsonata: &Jsonata, name: impl Fn(&str) -> String) -> String {
    let mut text = String::new();
    for (index, piece) in jsonata.pieces.iter().enumerate() {
        text.push_str(piece);
        text.extend(jsonata.names.get(index).copied().map(&name));
    }
    text
}
