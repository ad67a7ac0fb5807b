//! Puts a value into a document: `ResultPath`.

use serde_json::{Map, Value};
use stepwright_codegen::asl::path::{Path, Root, Step};

use crate::data::failure::Failure;
use crate::data::text;

/// The document with the value at the Reference Path; `$` gives the value alone.
///
/// Objects that are missing on the way are made, and what was at the end is replaced. An item of an array can be
/// replaced but not added. Spec: "`ResultPath`".
///
/// # Errors
///
/// `States.ResultPathMatchFailure` if the document has something else on the way, such as a string;
/// `States.Runtime` if this is no Reference Path.
pub fn assign(reference_path: &str, into: &Value, value: Value) -> Result<Value, Failure> {
    if reference_path == "$" {
        return Ok(value);
    }
    let path = Path::read(reference_path)
        .map_err(|reason| Failure::runtime(format!("Invalid path '{reference_path}' : {reason}")))?;
    if path.root != Root::Input || !path.is_reference() {
        return Err(Failure::runtime(format!(
            "Invalid path '{reference_path}' : it is not a Reference Path"
        )));
    }
    let mut document = into.clone();
    match place(&mut document, &path.steps) {
        Some(place) => {
            *place = value;
            Ok(document)
        }
        None => Err(Failure::new(
            Failure::RESULT_PATH,
            format!("Unable to apply ReferencePath {reference_path} to input {}", text::json(into)),
        )),
    }
}

/// The place that the steps lead to, with the objects on the way to it.
fn place<'d>(document: &'d mut Value, steps: &[Step]) -> Option<&'d mut Value> {
    let mut node = document;
    let mut is_new = false;
    for step in steps {
        node = match step {
            Step::Names(names) => {
                if is_new {
                    *node = Value::Object(Map::new());
                }
                let members = node.as_object_mut()?;
                let name = names.first()?;
                is_new = !members.contains_key(name);
                members.entry(name.as_str()).or_insert(Value::Null)
            }
            Step::Indices(indices) => {
                node.as_array_mut()?.get_mut(usize::try_from(*indices.first()?).ok()?)?
            }
            Step::Slice { .. } | Step::All | Step::Below | Step::Filter(_) | Step::Function(_) => {
                return None;
            }
        };
    }
    Some(node)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::assign;

    #[track_caller]
    fn check_assign(path: &str, into: &Value, expect: &Value) {
        let assigned = assign(path, into, json!("new")).map_err(|failure| failure.cause);
        assert_eq!(assigned.as_ref(), Ok(expect), "{path}");
    }

    #[track_caller]
    fn check_failure(path: &str, into: &Value, error: &str, cause: &str) {
        let failure = assign(path, into, json!("new")).map_err(|failure| (failure.error, failure.cause));
        assert_eq!(failure, Err((error.to_owned(), cause.to_owned())), "{path}");
    }

    #[test]
    fn objects_on_the_way_are_made() {
        check_assign("$", &json!({ "a": 1 }), &json!("new"));
        check_assign("$.a", &json!({ "a": 1, "b": 2 }), &json!({ "a": "new", "b": 2 }));
        check_assign("$.x.y['z z']", &json!({ "a": 1 }), &json!({ "a": 1, "x": { "y": { "z z": "new" } } }));
    }

    #[test]
    fn items_are_replaced() {
        check_assign("$.a[1].b", &json!({ "a": [0, {}] }), &json!({ "a": [0, { "b": "new" }] }));
        let cause = r#"Unable to apply ReferencePath $.a[2] to input {"a":[0]}"#;
        check_failure("$.a[2]", &json!({ "a": [0] }), "States.ResultPathMatchFailure", cause);
    }

    #[test]
    fn other_values_are_in_the_way() {
        let cause = r#"Unable to apply ReferencePath $.a to input "text""#;
        check_failure("$.a", &json!("text"), "States.ResultPathMatchFailure", cause);
        let cause = r#"Unable to apply ReferencePath $.a.b to input {"a":null}"#;
        check_failure("$.a.b", &json!({ "a": null }), "States.ResultPathMatchFailure", cause);
    }

    #[test]
    fn only_reference_paths_will_do() {
        for path in ["$.a[*]", "$..a", "$$.a", "$a", "$.a[-1]", "$['a','b']", "$.a[?(@.b)]", "a"] {
            let error = assign(path, &json!({}), Value::Null).map_err(|failure| failure.error);
            assert_eq!(error, Err("States.Runtime".to_owned()), "{path}");
        }
    }
}
