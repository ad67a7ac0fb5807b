//! Expressions that only refer to a value: `$states.input.order`, `$total`.
//!
//! Most expressions are like that. They are read here without the engine, which saves converting whole documents and
//! keeps whole numbers exact beyond 2^53, as the service does.

use serde_json::Value;

use crate::data::jsonata::engine::Problem;
use crate::data::view::View;

/// What the expression refers to; `None` if it is for the engine to say.
pub(super) fn read(expression: &str, view: &View<'_>) -> Option<Result<Value, Problem>> {
    let mut names = expression.strip_prefix('$')?.split('.');
    let root = names.next().filter(|name| is_name(name))?;
    let mut names = names.peekable();
    let mut node = if root == "states" {
        match names.next()? {
            "input" => Some(view.input),
            "context" => Some(view.context),
            "result" => view.result,
            "errorOutput" => view.error_output,
            _ => return None,
        }
    } else {
        match view.variables.get(root) {
            Some(value) => Some(value),
            // It may be the name of a function.
            None => return None,
        }
    };
    for name in names {
        if !is_name(name) || name.starts_with(|character: char| character.is_ascii_digit()) || is_word(name) {
            return None;
        }
        node = match node {
            Some(Value::Object(members)) => members.get(name),
            // A step into an array goes into each of its items.
            Some(Value::Array(_)) => return None,
            Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) | None => None,
        };
    }
    Some(node.cloned().ok_or(Problem::Undefined))
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|character| character.is_alphanumeric() || character == '_')
}

/// Words that mean something else than a name.
fn is_word(name: &str) -> bool {
    matches!(name, "and" | "or" | "in" | "true" | "false" | "null" | "function")
}
