//! Expressions of `JSONata` states: `{% $states.input.total > 100 %}`.
//!
//! The language is that of the crate `jsonata-core`. The service adds `$partition`, `$range`, `$hash`, `$random`,
//! `$uuid` and `$parse`, takes `$eval` away, and has no input document: data comes through `$states` and variables.
//! Spec: "`JSONata`".

mod convert;
mod engine;
mod functions;
mod mentions;
mod reference;

use std::fmt;

use serde_json::{Map, Value};
use stepwright_codegen::asl::is_expression;

use crate::data::MAX_NESTING;
use crate::data::failure::Failure;
use crate::data::jsonata::engine::Problem;
use crate::data::text;
use crate::data::view::View;

/// What type a field wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// `Items`.
    Array,
    /// `Condition`.
    Boolean,
    /// `Seconds` and the like.
    Number,
    /// `Arguments` of some integrations.
    Object,
    /// `Error`, `Timestamp`.
    String,
}

/// Evaluates one expression, given with its delimiters. A string without them is a literal.
///
/// `field` is the field as the service names it in causes: the path from the state, such as `Output/result`.
///
/// # Errors
///
/// `States.QueryEvaluationError` if the expression fails, takes too long, or gives nothing or a function.
pub fn evaluate(text_with_delimiters: &str, view: &View<'_>, field: &str) -> Result<Value, Failure> {
    evaluate_at(text_with_delimiters, view, &Place::Field(field))
}

fn evaluate_at(text: &str, view: &View<'_>, place: &Place<'_>) -> Result<Value, Failure> {
    let Some(expression) = expression(text) else { return Ok(Value::String(text.to_owned())) };
    let result = match reference::read(expression, view) {
        Some(result) => result,
        None => engine::evaluate(expression, view),
    };
    result.map_err(|problem| {
        let problem = match problem {
            Problem::Undefined => "returned nothing (undefined).".to_owned(),
            Problem::Unsupported => "returned an unsupported result type.".to_owned(),
            Problem::Thrown(message) => format!("threw an error during evaluation. {message}"),
        };
        fails(expression, &place.to_string(), &problem)
    })
}

/// As [`evaluate`], for a field that wants a type.
///
/// # Errors
///
/// As [`evaluate`], and if the result is of another type.
pub fn evaluate_as(text: &str, view: &View<'_>, field: &str, expected: Expected) -> Result<Value, Failure> {
    let value = evaluate(text, view, field)?;
    if expected.takes(&value) {
        return Ok(value);
    }
    let (wanted, found, shown) = (expected.name(), name(&value), text::json(&value));
    let problem = format!(
        "returned an unexpected result type. Expected '{wanted}', but was '{found}' for value: {shown}"
    );
    Err(fails(expression(text).unwrap_or(text), field, &problem))
}

/// The value with its expressions evaluated, at any depth of objects and arrays.
///
/// # Errors
///
/// As [`evaluate`]; the field is named down to the expression: `Output/list[1]/name`.
pub fn resolve(value: &Value, view: &View<'_>, field: &str) -> Result<Value, Failure> {
    resolve_within(value, view, &Place::Field(field), MAX_NESTING)
}

fn resolve_within(value: &Value, view: &View<'_>, place: &Place<'_>, depth: usize) -> Result<Value, Failure> {
    let Some(inner) = depth.checked_sub(1) else {
        return Err(Failure::query("The field is nested too deeply", place.to_string()));
    };
    match value {
        Value::String(text) => evaluate_at(text, view, place),
        Value::Array(items) => {
            let items = items.iter().enumerate();
            let items =
                items.map(|(index, item)| resolve_within(item, view, &Place::Item(place, index), inner));
            items.collect::<Result<_, _>>().map(Value::Array)
        }
        Value::Object(members) => {
            let members = members.iter().map(|(name, member)| {
                Ok((name.clone(), resolve_within(member, view, &Place::Member(place, name), inner)?))
            });
            members.collect::<Result<Map<_, _>, _>>().map(Value::Object)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(value.clone()),
    }
}

/// Where an expression stands, written out only if it fails.
enum Place<'p> {
    Field(&'p str),
    Member(&'p Place<'p>, &'p str),
    Item(&'p Place<'p>, usize),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(field) => f.write_str(field),
            Self::Member(place, name) => write!(f, "{place}/{name}"),
            Self::Item(place, index) => write!(f, "{place}[{index}]"),
        }
    }
}

/// What stands between the delimiters.
fn expression(text: &str) -> Option<&str> {
    let inner = if is_expression(text) { text.strip_prefix("{%")?.strip_suffix("%}") } else { None };
    inner.map(str::trim)
}

fn fails(expression: &str, field: &str, problem: &str) -> Failure {
    Failure::query(
        format!("The JSONata expression '{expression}' specified for the field '{field}' {problem}"),
        field,
    )
}

impl Expected {
    fn takes(self, value: &Value) -> bool {
        self.name() == name(value)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Array => "array",
            Self::Boolean => "boolean",
            Self::Number => "number",
            Self::Object => "object",
            Self::String => "string",
        }
    }
}

fn name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

#[cfg(test)]
mod tests;
