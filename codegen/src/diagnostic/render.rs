//! Diagnostics as rustc shows them.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use indexmap::IndexMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, SourceLocation, Sources, long_line};

/// The width of source lines that are cut: they fit a screen of 80 columns with the numbers of lines before them.
const NARROW: usize = 72;

/// How the text is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Text only: for files and tests.
    Plain,
    /// With ANSI colours: for terminals.
    Color,
}

/// All diagnostics with their source lines, and a last line that counts them. Empty when there are none.
pub fn render(diagnostics: &Diagnostics, sources: &dyn Sources, style: Style) -> String {
    let mut text = render_each(diagnostics, sources, style);
    if let Some((level, summary)) = summary(diagnostics) {
        text.push_str(&renderer(style).render(&[Group::with_title(level.primary_title(summary))]));
        text.push('\n');
    }
    text
}

/// The same without the last line, for those who count over several definitions.
pub fn render_each(diagnostics: &Diagnostics, sources: &dyn Sources, style: Style) -> String {
    let texts = Texts::read(diagnostics, sources);
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&one(diagnostic, &texts, style));
        text.push_str("\n\n");
    }
    text
}

/// One diagnostic, without a line feed at the end.
pub(crate) fn one(diagnostic: &Diagnostic, texts: &Texts, style: Style) -> String {
    let title = level(diagnostic.severity).primary_title(&diagnostic.message).id(diagnostic.code.id());
    let mut elements = places(diagnostic, texts);
    let mut facts = Vec::new();
    if let Some(state) = &diagnostic.state {
        facts.push(Level::NOTE.with_name("state").message(state));
    }
    if let Some(SourceLocation::Json { pointer, span: Some(_), .. }) = &diagnostic.location
        && !pointer.is_empty()
    {
        facts.push(Level::NOTE.with_name("pointer").message(pointer));
    }
    facts.extend(diagnostic.notes.iter().map(|note| Level::NOTE.message(note)));
    facts.extend(diagnostic.help.iter().map(|help| Level::HELP.message(help)));
    elements.extend(facts.into_iter().map(Element::from));
    let report = [Group::with_title(title).elements(elements)];
    let mut shown = renderer(style).render(&report);
    if !long_line::fits(&shown) {
        shown = renderer(style).term_width(NARROW).render(&report);
    }
    long_line::without_empty_origin(shown)
}

/// The texts of all files that diagnostics point into, each read once.
#[derive(Default)]
pub(crate) struct Texts {
    by_file: IndexMap<String, Option<String>>,
}

impl Texts {
    fn read(diagnostics: &Diagnostics, sources: &dyn Sources) -> Self {
        let mut texts = Self::default();
        for diagnostic in diagnostics {
            let labels = diagnostic.labels.iter().map(|label| &label.location);
            for location in diagnostic.location.iter().chain(labels) {
                let name = file(location);
                if !texts.by_file.contains_key(name) {
                    texts.by_file.insert(name.to_owned(), sources.read(name));
                }
            }
        }
        texts
    }

    fn get(&self, file: &str) -> Option<&str> {
        self.by_file.get(file)?.as_deref()
    }
}

fn renderer(style: Style) -> Renderer {
    match style {
        Style::Plain => Renderer::plain(),
        Style::Color => Renderer::styled(),
    }
    .decor_style(DecorStyle::Ascii)
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    }
}

/// "error: 2 problems, 1 warning", after the manner of rustc.
fn summary(diagnostics: &Diagnostics) -> Option<(Level<'static>, String)> {
    let (errors, warnings) = (diagnostics.errors().count(), diagnostics.warnings().count());
    match (errors, warnings) {
        (0, 0) => None,
        (0, warnings) => Some((Level::WARNING, count(warnings, "warning"))),
        (errors, 0) => Some((Level::ERROR, count(errors, "problem"))),
        (errors, warnings) => {
            Some((Level::ERROR, format!("{}, {}", count(errors, "problem"), count(warnings, "warning"))))
        }
    }
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// A place with what is to be said about it.
struct Mark<'d> {
    kind: AnnotationKind,
    location: &'d SourceLocation,
    text: Option<&'d str>,
}

/// The source lines of the location and the labels, those of one file together; for files that cannot be read, line
/// and column.
fn places<'d>(diagnostic: &'d Diagnostic, texts: &'d Texts) -> Vec<Element<'d>> {
    let primary = diagnostic.location.iter();
    let primary = primary.map(|location| Mark { kind: AnnotationKind::Primary, location, text: None });
    let labels = diagnostic.labels.iter().map(|label| Mark {
        kind: AnnotationKind::Context,
        location: &label.location,
        text: Some(&label.text),
    });
    let mut files: IndexMap<&str, Vec<Mark<'d>>> = IndexMap::new();
    for mark in primary.chain(labels) {
        files.entry(file(mark.location)).or_default().push(mark);
    }
    files.into_iter().flat_map(|(file, marks)| in_one_file(file, &marks, texts)).collect()
}

fn in_one_file<'d>(file: &'d str, marks: &[Mark<'d>], texts: &'d Texts) -> Vec<Element<'d>> {
    let elements = texts.get(file).and_then(|text| {
        let spans = marks.iter().map(|mark| span(mark.location, text)).collect::<Option<Vec<_>>>()?;
        if long_line::is_long(text, &spans) {
            return Some(cut(text, marks, &spans));
        }
        let window = window(text, &spans);
        let first_line = first_line(text, marks, window.start);
        let annotations = marks.iter().zip(spans).map(|(mark, span)| {
            mark.kind.span(span.start - window.start..span.end - window.start).label(mark.text)
        });
        let snippet = Snippet::source(&text[window.clone()]).line_start(first_line).path(file);
        Some(vec![snippet.annotations(annotations).into()])
    });
    elements.unwrap_or_else(|| marks.iter().flat_map(without_source).collect())
}

/// The primary place in the part of its line that fits the screen; of the other places only where they are.
fn cut<'d>(text: &'d str, marks: &[Mark<'d>], spans: &[Range<usize>]) -> Vec<Element<'d>> {
    let mut elements = Vec::new();
    for (mark, span) in marks.iter().zip(spans) {
        if matches!(mark.kind, AnnotationKind::Primary) {
            let (window, underlined) = long_line::cut(text, span);
            let line = first_line(text, std::slice::from_ref(mark), span.start);
            let underlined = underlined.start - window.start..underlined.end - window.start;
            elements.push(origin(mark.location).into());
            let snippet = Snippet::source(&text[window]).line_start(line);
            elements.push(snippet.annotation(mark.kind.span(underlined).label(mark.text)).into());
        } else {
            elements.extend(without_source(mark));
        }
    }
    elements
}

/// The number of the line that `start`, the start of the first place, stands in.
fn first_line(text: &str, marks: &[Mark<'_>], start: usize) -> usize {
    let known = marks.iter().map(|mark| match mark.location {
        SourceLocation::Rust { line, .. } => Some(*line as usize),
        SourceLocation::Json { span, .. } => span.map(|span| span.line),
    });
    let known: Option<Vec<usize>> = known.collect();
    let counted = || text[..start].matches('\n').count() + 1;
    known.and_then(|lines| lines.into_iter().min()).unwrap_or_else(counted)
}

/// The whole lines that spans stand in: the renderer need not look at more.
fn window(text: &str, spans: &[Range<usize>]) -> Range<usize> {
    let start = spans.iter().map(|span| span.start).min().unwrap_or(0);
    let end = spans.iter().map(|span| span.end).max().unwrap_or(0);
    let start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let rest = &text[end..text[end..].find('\n').map_or(text.len(), |at| end + at)];
    // A line may end in CR and LF.
    start..end + rest.strip_suffix('\r').unwrap_or(rest).len()
}

fn without_source<'d>(mark: &Mark<'d>) -> Vec<Element<'d>> {
    let text = mark.text.map(|text| Level::NOTE.message(format!("{}: {text}", mark.location)).into());
    match text {
        Some(text) => vec![text],
        None => vec![origin(mark.location).into()],
    }
}

/// The line with the place: `--> src/order.rs:2:7`.
fn origin(location: &SourceLocation) -> Origin<'_> {
    let origin = Origin::path(file(location));
    match location {
        SourceLocation::Rust { line, column, .. } => {
            origin.line(*line as usize).char_column(*column as usize)
        }
        SourceLocation::Json { span: Some(span), .. } => origin.line(span.line).char_column(span.column),
        SourceLocation::Json { span: None, file: None, pointer } => Origin::path(format!("#{pointer}")),
        SourceLocation::Json { span: None, file: Some(file), pointer } => {
            Origin::path(format!("{file}#{pointer}"))
        }
    }
}

fn file(location: &SourceLocation) -> &str {
    match location {
        SourceLocation::Rust { file, .. } => file,
        SourceLocation::Json { file, .. } => file.as_deref().unwrap_or("<definition>"),
    }
}

/// The bytes to underline; `None` where the text has changed since and the place is not in it.
fn span(location: &SourceLocation, text: &str) -> Option<Range<usize>> {
    match location {
        SourceLocation::Rust { line, column, .. } => token_at(text, *line as usize, *column as usize),
        SourceLocation::Json { span, .. } => {
            span.map(|span| span.start..span.end).filter(|range| text.get(range.clone()).is_some())
        }
    }
}

/// The token that starts at a line and column of Rust: an identifier, with its path and macro sign, or one character.
fn token_at(text: &str, line: usize, column: usize) -> Option<Range<usize>> {
    let line = text.split_inclusive('\n').nth(line.checked_sub(1)?)?;
    let line_start = line.as_ptr() as usize - text.as_ptr() as usize;
    let (offset, first) = line.char_indices().nth(column.checked_sub(1)?)?;
    let rest = &line[offset..];
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len()).max(first.len_utf8());
    Some(line_start + offset..line_start + offset + length)
}

#[cfg(test)]
mod tests {
    use super::{Style, render, token_at};
    use crate::diagnostic::{Code, Diagnostic, Diagnostics, NoSources, SourceLocation};

    fn rust(line: u32, column: u32) -> SourceLocation {
        SourceLocation::Rust { file: "src/order.rs".into(), line, column }
    }

    fn unreachable() -> Diagnostic {
        Diagnostic::error(Code::UnreachableState, "state `Ship` can never be reached")
            .at(rust(2, 7))
            .label(rust(1, 7), "every rule of this choice ends in a Fail state")
            .in_state("OrderFulfilment / Ship")
            .help("remove `Ship`")
    }

    #[test]
    fn source_lines_and_labels_are_shown() {
        let sources = |_: &str| Some("    s.choice(\"x\");\n    s.succeed();\n".to_owned());
        let diagnostics: Diagnostics =
            [unreachable(), Diagnostic::warning(Code::EndlessLoop, "a loop has no way out")]
                .into_iter()
                .collect();
        insta::assert_snapshot!(render(&diagnostics, &sources, Style::Plain));
    }

    #[test]
    fn without_source_the_places_are_named() {
        let diagnostics: Diagnostics = [unreachable()].into_iter().collect();
        insta::assert_snapshot!(render(&diagnostics, &NoSources, Style::Plain));
    }

    #[test]
    fn no_diagnostics_render_as_nothing() {
        assert_eq!(render(&Diagnostics::new(), &NoSources, Style::Color), "");
    }

    #[track_caller]
    fn check_token(text: &str, line: usize, column: usize, token: Option<&str>) {
        assert_eq!(token_at(text, line, column).map(|range| &text[range]), token);
    }

    #[test]
    fn the_token_at_a_position_is_underlined() {
        check_token("a\n  é.foo_1(x)\n", 2, 5, Some("foo_1"));
        check_token("a\n  (x)", 2, 3, Some("("));
        check_token("a\n", 7, 1, None);
        check_token("a\n", 1, 40, None);
    }
}
