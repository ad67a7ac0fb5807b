//! Follows the steps of a Path through a value.

use std::borrow::Cow;

use serde_json::{Map, Value};
use stepwright_codegen::asl::path::{Path, Step};

use crate::data::path::Miss;
use crate::data::path::filter;
use crate::data::path::normal::{normal, write};
use crate::data::text;

/// How many values may match a step. All values of a payload of 256 KiB are fewer; only one `..` after another, which finds
/// the same values in many ways, gets further.
const MAX_MATCHES: usize = 200_000;

/// What a Path found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Found<'v> {
    /// One value in the document.
    One(&'v Value),
    /// An index past the end of an array. The service's library takes that for a result, a Java `null`.
    Absent,
    /// All matches, or members gathered in one object.
    Made(Value),
}

impl<'v> Found<'v> {
    pub(crate) fn is_absent(&self) -> bool {
        *self == Self::Absent
    }

    /// The value, copied only if it had to be made.
    pub(crate) fn into_cow(self) -> Cow<'v, Value> {
        match self {
            Self::One(value) => Cow::Borrowed(value),
            Self::Absent => Cow::Owned(Value::Null),
            Self::Made(value) => Cow::Owned(value),
        }
    }

    pub(crate) fn into_value(self) -> Value {
        self.into_cow().into_owned()
    }
}

/// Follows a Path from its root.
pub(super) fn walk<'v>(path: &Path, root: &'v Value) -> Result<Found<'v>, Miss> {
    if path.is_definite() { follow(path, root) } else { Ok(Found::Made(Value::Array(gather(path, root)?))) }
}

/// A definite Path: one value all along, and every miss is worth a reason.
fn follow<'v>(path: &Path, root: &'v Value) -> Result<Found<'v>, Miss> {
    let mut node = Some(root);
    for (index, step) in path.steps.iter().enumerate() {
        let before = &path.steps[..index];
        let is_last = index + 1 == path.steps.len();
        node = match step {
            Step::Names(names) => {
                let members =
                    node.and_then(Value::as_object).ok_or_else(|| not_an_object(step, before, node))?;
                match names.as_slice() {
                    [name] => match members.get(name) {
                        Some(member) => Some(member),
                        None if is_last => return Err(no_results(path)),
                        None => {
                            let place = normal(&path.steps[..=index]);
                            return Err(Miss::new(format!("Missing property in path {place}")));
                        }
                    },
                    names => return Ok(Found::Made(Value::Object(pick(members, names)))),
                }
            }
            Step::Indices(indices) => {
                let items = node.and_then(Value::as_array).ok_or_else(|| not_an_array(step, before, node))?;
                indices.first().and_then(|index| items.get(position(*index, items.len())?))
            }
            // Functions find nothing. Invariant: a definite Path has none of the other steps.
            Step::Function(_) | Step::Slice { .. } | Step::All | Step::Below | Step::Filter(_) => {
                return Err(no_results(path));
            }
        };
    }
    Ok(node.map_or(Found::Absent, Found::One))
}

/// A Path that can match more than once: what does not fit is passed over.
fn gather(path: &Path, root: &Value) -> Result<Vec<Value>, Miss> {
    let mut nodes = vec![root];
    let mut steps = path.steps.iter().peekable();
    while let Some(step) = steps.next() {
        if let (Step::Names(names), None) = (step, steps.peek())
            && names.len() > 1
        {
            let objects = nodes.iter().filter_map(|node| node.as_object());
            return Ok(objects.map(|members| Value::Object(pick(members, names))).collect());
        }
        let mut next = Vec::new();
        for node in nodes {
            step_into(step, node, root, &mut next);
            if next.len() > MAX_MATCHES {
                return Err(Miss::new(format!("Too many results for path: {}", normal(&path.steps))));
            }
        }
        if let (Step::Below, Some(Step::Filter(predicate))) = (step, steps.peek()) {
            // After `..` a filter is asked about every value itself, not about the items of each.
            steps.next();
            next.retain(|node| filter::accepts(predicate, node, root));
        }
        nodes = next;
    }
    Ok(nodes.into_iter().cloned().collect())
}

fn step_into<'v>(step: &Step, node: &'v Value, root: &'v Value, out: &mut Vec<&'v Value>) {
    match (step, node) {
        (Step::Names(names), Value::Object(members)) => {
            out.extend(names.iter().filter_map(|name| members.get(name)));
        }
        (Step::Indices(indices), Value::Array(items)) => {
            out.extend(indices.iter().filter_map(|index| items.get(position(*index, items.len())?)));
        }
        (Step::Slice { from, to }, Value::Array(items)) => {
            let from = from.map_or(0, |from| bound(from, items.len()));
            let to = to.map_or(items.len(), |to| bound(to, items.len()));
            out.extend(items.get(from..to).unwrap_or_default());
        }
        (Step::All, Value::Array(items)) => out.extend(items),
        (Step::All, Value::Object(members)) => out.extend(members.values()),
        (Step::Below, node) => below(node, out),
        (Step::Filter(predicate), Value::Array(items)) => {
            out.extend(items.iter().filter(|item| filter::accepts(predicate, item, root)));
        }
        (Step::Filter(predicate), Value::Object(_)) => {
            out.extend(filter::accepts(predicate, node, root).then_some(node));
        }
        _ => {}
    }
}

/// A value and all below it, each before what it holds. Without recursion: values can be deep.
fn below<'v>(node: &'v Value, out: &mut Vec<&'v Value>) {
    let mut waiting = vec![node];
    while let Some(node) = waiting.pop() {
        out.push(node);
        match node {
            Value::Array(items) => waiting.extend(items.iter().rev()),
            Value::Object(members) => waiting.extend(members.values().rev()),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

fn pick(members: &Map<String, Value>, names: &[String]) -> Map<String, Value> {
    let found = names.iter().filter_map(|name| Some((name.clone(), members.get(name)?.clone())));
    found.collect()
}

/// The place of an index, counted from the end if negative.
fn position(index: i64, length: usize) -> Option<usize> {
    let distance = usize::try_from(index.unsigned_abs()).ok()?;
    if index < 0 { length.checked_sub(distance) } else { Some(distance) }
}

/// The end of a slice, moved into the array.
fn bound(index: i64, length: usize) -> usize {
    position(index, length).unwrap_or(0).min(length)
}

fn no_results(path: &Path) -> Miss {
    Miss::new(format!("No results for path: {}", normal(&path.steps)))
}

fn not_an_object(step: &Step, before: &[Step], node: Option<&Value>) -> Miss {
    let mut fragment = String::new();
    write(step, &mut fragment);
    Miss::new(format!(
        "Expected to find an object with property {fragment} in path {} but found '{}'. This is not a json object \
         according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider'.",
        normal(before),
        class(node),
    ))
}

fn not_an_array(step: &Step, before: &[Step], node: Option<&Value>) -> Miss {
    let Some(node) = node else {
        return Miss::new(format!("The path {} is null", normal(before)));
    };
    let mut fragment = String::new();
    write(step, &mut fragment);
    let node = text::json(node);
    Miss::new(format!("Filter: {fragment} can only be applied to arrays. Current context is: {node}"))
}

/// The Java class that the service's library names.
fn class(node: Option<&Value>) -> &'static str {
    match node {
        None => "null",
        Some(Value::Null) => "com.fasterxml.jackson.databind.node.NullNode",
        Some(Value::Bool(_)) => "com.fasterxml.jackson.databind.node.BooleanNode",
        Some(Value::Number(number)) if number.is_f64() => "com.fasterxml.jackson.databind.node.DoubleNode",
        Some(Value::Number(number))
            if number.as_i64().is_some_and(|number| i32::try_from(number).is_ok()) =>
        {
            "com.fasterxml.jackson.databind.node.IntNode"
        }
        Some(Value::Number(_)) => "com.fasterxml.jackson.databind.node.LongNode",
        Some(Value::String(_)) => "com.fasterxml.jackson.databind.node.TextNode",
        Some(Value::Array(_)) => "com.fasterxml.jackson.databind.node.ArrayNode",
        Some(Value::Object(_)) => "com.fasterxml.jackson.databind.node.ObjectNode",
    }
}
