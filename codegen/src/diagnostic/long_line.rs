//! Excerpts of lines that no screen is wide enough for: a whole definition may stand on one.

use std::ops::Range;

/// A line with more bytes is cut before it is given to the renderer, which looks at every character. It is how far is looked for
/// the ends of a line.
const LONG: usize = 1_000;

/// Places further apart are not shown in one excerpt.
const FAR: usize = 64 * 1_024;

/// How many bytes are underlined at the most.
const UNDERLINED: usize = 48;

/// How many bytes are left at either side of a cut: more than are shown, so that the renderer puts its `...`.
const CONTEXT: usize = 400;

/// Formatted code has no more characters in a line. A line of it is shown whole, and a longer one is cut to fit the screen.
const WIDE: usize = 120;

/// Whether no source line is too long to be shown whole, or has been cut already.
pub(crate) fn fits(shown: &str) -> bool {
    let is_source = |line: &str| line.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '|');
    let is_whole = |line: String| !is_source(&line) || line.chars().count() <= WIDE;
    shown.lines().all(|line| !is_empty_origin(line) && is_whole(plain(line)))
}

/// Whether an excerpt with these places has to be cut.
pub(crate) fn is_long(text: &str, spans: &[Range<usize>]) -> bool {
    let start = spans.iter().map(|span| span.start).min().unwrap_or(0);
    let end = spans.iter().map(|span| span.end).max().unwrap_or(0);
    let is_long = |span: &Range<usize>| line(text, span).len() > LONG;
    let is_wide = |span: &Range<usize>| span.len() > UNDERLINED && line(text, span).len() > WIDE;
    end - start > FAR || spans.iter().any(is_long) || spans.len() == 1 && spans.iter().any(is_wide)
}

/// What to show of the line of a place, and what of it to underline.
pub(crate) fn cut(text: &str, span: &Range<usize>) -> (Range<usize>, Range<usize>) {
    let line = line(text, span);
    let end = boundary(text, span.end.min(span.start + UNDERLINED).min(line.end));
    let start = boundary(text, span.start.saturating_sub(CONTEXT)).max(line.start);
    let window = start..boundary(text, end + CONTEXT).min(line.end);
    (window, span.start..end)
}

/// Leaves out the line ` ::: ` that the renderer puts before an excerpt without a path: the path stands above it, with the
/// column in the whole line.
pub(crate) fn without_empty_origin(shown: String) -> String {
    if shown.lines().any(is_empty_origin) {
        return shown.split_inclusive('\n').filter(|line| !is_empty_origin(line)).collect();
    }
    shown
}

fn is_empty_origin(line: &str) -> bool {
    line.contains(":::") && plain(line).trim() == ":::"
}

/// A line without its colours.
fn plain(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').map_or(part, |(_, rest)| rest))
}

/// The line that a place begins in, as far as anybody looks: there may be thousands of places in one line.
fn line(text: &str, span: &Range<usize>) -> Range<usize> {
    let from = boundary(text, span.start.saturating_sub(LONG));
    let to = boundary(text, span.start + LONG);
    let start = text[from..span.start].rfind('\n').map_or(from, |at| from + at + 1);
    let end = text[span.start..to].find('\n').map_or(to, |at| span.start + at);
    // A line may end in CR and LF.
    if text[span.start..end].ends_with('\r') { start..end - 1 } else { start..end }
}

/// The next place at or before a byte at which a character begins.
fn boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::cut;
    use crate::diagnostic::{Code, Diagnostic, SourceLocation, Span, Style, render};

    #[track_caller]
    fn excerpt(text: &str, needle: &str) -> String {
        let start = text.find(needle).expect("the text has it");
        let line = text[..start].matches('\n').count() + 1;
        let column = text[..start].chars().rev().take_while(|c| *c != '\n').count() + 1;
        let span = Span { start, end: start + needle.len(), line, column };
        let file = Some("one.asl.json".to_owned());
        let place = SourceLocation::Json { file, pointer: "/States/A".to_owned(), span: Some(span) };
        let diagnostic = Diagnostic::error(Code::UnknownTarget, "there is no such state").at(place);
        let sources = |_: &str| Some(text.to_owned());
        let shown = render(&[diagnostic].into_iter().collect(), &sources, Style::Plain);
        for line in shown.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
        shown
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("{}\"Nowhere\"{}", "\"äbc\",".repeat(50_000), ",[1]".repeat(50_000));
        insta::assert_snapshot!(excerpt(&text, "\"Nowhere\""));
    }

    #[test]
    fn a_long_value_is_underlined_at_its_start() {
        let text = format!("[1,\n  \"{}\"]", "x".repeat(5_000));
        insta::assert_snapshot!(excerpt(&text, text[6..].trim_end_matches(']')));
    }

    #[test]
    fn tabs_and_wide_characters_are_measured() {
        insta::assert_snapshot!(excerpt("{\t\"日本\": \t\"Nowhere\" }\r\n", "\"Nowhere\""));
    }

    #[test]
    fn cuts_are_between_characters() {
        let text = "ä".repeat(3_000);
        let (window, underlined) = cut(&text, &(2_000..2_900));
        assert!(text.get(window).is_some() && text.get(underlined).is_some());
    }
}
