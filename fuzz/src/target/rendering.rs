//! Showing diagnostics.

use stepwright_codegen::asl;
use stepwright_codegen::check;
use stepwright_codegen::diagnostic::{
    Code, Diagnostic, Diagnostics, NoSources, Sarif, SourceLocation, Span, Style, github, in_file, json,
    render, render_each,
};

use super::bytes::{joined, number, parts};
use super::definition;
use crate::corpus::Corpus;
use crate::draw::Drawer;

/// Shows what is found in a text, and what might be at any places of it.
pub(super) fn try_out(bytes: &[u8]) -> Result<(), String> {
    let (text, rest) = parts(bytes);
    let found = match asl::read(&text) {
        Ok(document) => document.diagnose(check::check(document.machine()), Some("a.json")),
        Err(findings) => in_file(findings, Some("a.json"), &text),
    };
    show(&found, &text)?;
    let drawer = Drawer::new(number(&rest));
    let anywhere: Diagnostics = (0..=drawer.below(3)).map(|_| anywhere(&text, &drawer)).collect();
    show(&anywhere, &text)?;
    // The file may have changed since.
    show(&found, &rest)?;
    show(&anywhere, &rest)
}

/// Shows diagnostics in all formats.
fn show(diagnostics: &Diagnostics, text: &str) -> Result<(), String> {
    let sources = |_: &str| Some(text.to_owned());
    let shown = render(diagnostics, &sources, Style::Plain);
    let _ = (render_each(diagnostics, &sources, Style::Color), render(diagnostics, &NoSources, Style::Plain));
    for diagnostic in diagnostics {
        if !shown.contains(diagnostic.code.id()) {
            return Err(format!("{} is not shown", diagnostic.code.id()));
        }
        if github(diagnostic).contains(['\n', '\r']) {
            return Err("a command for GitHub has more than one line".to_owned());
        }
        drop(json(diagnostic).to_string());
    }
    let mut sarif = Sarif::default();
    diagnostics.iter().for_each(|diagnostic| sarif.add(diagnostic));
    drop(sarif.finish().to_string());
    Ok(())
}

/// A diagnostic with places anywhere in the text, or beside it.
fn anywhere(text: &str, drawer: &Drawer) -> Diagnostic {
    let words = ["", "a", "`\u{1f980}é`\u{301}", "two\nlines", "\t\r\n", "\u{1b}[31m", "漢字 %0A :: ,"];
    let word = || (*drawer.one(&words)).repeat(1 + drawer.below(3) * drawer.below(60));
    let mut diagnostic = Diagnostic::error(Code::InvalidJson, word()).at(place(text, drawer));
    for _ in 0..drawer.below(4) {
        diagnostic = diagnostic.label(place(text, drawer), word());
    }
    if drawer.chance(50) {
        diagnostic = diagnostic.note(word()).help(word()).in_state(word());
    }
    diagnostic
}

fn place(text: &str, drawer: &Drawer) -> SourceLocation {
    let file = (*drawer.one(&["a.json", "b.json", ""])).to_owned();
    if drawer.chance(20) {
        let (line, column) = (drawer.below(8), drawer.below(20));
        let number = |number| u32::try_from(number).unwrap_or_default();
        return SourceLocation::Rust { file: file.into(), line: number(line), column: number(column) };
    }
    let ends = [0, text.len()].into_iter().chain(text.char_indices().map(|(index, _)| index));
    let ends: Vec<usize> = ends.collect();
    let (one, other) = (*drawer.one(&ends), *drawer.one(&ends));
    let (start, end) = if drawer.chance(30) { (one, one) } else { (one.min(other), one.max(other)) };
    let line = text[..start].matches('\n').count() + 1;
    let column = text[..start].rsplit('\n').next().map_or(0, |start| start.chars().count()) + 1;
    let span = drawer.chance(90).then_some(Span { start, end, line, column });
    SourceLocation::Json { file: drawer.chance(80).then_some(file), pointer: "/States/A".to_owned(), span }
}

/// A broken text with wide characters, tabs and other line ends.
pub(super) fn draw(drawer: &Drawer, corpus: &Corpus) -> String {
    let mut text = definition::draw(drawer, corpus);
    for (from, to) in [("S1", "\u{1f980}"), (" ", "\t"), ("a", "漢\u{301}"), ("\"", "\"\u{200b}"), ("\n", "")]
    {
        if drawer.chance(15) {
            text = text.replace(from, to);
        }
    }
    joined(&text.replace('\0', ""), &drawer.text())
}
