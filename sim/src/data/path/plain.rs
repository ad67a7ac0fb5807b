//! Paths of plain names and indices, such as `$.order.lines[0]`, followed as they are read.
//!
//! Most Paths are like that. This spares them the reading into steps; whatever is out of the ordinary, a miss included,
//! is left to the long way.

use serde_json::Value;
use stepwright_codegen::asl::path::{continues_variable, starts_variable};

use crate::data::view::View;

/// What a plain Path leads to; `None` says nothing about the Path.
pub(super) fn find<'v>(text: &str, view: &View<'v>) -> Option<&'v Value> {
    let (mut node, mut rest) = root(text.strip_prefix('$')?, view)?;
    while let Some(first) = rest.chars().next() {
        rest = &rest[first.len_utf8()..];
        node = match first {
            '.' => {
                let (name, after) =
                    split(rest, |character| character.is_alphanumeric() || matches!(character, '_' | '-'));
                // A backslash, a quote or whatever else follows is not plain.
                if !(after.is_empty() || after.starts_with(['.', '['])) || name.is_empty() {
                    return None;
                }
                rest = after;
                node.as_object()?.get(name)?
            }
            '[' => {
                let (index, after) = split(rest, |character| character.is_ascii_digit());
                rest = after.strip_prefix(']')?;
                node.as_array()?.get(index.parse::<usize>().ok()?)?
            }
            _ => return None,
        };
    }
    Some(node)
}

/// The document, and the Path in it.
fn root<'v, 't>(rest: &'t str, view: &View<'v>) -> Option<(&'v Value, &'t str)> {
    if let Some(rest) = rest.strip_prefix('$') {
        return Some((view.context, rest));
    }
    if rest.starts_with(starts_variable) {
        let (name, rest) = split(rest, continues_variable);
        return Some((view.variables.get(name)?, rest));
    }
    Some((view.input, rest))
}

fn split(text: &str, fits: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|character| !fits(character)).unwrap_or(text.len()))
}
