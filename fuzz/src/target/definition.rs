//! Reading definitions.

use stepwright_codegen::asl;
use stepwright_codegen::diagnostic::{Diagnostics, SourceLocation, Span, in_file};

use super::bytes::number;
use crate::corpus::Corpus;
use crate::draw::Drawer;
use crate::mutate;

/// Reads any text; what is read is written and read again.
pub(super) fn try_out(bytes: &[u8]) -> Result<(), String> {
    let text = String::from_utf8_lossy(bytes);
    match asl::read(&text) {
        Ok(document) => {
            let written = asl::to_json(document.machine());
            match asl::read(&written) {
                Ok(again) if again == document => Ok(()),
                _ => Err(format!("what is written is not what was read: {written}")),
            }
        }
        Err(findings) if findings.is_empty() => Err("it is not read, and nothing says why".to_owned()),
        Err(findings) => are_inside(&in_file(findings, None, &text), &text),
    }
}

/// Whether all places of diagnostics are in the text.
pub(super) fn are_inside(diagnostics: &Diagnostics, text: &str) -> Result<(), String> {
    let locations = diagnostics.iter().flat_map(|diagnostic| {
        diagnostic.location.iter().chain(diagnostic.labels.iter().map(|label| &label.location))
    });
    let mut spans: Vec<&Span> = locations
        .filter_map(|location| match location {
            SourceLocation::Json { span, .. } => span.as_ref(),
            SourceLocation::Rust { .. } => None,
        })
        .collect();
    // In their order, the text is walked once however many there are.
    spans.sort_unstable();
    let (mut walked, mut line, mut column) = (0, 1, 1);
    for span in spans {
        if text.get(span.start..span.end).is_none() {
            return Err(format!("{span:?} is not in the text of {} bytes", text.len()));
        }
        let part = &text[walked..span.start];
        line += part.matches('\n').count();
        column = part
            .rsplit_once('\n')
            .map_or(column + part.chars().count(), |(_, last)| 1 + last.chars().count());
        if (span.line, span.column) != (line, column) {
            return Err(format!("{span:?} is in line {line}, column {column}"));
        }
        walked = span.start;
    }
    Ok(())
}

/// The text of a definition, rarely a whole one.
pub(super) fn draw(drawer: &Drawer, corpus: &Corpus) -> String {
    let text = laid_out(&definition(drawer, corpus), drawer);
    if drawer.chance(70) { mutate::garble(&text, drawer) } else { text }
}

/// A definition: drawn, or with a corpus a mutated one every other time.
pub(super) fn definition(drawer: &Drawer, corpus: &Corpus) -> String {
    match corpus.definitions() {
        definitions @ [_, ..] if drawer.chance(50) => {
            let mut definition = drawer.one(definitions).clone();
            mutate::mutate(&mut definition, drawer);
            definition.to_string()
        }
        _ => drawer.machine().to_string(),
    }
}

/// The same JSON in one line or in many, with other white space and line ends.
pub(super) fn laid_out(text: &str, drawer: &Drawer) -> String {
    let pretty = || match serde_json::from_str::<serde_json::Value>(text) {
        Ok(value) => format!("{value:#}"),
        Err(_) => text.to_owned(),
    };
    match number(text) % 5 + drawer.below(2) as u64 {
        0 => text.to_owned(),
        1 => pretty().replace('\n', "\r\n"),
        2 => pretty().replace("  ", "\t"),
        3 => pretty().replace('\n', "\r"),
        _ => pretty(),
    }
}
