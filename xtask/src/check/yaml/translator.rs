//! From the events of a YAML parser to JSON. Not recursive: the text may nest as deeply as it likes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Tag};
use stepwright_codegen::diagnostic::{Finding, Span};

use super::{Mark, Translation, error, scalar};

/// What is open: a list, or an object that waits for a key or a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    List { is_empty: bool },
    Key { is_empty: bool },
    Value,
}

/// An anchor on a list or object that is not closed yet.
#[derive(Debug, Clone, Copy)]
struct Anchored {
    anchor: usize,
    start: usize,
    depth: usize,
}

pub(super) struct Translator<'t> {
    text: &'t str,
    /// A character of the text, by its number and its byte: the places of events are numbers of characters.
    cursor: (usize, usize),
    json: String,
    marks: Vec<Mark>,
    open: Vec<Open>,
    anchored: Vec<Anchored>,
    /// The JSON of what has an anchor.
    anchors: BTreeMap<usize, Range<usize>>,
    documents: usize,
    findings: Vec<Finding>,
}

impl<'t> Translator<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            cursor: (0, 0),
            json: String::new(),
            marks: Vec::new(),
            open: Vec::new(),
            anchored: Vec::new(),
            anchors: BTreeMap::new(),
            documents: 0,
            findings: Vec::new(),
        }
    }

    pub(super) fn translate(mut self) -> Result<Translation, Vec<Finding>> {
        for event in Parser::new_from_str(self.text) {
            match event {
                Ok((event, span)) => {
                    let span = self.span(span.start, span.end);
                    self.event(&event, span);
                    if self.is_too_large() {
                        let finding = error(span, "the aliases stand for too much");
                        self.findings.push(finding.help("write out what they stand for"));
                        break;
                    }
                }
                Err(reason) => {
                    let mark = *reason.marker();
                    let finding =
                        error(self.span(mark, mark), format!("the definition is no YAML: {}", reason.info()));
                    self.findings.push(finding);
                    break;
                }
            }
        }
        if self.findings.is_empty() {
            Ok(Translation { text: self.json, marks: self.marks })
        } else {
            Err(self.findings)
        }
    }

    /// Aliases of aliases grow fast.
    fn is_too_large(&self) -> bool {
        self.json.len() > 1_000_000 + 16 * self.text.len()
    }

    fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents == 2 {
                    let finding = error(span, "the file has more than one YAML document");
                    self.findings.push(finding.help("give each definition a file of its own"));
                }
            }
            Event::Scalar(text, style, anchor, tag) => self.scalar(text, *style, *anchor, tag.as_ref(), span),
            Event::SequenceStart(anchor, tag) => {
                self.start('[', Open::List { is_empty: true }, *anchor, tag.as_ref(), span);
            }
            Event::MappingStart(anchor, tag) => {
                self.start('{', Open::Key { is_empty: true }, *anchor, tag.as_ref(), span);
            }
            Event::SequenceEnd => self.end(']'),
            Event::MappingEnd => self.end('}'),
            Event::Alias(anchor) => self.alias(*anchor, span),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Cow<'_, Tag>>,
        span: Span,
    ) {
        self.refuse(tag, span);
        let is_key = matches!(self.open.last(), Some(Open::Key { .. }));
        self.before(span);
        let start = self.json.len();
        self.json.push_str(&if is_key { scalar::quoted(text) } else { scalar::json(text, style, tag) });
        if anchor > 0 {
            self.anchors.insert(anchor, start..self.json.len());
        }
        self.after();
    }

    fn start(&mut self, bracket: char, open: Open, anchor: usize, tag: Option<&Cow<'_, Tag>>, span: Span) {
        self.refuse(tag, span);
        self.refuse_as_key(span);
        self.before(Span { end: span.start, ..span });
        if anchor > 0 {
            self.anchored.push(Anchored { anchor, start: self.json.len(), depth: self.open.len() });
        }
        self.json.push(bracket);
        self.open.push(open);
    }

    fn end(&mut self, bracket: char) {
        self.open.pop();
        self.json.push(bracket);
        if let Some(anchored) = self.anchored.pop_if(|anchored| anchored.depth == self.open.len()) {
            self.anchors.insert(anchored.anchor, anchored.start..self.json.len());
        }
        self.after();
    }

    fn alias(&mut self, anchor: usize, span: Span) {
        let Some(range) = self.anchors.get(&anchor).cloned() else {
            let finding = error(span, "an alias stands for what it is a part of");
            self.findings.push(finding.help("write out what it stands for"));
            self.before(span);
            self.json.push_str("null");
            return self.after();
        };
        let json = self.json[range].to_owned();
        if !json.starts_with('"') {
            self.refuse_as_key(span);
        }
        self.before(span);
        self.json.push_str(&json);
        self.after();
    }

    /// What stands before a node, and where the node does.
    fn before(&mut self, span: Span) {
        match self.open.last_mut() {
            Some(Open::List { is_empty } | Open::Key { is_empty }) => {
                if !std::mem::replace(is_empty, false) {
                    self.json.push(',');
                }
            }
            Some(Open::Value) | None => {}
        }
        self.marks.push(Mark { at: self.json.len(), span });
    }

    /// What stands after a node: a colon if it is a key.
    fn after(&mut self) {
        match self.open.last_mut() {
            Some(open @ Open::Key { .. }) => {
                *open = Open::Value;
                self.json.push(':');
            }
            Some(open @ Open::Value) => *open = Open::Key { is_empty: false },
            Some(Open::List { .. }) | None => {}
        }
    }

    fn refuse_as_key(&mut self, span: Span) {
        if matches!(self.open.last(), Some(Open::Key { .. })) {
            self.findings.push(error(span, "a key is no text"));
        }
    }

    /// Reports a tag that is not YAML's own.
    fn refuse(&mut self, tag: Option<&Cow<'_, Tag>>, span: Span) {
        let Some(tag) = tag else { return };
        // A lone `!` says that a scalar is a text.
        if tag.is_yaml_core_schema() || tag.handle.is_empty() && tag.suffix == "!" {
            return;
        }
        let shown = format!("{}{}", tag.handle, tag.suffix);
        let finding = error(span, format!("a definition has no tags, and `{shown}` is one"));
        let is_function = tag.handle == "!" && tag.suffix.starts_with(|c: char| c.is_ascii_uppercase());
        self.findings.push(if is_function {
            finding
                .note(format!("`{shown}` is a function of CloudFormation, which looks into templates only"))
                .help("write a placeholder, `${Name}`, with its value in `DefinitionSubstitutions`")
        } else {
            finding.help("remove it")
        });
    }

    fn span(&mut self, start: Marker, end: Marker) -> Span {
        let bytes = self.byte(start.index())..self.byte(end.index());
        // What goes on to the next line is shown by its first.
        let first_line = self.text[bytes.start..bytes.end.max(bytes.start)].find(['\n', '\r']);
        let end = first_line.map_or(bytes.end, |length| bytes.start + length);
        Span { start: bytes.start, end: end.max(bytes.start), line: start.line(), column: start.col() + 1 }
    }

    /// The byte of a character. Events come in the order of the text, so it is near the last one.
    fn byte(&mut self, character: usize) -> usize {
        let (mut number, mut byte) = self.cursor;
        while number < character {
            let Some(next) = self.text[byte..].chars().next() else { break };
            (number, byte) = (number + 1, byte + next.len_utf8());
        }
        while number > character {
            let Some(last) = self.text[..byte].chars().next_back() else { break };
            (number, byte) = (number - 1, byte - last.len_utf8());
        }
        self.cursor = (number, byte);
        byte
    }
}
