//! Filters of Paths: `[?(@.status == 0 && @.name =~ /a.*/i)]`.

use serde_json::Value;

use crate::asl::path::operator::Operator;
use crate::asl::path::parse::{Cursor, End, root, steps};
use crate::asl::path::steps::{Path, Root};

/// What a filter asks.
#[derive(Debug, Clone, PartialEq)]
pub enum Predicate {
    /// `a || b`.
    Any(Vec<Predicate>),
    /// `a && b`.
    All(Vec<Predicate>),
    /// `!a`.
    Not(Box<Predicate>),
    /// `@.a`: there is such a value.
    Exists(Operand),
    /// `left operator right`.
    Compare(Operand, Operator, Operand),
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// `@.a`: a Path from the item.
    Item(Path),
    /// `$.a`: a Path from the whole document.
    Document(Path),
    /// A number, string, boolean, `null`, array or object.
    Literal(Value),
    /// `/pattern/flags`.
    Pattern {
        /// What stands between the slashes.
        pattern: String,
        /// The letters after them.
        flags: String,
    },
}

/// How deep filters and their parentheses may nest; people write two or three.
const MAX_NESTING: usize = 64;

/// Reads what follows `?`: parentheses with a predicate in them.
pub(super) fn predicate(cursor: &mut Cursor<'_>, depth: usize) -> Result<Predicate, String> {
    if depth > MAX_NESTING {
        return Err("filters are nested too deeply".to_owned());
    }
    cursor.expect('(')?;
    let predicate = any(cursor, depth + 1)?;
    cursor.space();
    cursor.expect(')')?;
    Ok(predicate)
}

fn any(cursor: &mut Cursor<'_>, depth: usize) -> Result<Predicate, String> {
    let mut parts = vec![all(cursor, depth)?];
    while eat_operator(cursor, "||") {
        parts.push(all(cursor, depth)?);
    }
    Ok(if parts.len() == 1 { parts.remove(0) } else { Predicate::Any(parts) })
}

fn all(cursor: &mut Cursor<'_>, depth: usize) -> Result<Predicate, String> {
    let mut parts = vec![one(cursor, depth)?];
    while eat_operator(cursor, "&&") {
        parts.push(one(cursor, depth)?);
    }
    Ok(if parts.len() == 1 { parts.remove(0) } else { Predicate::All(parts) })
}

fn eat_operator(cursor: &mut Cursor<'_>, operator: &str) -> bool {
    cursor.space();
    cursor.eat_text(operator)
}

fn one(cursor: &mut Cursor<'_>, depth: usize) -> Result<Predicate, String> {
    if depth > MAX_NESTING {
        return Err("filters are nested too deeply".to_owned());
    }
    cursor.space();
    if cursor.eat('!') {
        return Ok(Predicate::Not(Box::new(one(cursor, depth + 1)?)));
    }
    if cursor.peek() == Some('(') {
        return predicate(cursor, depth);
    }
    let left = operand(cursor, depth)?;
    cursor.space();
    match Operator::read(cursor) {
        Some(operator) => {
            cursor.space();
            Ok(Predicate::Compare(left, operator, operand(cursor, depth)?))
        }
        None if matches!(left, Operand::Item(_) | Operand::Document(_)) => Ok(Predicate::Exists(left)),
        None => Err("expected a comparison operator in the filter".to_owned()),
    }
}

fn operand(cursor: &mut Cursor<'_>, depth: usize) -> Result<Operand, String> {
    match cursor.peek() {
        Some('@') => {
            cursor.next();
            let steps = steps(cursor, End::Filter, depth + 1)?;
            Ok(Operand::Item(Path { root: Root::Input, steps }))
        }
        Some('$') => {
            cursor.next();
            let root = root(cursor);
            let steps = steps(cursor, End::Filter, depth + 1)?;
            Ok(Operand::Document(Path { root, steps }))
        }
        Some(quote @ ('\'' | '"')) => {
            cursor.next();
            Ok(Operand::Literal(Value::String(cursor.quoted(quote)?)))
        }
        Some('/') => {
            cursor.next();
            pattern(cursor)
        }
        Some('[' | '{') => json(cursor),
        _ => {
            let word = cursor.take_while(|character| {
                character.is_alphanumeric() || matches!(character, '-' | '+' | '.' | '_')
            });
            let value =
                serde_json::from_str(word).map_err(|_| format!("'{word}' is not a value in a filter"))?;
            Ok(Operand::Literal(value))
        }
    }
}

fn pattern(cursor: &mut Cursor<'_>) -> Result<Operand, String> {
    let mut pattern = String::new();
    loop {
        match cursor.next() {
            None => return Err("the pattern has no closing '/'".to_owned()),
            Some('/') => break,
            Some('\\') if cursor.peek() == Some('/') => pattern.extend(cursor.next()),
            Some('\\') => {
                pattern.push('\\');
                pattern.extend(cursor.next());
            }
            Some(character) => pattern.push(character),
        }
    }
    let flags = cursor.take_while(char::is_alphabetic).to_owned();
    Ok(Operand::Pattern { pattern, flags })
}

/// An array or object. Single quotes do for double ones.
fn json(cursor: &mut Cursor<'_>) -> Result<Operand, String> {
    let mut text = String::new();
    let mut open = 0_usize;
    while let Some(character) = cursor.next() {
        match character {
            '\'' | '"' => text.push_str(&Value::String(cursor.quoted(character)?).to_string()),
            _ => text.push(character),
        }
        match character {
            '[' | '{' => open += 1,
            ']' | '}' => open = open.saturating_sub(1),
            _ => {}
        }
        if open == 0 {
            let value = serde_json::from_str(&text).map_err(|_| format!("'{text}' is not JSON"))?;
            return Ok(Operand::Literal(value));
        }
    }
    Err("the filter ends in the middle of an array or object".to_owned())
}
