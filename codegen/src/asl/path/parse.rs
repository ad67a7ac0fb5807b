//! Reads Paths.

use crate::asl::path::filter;
use crate::asl::path::names::{continues_variable, ends_name, ends_operand, starts_variable};
use crate::asl::path::steps::{Path, Root, Step};

impl Path {
    /// Reads a whole Path.
    ///
    /// # Errors
    ///
    /// What is wrong with the text, as the service's library words it where that is known.
    pub fn read(text: &str) -> Result<Self, String> {
        // Spaces after it do not matter to the library.
        let mut cursor = Cursor::new(text.trim_end());
        if !cursor.eat('$') {
            return Err("Path must start with '$'".to_owned());
        }
        let root = root(&mut cursor);
        let steps = steps(&mut cursor, End::Text, 0)?;
        Ok(Self { root, steps })
    }
}

/// Where a Path ends.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum End {
    /// At the end of the text.
    Text,
    /// Before what cannot belong to it, in a filter.
    Filter,
}

/// A text and how far it has been read.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'t> {
    pub(super) rest: &'t str,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { rest: text }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let next = characters.next();
        self.rest = characters.as_str();
        next
    }

    pub(super) fn eat(&mut self, character: char) -> bool {
        let rest = self.rest.strip_prefix(character);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    pub(super) fn eat_text(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    pub(super) fn expect(&mut self, character: char) -> Result<(), String> {
        if self.eat(character) { Ok(()) } else { Err(format!("Expected character: {character}")) }
    }

    pub(super) fn space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// Everything up to the first character that does not fit.
    pub(super) fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'t str {
        let end = self.rest.find(|character| !fits(character)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    /// A string after its opening quote. A backslash keeps the quote, or a backslash, from its meaning.
    pub(super) fn quoted(&mut self, quote: char) -> Result<String, String> {
        let mut text = String::new();
        loop {
            match self.next() {
                None => return Err("Property has not been closed - missing closing quote".to_owned()),
                Some(character) if character == quote => return Ok(text),
                // Any other backslash belongs to the name, as recorded: `$['a\"b']` finds the member `a\"b`.
                Some('\\') if self.peek().is_some_and(|next| next == quote || next == '\\') => {
                    text.extend(self.next());
                }
                Some(character) => text.push(character),
            }
        }
    }

    fn integer(&mut self) -> Result<Option<i64>, String> {
        let digits = self.take_while(|character| character == '-' || character.is_ascii_digit());
        if digits.is_empty() {
            return Ok(None);
        }
        digits.parse().map(Some).map_err(|_| format!("Failed to parse array index: '{digits}'"))
    }
}

/// What comes after the first `$`.
pub(super) fn root(cursor: &mut Cursor<'_>) -> Root {
    if cursor.eat('$') {
        return Root::Context;
    }
    if cursor.peek().is_some_and(starts_variable) {
        return Root::Variable(cursor.take_while(continues_variable).to_owned());
    }
    Root::Input
}

/// The steps up to the end. `depth` counts the filters around.
pub(super) fn steps(cursor: &mut Cursor<'_>, end: End, depth: usize) -> Result<Vec<Step>, String> {
    let mut steps = Vec::new();
    loop {
        match cursor.peek() {
            Some('.') => dotted(cursor, end, &mut steps)?,
            Some('[') => steps.push(bracketed(cursor, depth)?),
            None => return Ok(steps),
            Some(_) if end == End::Filter => return Ok(steps),
            Some(character) => {
                return Err(format!("Illegal character '{character}': expected '.' or '['"));
            }
        }
    }
}

fn dotted(cursor: &mut Cursor<'_>, end: End, steps: &mut Vec<Step>) -> Result<(), String> {
    cursor.eat('.');
    if cursor.eat('.') {
        steps.push(Step::Below);
    }
    match cursor.peek() {
        Some('[') => Ok(()), // `$.a.['b']`: the dot means nothing.
        Some('*') => {
            cursor.next();
            steps.push(Step::All);
            Ok(())
        }
        _ => {
            let name = name(cursor, end)?;
            steps.push(if cursor.eat('(') { function(cursor, name)? } else { Step::Names(vec![name]) });
            Ok(())
        }
    }
}

/// A name in dot form.
fn name(cursor: &mut Cursor<'_>, end: End) -> Result<String, String> {
    let mut name = String::new();
    while let Some(character) = cursor.peek() {
        if ends_name(character) || (end == End::Filter && ends_operand(character)) {
            break;
        }
        cursor.next();
        let escaped = if character == '\\' { cursor.next() } else { None };
        name.push(escaped.unwrap_or(character));
    }
    if name.is_empty() { Err("Path must not end with a '.' or '..'".to_owned()) } else { Ok(name) }
}

fn function(cursor: &mut Cursor<'_>, name: String) -> Result<Step, String> {
    cursor.take_while(|character| character != ')');
    cursor.expect(')')?;
    Ok(Step::Function(name))
}

fn bracketed(cursor: &mut Cursor<'_>, depth: usize) -> Result<Step, String> {
    cursor.expect('[')?;
    cursor.space();
    let step = match cursor.peek() {
        Some('*') => {
            cursor.next();
            Step::All
        }
        Some('?') => {
            cursor.next();
            cursor.space();
            Step::Filter(filter::predicate(cursor, depth)?)
        }
        Some('\'' | '"') => Step::Names(names(cursor)?),
        _ => numbers(cursor)?,
    };
    cursor.space();
    cursor.expect(']')?;
    Ok(step)
}

fn names(cursor: &mut Cursor<'_>) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    loop {
        cursor.space();
        let Some(quote @ ('\'' | '"')) = cursor.next() else {
            return Err(
                "Property must be separated by comma or Property must be terminated by quote".to_owned()
            );
        };
        names.push(cursor.quoted(quote)?);
        cursor.space();
        if !cursor.eat(',') {
            return Ok(names);
        }
    }
}

fn numbers(cursor: &mut Cursor<'_>) -> Result<Step, String> {
    let first = cursor.integer()?;
    cursor.space();
    if cursor.eat(':') {
        cursor.space();
        return Ok(Step::Slice { from: first, to: cursor.integer()? });
    }
    let mut indices = vec![first.ok_or("Could not parse token: expected a name, an index, '*' or '?'")?];
    while cursor.eat(',') {
        cursor.space();
        indices.push(cursor.integer()?.ok_or("Failed to parse array index")?);
        cursor.space();
    }
    Ok(Step::Indices(indices))
}
