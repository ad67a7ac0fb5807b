//! Payload templates: `Parameters`, `ResultSelector`, `ItemSelector`, `Assign` and others of `JSONPath` states.
//!
//! A member whose name ends in `.$` holds a Path or an Intrinsic Function and is replaced by its value, at any depth.
//! Spec: "Payload Template".

use serde_json::{Map, Value};

use crate::data::failure::Failure;
use crate::data::view::View;
use crate::data::{MAX_NESTING, intrinsic, path};

/// What ends the name of a member that is evaluated.
const SUFFIX: &str = ".$";

/// The template with its Paths and Intrinsic Functions replaced by what they give.
///
/// `field` is the name of the field that holds the template, for messages.
///
/// # Errors
///
/// `States.Runtime` if a Path finds nothing, and what intrinsic functions fail with.
pub fn resolve(template: &Value, view: &View<'_>, field: &str) -> Result<Value, Failure> {
    resolve_within(template, view, field, MAX_NESTING)
}

/// What a single value of a template is, given as text: a Path or an Intrinsic Function. `ErrorPath` is such a field.
///
/// # Errors
///
/// As [`resolve`]; the cause names the field.
pub fn evaluate(text: &str, view: &View<'_>, field: &str) -> Result<Value, Failure> {
    if text.starts_with('$') {
        path::select_for_field(text, view, field)
    } else {
        intrinsic::call(text, view)
    }
}

fn resolve_within(template: &Value, view: &View<'_>, field: &str, depth: usize) -> Result<Value, Failure> {
    let Some(inner) = depth.checked_sub(1) else {
        return Err(Failure::runtime(format!("The field '{field}' is nested too deeply")));
    };
    match template {
        Value::Object(members) => object(members, view, field, inner).map(Value::Object),
        Value::Array(items) => {
            let items: Result<_, _> =
                items.iter().map(|item| resolve_within(item, view, field, inner)).collect();
            items.map(Value::Array)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(template.clone()),
    }
}

/// The members as the service orders them: the literal ones first, then the evaluated ones as a Java `HashMap` lists
/// them. The order shows in outputs, in `States.JsonToString` and in causes.
fn object(
    members: &Map<String, Value>,
    view: &View<'_>,
    field: &str,
    depth: usize,
) -> Result<Map<String, Value>, Failure> {
    let mut resolved = Map::with_capacity(members.len());
    let mut dynamic = Vec::new();
    for (name, value) in members {
        if let Some(stripped) = name.strip_suffix(SUFFIX) {
            dynamic.push((stripped, name, value));
        } else {
            resolved.insert(name.clone(), resolve_within(value, view, field, depth)?);
        }
    }
    sort_as_hash_map(&mut dynamic, |(stripped, _, _)| stripped);
    for (stripped, name, value) in dynamic {
        let Value::String(text) = value else {
            return Err(Failure::runtime(format!(
                "The value for the field '{name}' must be a valid JSONPath or a valid intrinsic function call in {field}"
            )));
        };
        resolved.insert(stripped.to_owned(), evaluate(text, view, name)?);
    }
    Ok(resolved)
}

/// Sorts entries by the bucket that their keys have in a Java `HashMap`; in one bucket they stay as they are.
fn sort_as_hash_map<T>(entries: &mut [T], key: impl Fn(&T) -> &str) {
    if entries.len() < 2 {
        return;
    }
    // Invariant: a `HashMap` has 16 buckets, and twice as many whenever three quarters of them are used up.
    let mut buckets = 16;
    while entries.len() > buckets * 3 / 4 {
        buckets *= 2;
    }
    entries.sort_by_key(|entry| {
        let hash = java_hash(key(entry));
        usize::try_from(hash ^ (hash >> 16)).unwrap_or_default() & (buckets - 1)
    });
}

/// `String.hashCode` of Java.
fn java_hash(text: &str) -> u32 {
    text.encode_utf16().fold(0, |hash: u32, unit| hash.wrapping_mul(31).wrapping_add(u32::from(unit)))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{java_hash, resolve};
    use crate::data::{Failure, Random, Variables, View, text};

    fn resolve_with(template: &Value, input: &Value) -> Result<Value, Failure> {
        let context = json!({ "Execution": { "Input": { "k": "v" } } });
        let variables = Variables::from_iter([("x".to_owned(), json!(7))]);
        resolve(template, &View::new(input, &context, &variables, &Random::new(0)), "Parameters")
    }

    #[track_caller]
    fn check_resolve(template: &Value, input: &Value, expect: &Value) {
        assert_eq!(resolve_with(template, input).map_err(|failure| failure.cause).as_ref(), Ok(expect));
    }

    #[test]
    fn members_with_the_suffix_are_evaluated() {
        check_resolve(
            &json!({ "a.$": "$.n", "b.$": "$$.Execution.Input", "c.$": "$x", "d.$": "States.Array($.n)", "e": "$.n" }),
            &json!({ "n": 1 }),
            &json!({ "a": 1, "b": { "k": "v" }, "c": 7, "d": [1], "e": "$.n" }),
        );
    }

    #[test]
    fn members_at_any_depth_are_evaluated() {
        check_resolve(
            &json!({ "o": { "p": [{ "a.$": "$.n" }, "$.n", [{ "b.$": "$.n" }]] } }),
            &json!({ "n": 1 }),
            &json!({ "o": { "p": [{ "a": 1 }, "$.n", [{ "b": 1 }]] } }),
        );
    }

    #[test]
    fn a_miss_names_the_member_and_the_document() {
        let cause = |template: &Value| {
            let result = resolve_with(template, &json!({ "int": 0 }));
            result.map_err(|failure| failure.cause).expect_err("nothing is there")
        };
        assert_eq!(
            cause(&json!({ "in": { "value.$": "$.none" } })),
            "The JSONPath '$.none' specified for the field 'value.$' could not be found in the input '{\"int\":0}'"
        );
        assert_eq!(
            cause(&json!({ "value.$": "$$.Execution.none" })),
            "The JSONPath '$$.Execution.none' specified for the field 'value.$' could not be found in the input \
             '{\"Execution\":{\"Input\":{\"k\":\"v\"}}}'"
        );
        assert!(cause(&json!({ "value.$": 1 })).starts_with("The value for the field 'value.$' must be"));
    }

    #[test]
    fn literal_members_come_first_then_those_of_the_hash_map() {
        let template = json!({ "encoded.$": "$", "decoded.$": "$", "z": 0, "hash.$": "$", "a": 0 });
        let resolved = resolve_with(&template, &json!(1)).map(|value| text::json(&value));
        assert_eq!(resolved, Ok(r#"{"z":0,"a":0,"decoded":1,"hash":1,"encoded":1}"#.to_owned()));
    }

    #[test]
    fn hashes_are_those_of_java() {
        assert_eq!([java_hash(""), java_hash("a"), java_hash("hello")], [0, 97, 99_162_322]);
    }

    #[test]
    fn templates_nested_too_deeply_fail() {
        let deep = (0..300).fold(Value::Null, |inner, _| json!([inner]));
        assert!(resolve_with(&deep, &Value::Null).is_err());
    }
}
