//! Where the values of a JSON text stand.

use std::ops::Range;

use indexmap::IndexMap;

use crate::diagnostic::finding::Focus;
use crate::diagnostic::pointer::tokens;

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
    /// The line of the first byte, from 1.
    pub line: usize,
    /// The column of the first byte, from 1, in characters.
    pub column: usize,
}

/// How deep a JSON text may nest: the limit of `serde_json`.
const MAX_DEPTH: usize = 128;

/// The distance of the bytes before which the characters are counted.
const STRIDE: usize = 4096;

fn characters_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0b1100_0000) != 0b1000_0000).count()
}

/// The positions of all values of a JSON text. Building it is one pass over the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Locator<'t> {
    text: &'t str,
    /// The byte offsets at which lines start.
    lines: Vec<usize>,
    /// How many characters stand before every [`STRIDE`]th byte: columns are counted in lines of any length.
    characters: Vec<usize>,
    /// `None`: the text is no JSON.
    root: Option<Place>,
}

/// A value with its key and its children, as byte ranges.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    key: Option<Range<usize>>,
    value: Range<usize>,
    children: Children,
}

/// What is inside a value.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Children {
    /// It is a scalar.
    None,
    Elements(Vec<Place>),
    /// The members, and for each key the position of the last one with it.
    Members(Vec<Place>, IndexMap<String, usize>),
}

impl<'t> Locator<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let characters = text.as_bytes().chunks(STRIDE).scan(0, |before, chunk| {
            let so_far = *before;
            *before += characters_in(chunk);
            Some(so_far)
        });
        let characters = characters.collect();
        let root = Scanner { text, at: 0 }.value(None, 0);
        Self { text, lines, characters, root }
    }

    /// How many characters stand before a byte.
    fn characters_before(&self, at: usize) -> usize {
        let chunk = at / STRIDE;
        let before = self.characters.get(chunk).or(self.characters.last()).copied().unwrap_or(0);
        let start = chunk.min(self.characters.len().saturating_sub(1)) * STRIDE;
        before + characters_in(&self.text.as_bytes()[start..at])
    }

    /// The place of a child of a child …, counted by position, so that duplicate keys are told apart.
    pub(crate) fn by_position(&self, positions: &[usize], focus: Focus) -> Option<Span> {
        let mut place = self.root.as_ref()?;
        for position in positions {
            place = match &place.children {
                Children::None => return None,
                Children::Elements(places) | Children::Members(places, _) => places.get(*position)?,
            };
        }
        Some(self.span(place.range(focus)))
    }

    /// The place that a JSON pointer names; the last of duplicate keys, as in a parser.
    pub(crate) fn by_pointer(&self, pointer: &str, focus: Focus) -> Option<Span> {
        let mut place = self.root.as_ref()?;
        for token in tokens(pointer) {
            place = match &place.children {
                Children::None => return None,
                Children::Elements(elements) => elements.get(token.parse::<usize>().ok()?)?,
                Children::Members(members, keys) => members.get(*keys.get(&token)?)?,
            };
        }
        Some(self.span(place.range(focus)))
    }

    /// The place at a line (from 1) and a byte column (from 1), which is how `serde_json` reports syntax errors.
    pub(crate) fn at_line(&self, line: usize, byte_column: usize) -> Span {
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        let mut at = (start + byte_column.saturating_sub(1)).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let width = self.text[at..].chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
        self.span(at..at + width)
    }

    fn span(&self, range: Range<usize>) -> Span {
        let line = self.lines.partition_point(|start| *start <= range.start);
        let line_start = self.lines[line - 1];
        let column = self.characters_before(range.start) - self.characters_before(line_start) + 1;
        Span { start: range.start, end: range.end, line, column }
    }
}

impl Place {
    fn range(&self, focus: Focus) -> Range<usize> {
        let is_container = !matches!(self.children, Children::None);
        match (focus, &self.key) {
            (Focus::Key, Some(key)) => key.clone(),
            // Underlining a whole object says nothing; its name, or where it starts, does.
            (Focus::Value, Some(key)) if is_container => key.clone(),
            (_, None) if is_container => self.value.start..self.value.start + 1,
            (Focus::Key, None) | (Focus::Value, _) => self.value.clone(),
        }
    }
}

/// Walks a JSON text. On anything unexpected it gives up: a parser has already said, or will say, what is wrong.
struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl Scanner<'_> {
    fn value(&mut self, key: Option<Range<usize>>, depth: usize) -> Option<Place> {
        if depth > MAX_DEPTH {
            return None;
        }
        self.skip_space();
        let start = self.at;
        let children = match self.peek()? {
            b'{' => self.members(depth)?,
            b'[' => self.elements(depth)?,
            b'"' => self.string().map(|_| Children::None)?,
            _ => self.literal().map(|()| Children::None)?,
        };
        Some(Place { key, value: start..self.at, children })
    }

    fn elements(&mut self, depth: usize) -> Option<Children> {
        let mut elements = Vec::new();
        self.each(b']', |scanner| {
            elements.push(scanner.value(None, depth + 1)?);
            Some(())
        })?;
        Some(Children::Elements(elements))
    }

    fn members(&mut self, depth: usize) -> Option<Children> {
        let (mut members, mut keys) = (Vec::new(), IndexMap::new());
        self.each(b'}', |scanner| {
            let key = scanner.key()?;
            keys.insert(serde_json::from_str(&scanner.text[key.clone()]).ok()?, members.len());
            members.push(scanner.value(Some(key), depth + 1)?);
            Some(())
        })?;
        Some(Children::Members(members, keys))
    }

    /// From an opening bracket to its closing one.
    fn each(&mut self, close: u8, mut child: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.at += 1;
        self.skip_space();
        if self.peek()? == close {
            self.at += 1;
            return Some(());
        }
        loop {
            child(self)?;
            self.skip_space();
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                b',' => {}
                byte if byte == close => return Some(()),
                _ => return None,
            }
        }
    }

    fn key(&mut self) -> Option<Range<usize>> {
        self.skip_space();
        let key = self.string()?;
        self.skip_space();
        (self.peek()? == b':').then(|| self.at += 1)?;
        Some(key)
    }

    fn string(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        (self.peek()? == b'"').then(|| self.at += 1)?;
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Some(start..self.at)
    }

    fn literal(&mut self) -> Option<()> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let is_end = |byte: &u8| matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r');
        let length = rest.iter().position(is_end).unwrap_or(rest.len());
        self.at += length;
        (length > 0).then_some(())
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::{Focus, Locator, Span};

    #[track_caller]
    fn check_pointer(text: &str, pointer: &str, focus: Focus, found: Option<(&str, usize, usize)>) {
        let span = Locator::new(text).by_pointer(pointer, focus);
        assert_eq!(span.map(|Span { start, end, line, column }| (&text[start..end], line, column)), found);
    }

    #[test]
    fn a_scalar_is_found_with_line_and_column() {
        let text = "{\n  \"ä\": [1, {\"a/b\": \"x\"}]\n}";
        check_pointer(text, "/ä/1/a~1b", Focus::Value, Some(("\"x\"", 2, 20)));
        check_pointer(text, "/ä/1/a~1b", Focus::Key, Some(("\"a/b\"", 2, 13)));
    }

    #[test]
    fn a_container_is_found_by_its_key_or_its_first_byte() {
        let text = "{\"a\": [ {} ]}";
        check_pointer(text, "/a", Focus::Value, Some(("\"a\"", 1, 2)));
        check_pointer(text, "/a/0", Focus::Value, Some(("{", 1, 9)));
        check_pointer(text, "", Focus::Value, Some(("{", 1, 1)));
    }

    #[test]
    fn columns_are_counted_in_long_lines() {
        let text = format!("[1,\n\"{}\", 2, {{\"b\": 3}}]", "äx".repeat(5_000));
        check_pointer(&text, "/2", Focus::Value, Some(("2", 2, 10_005)));
        check_pointer(&text, "/3/b", Focus::Value, Some(("3", 2, 10_014)));
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        check_pointer("{\"a\": 1}", "/b", Focus::Value, None);
        check_pointer("[1]", "/7", Focus::Value, None);
        check_pointer("{\"a\": ", "/a", Focus::Value, None);
        check_pointer("{\"\\", "/a", Focus::Value, None);
        check_pointer(&"[".repeat(100_000), "/0", Focus::Value, None);
    }

    #[test]
    fn escaped_keys_are_compared_by_meaning() {
        check_pointer(r#"{"\u0061\"": 1}"#, "/a\"", Focus::Value, Some(("1", 1, 14)));
    }

    #[test]
    fn the_second_of_two_duplicates_is_found_by_position() {
        let text = r#"{"a": 1, "a": 2}"#;
        let span = Locator::new(text).by_position(&[1], Focus::Key).expect("there are two members");
        assert_eq!((span.start, span.column), (9, 10));
    }
}
