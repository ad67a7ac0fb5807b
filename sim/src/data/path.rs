//! Paths and Reference Paths of `JSONPath` states.
//!
//! `$` is the input, `$$` the Context Object, `$name` a variable. The service reads Paths with the Java library
//! Jayway `JsonPath` over Jackson's tree: filters, slices, unions, wildcards and `..` work as there, a Path that can
//! match more than once gives an array, and the reasons in causes are that library's. Functions such as `.length()`
//! find nothing, as on the service. Spec: "Paths", "Reference Paths".

mod compare;
mod filter;
mod normal;
mod plain;
mod reference;
mod walk;

use std::borrow::Cow;

use serde_json::Value;
use stepwright_codegen::asl::path::{Path, Root};

use crate::data::failure::Failure;
use crate::data::path::walk::Found;
use crate::data::text;
use crate::data::view::View;

pub use reference::assign;

/// What a Path selects: one value, or for a Path that can match more than once an array of all.
///
/// # Errors
///
/// `States.Runtime` if nothing is there: `Invalid path '$.a' : No results for path: $['a']`. That is the wording of
/// `InputPath`, `OutputPath` and most other fields; see [`select_for_field`].
pub fn select(path: &str, view: &View<'_>) -> Result<Value, Failure> {
    find(path, view).map(Found::into_value).map_err(|miss| {
        if view.input.is_null() && matches!(Path::read(path), Ok(Path { root: Root::Input, .. })) {
            return Failure::runtime("Unable to apply Path transformation to null or empty input.");
        }
        Failure::runtime(format!("Invalid path '{path}' : {}", miss.reason))
    })
}

/// As [`select`], with the wording of payload templates, `ErrorPath` and `CausePath`.
///
/// # Errors
///
/// `States.Runtime`: `The JSONPath '$.a' specified for the field 'x.$' could not be found in the input '{}'`.
pub fn select_for_field(path: &str, view: &View<'_>, field: &str) -> Result<Value, Failure> {
    match find(path, view) {
        Ok(found) => Ok(found.into_value()),
        Err(_) => Err(Failure::runtime(format!(
            "The JSONPath '{path}' specified for the field '{field}' could not be found in the input '{}'",
            searched(path, view)
        ))),
    }
}

/// Whether a Path finds something, `null` included: `IsPresent`.
pub fn exists(path: &str, view: &View<'_>) -> bool {
    find(path, view).is_ok_and(|found| !found.is_absent())
}

/// Why a Path found nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Miss {
    /// The reason as the service's library words it.
    pub(crate) reason: String,
}

impl Miss {
    fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into() }
    }
}

/// Evaluates a Path.
pub(crate) fn find<'v>(text: &str, view: &View<'v>) -> Result<Found<'v>, Miss> {
    if let Some(found) = plain::find(text, view) {
        return Ok(Found::One(found));
    }
    let path = Path::read(text).map_err(Miss::new)?;
    let root = root(&path, view)?;
    walk::walk(&path, root)
}

fn root<'v>(path: &Path, view: &View<'v>) -> Result<&'v Value, Miss> {
    match &path.root {
        Root::Input => Ok(view.input),
        Root::Context => Ok(view.context),
        Root::Variable(name) => {
            let variable = view.variables.get(name);
            variable.ok_or_else(|| Miss::new(format!("Variable '{name}' is not defined")))
        }
    }
}

/// The document a Path was looked up in, as text.
fn searched(path: &str, view: &View<'_>) -> String {
    let document = match Path::read(path).map(|path| path.root) {
        Ok(Root::Context) => Cow::Borrowed(view.context),
        Ok(Root::Variable(_)) => Cow::Owned(Value::Object(
            view.variables.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
        )),
        Ok(Root::Input) | Err(_) => Cow::Borrowed(view.input),
    };
    text::json(&document)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{exists, select, select_for_field};
    use crate::data::{Random, Variables, View};

    fn with_view<T>(input: &Value, check: impl FnOnce(&View<'_>) -> T) -> T {
        let context = json!({ "State": { "Name": "S" } });
        let variables = Variables::from_iter([("order".to_owned(), json!({ "lines": [1, 2] }))]);
        check(&View::new(input, &context, &variables, &Random::new(0)))
    }

    #[track_caller]
    fn check_select(input: &Value, path: &str, expect: &Value) {
        let selected = with_view(input, |view| select(path, view));
        assert_eq!(selected.map_err(|failure| failure.cause).as_ref(), Ok(expect), "{path}");
    }

    #[track_caller]
    fn check_miss(input: &Value, path: &str, reason: &str) {
        let selected = with_view(input, |view| select(path, view)).map_err(|failure| failure.cause);
        assert_eq!(selected, Err(format!("Invalid path '{path}' : {reason}")));
    }

    #[test]
    fn a_definite_path_gives_one_value() {
        let input = json!({ "a": { "b c": [10, 11, { "d-e": null }] }, "é": 1 });
        check_select(&input, "$", &input);
        check_select(&input, "$.a['b c'][0]", &json!(10));
        check_select(&input, "$.a.[\"b c\"][-2]", &json!(11));
        check_select(&input, "$.a['b c'][2].d-e", &Value::Null);
        check_select(&input, "$.é", &json!(1));
        check_select(&input, "$['a']['b c'][2]['d-e']", &Value::Null);
    }

    #[test]
    fn backslashes_make_the_next_character_ordinary() {
        let input = json!({ "store.book": 1, "it's": 2, "Test\\\"\"Name\"": 3 });
        check_select(&input, r"$.store\.book", &json!(1));
        check_select(&input, r"$['it\'s']", &json!(2));
        check_select(&input, r#"$['Test\""Name"']"#, &json!(3));
    }

    #[test]
    fn other_roots_are_context_and_variables() {
        check_select(&Value::Null, "$$.State.Name", &json!("S"));
        check_select(&Value::Null, "$order.lines[1]", &json!(2));
        check_miss(&Value::Null, "$absent.x", "Variable 'absent' is not defined");
    }

    #[test]
    fn a_path_that_can_match_often_gives_an_array() {
        let input = json!({ "items": [{ "v": 1 }, { "v": 2, "w": 0 }, { "w": 3 }], "one": { "v": 9 } });
        check_select(&input, "$.items[*].v", &json!([1, 2]));
        check_select(&input, "$.items.*.w", &json!([0, 3]));
        check_select(&input, "$.items[1:].w", &json!([0, 3]));
        check_select(&input, "$.items[:-2]", &json!([{ "v": 1 }]));
        check_select(&input, "$.items[-1:]", &json!([{ "w": 3 }]));
        check_select(&input, "$.items[0,2]", &json!([{ "v": 1 }, { "w": 3 }]));
        check_select(&input, "$..v", &json!([1, 2, 9]));
        check_select(&input, "$.items[1]['v','w']", &json!({ "v": 2, "w": 0 }));
    }

    #[test]
    fn an_indefinite_path_without_match_is_an_empty_array() {
        for path in
            ["$[*]", "$.items[*]", "$.items[1:].itemValue", "$.item.items[:1]", "$..x", "$.items[?(@.a)]"]
        {
            check_select(&json!({}), path, &json!([]));
        }
    }

    #[test]
    fn a_miss_says_where() {
        check_miss(&json!({}), "$.NoSuch", "No results for path: $['NoSuch']");
        check_miss(&json!({}), "$.no.such.path", "Missing property in path $['no']");
        check_miss(&json!({ "a": { "b": 1 } }), "$.a.c", "No results for path: $['a']['c']");
        check_miss(
            &json!({ "other": 1 }),
            "$.other[0]",
            "Filter: [0] can only be applied to arrays. Current context is: 1",
        );
        check_miss(&json!({ "a": [1] }), "$.a.length()", "No results for path: $['a'].length()");
    }

    #[test]
    fn an_index_past_the_end_is_null_but_not_present() {
        let input = json!({ "items": [1, null] });
        check_select(&input, "$.items[5]", &Value::Null);
        for (path, expect) in
            [("$.items[5]", false), ("$.items[1]", true), ("$.items[5].x", false), ("$", true)]
        {
            assert_eq!(with_view(&input, |view| exists(path, view)), expect, "{path}");
        }
    }

    #[test]
    fn nothing_can_be_selected_from_null() {
        let failure = with_view(&Value::Null, |view| select("$.a", view)).map_err(|failure| failure.cause);
        assert_eq!(failure, Err("Unable to apply Path transformation to null or empty input.".to_owned()));
        check_select(&Value::Null, "$", &Value::Null);
    }

    #[test]
    fn fields_name_themselves_and_the_input() {
        let failure = with_view(&json!({ "int": 0 }), |view| select_for_field("$.no", view, "value.$"));
        let cause = "The JSONPath '$.no' specified for the field 'value.$' could not be found in the input '{\"int\":0}'";
        assert_eq!(
            failure.map_err(|failure| (failure.error, failure.cause)),
            Err(("States.Runtime".to_owned(), cause.to_owned()))
        );
    }

    #[test]
    fn broken_paths_are_failures() {
        for path in [
            "",
            "a",
            "$.",
            "$.a[",
            "$.a['b]",
            "$[?(]",
            "$.a b",
            "$[1:x]",
            "$[]",
            "$$$",
            "$.a..",
            "$[?(@.a ==)]",
        ] {
            assert!(with_view(&json!({}), |view| select(path, view)).is_err(), "{path}");
        }
    }

    #[test]
    fn values_that_match_in_too_many_ways_are_a_failure() {
        let deep = (0..60).fold(json!(1), |inner, _| json!({ "a": inner }));
        check_select(&deep, "$..a..a[5]", &json!([]));
        let failure = with_view(&deep, |view| select(&format!("${}", "..a".repeat(30)), view));
        let cause = failure.map_err(|failure| failure.cause).expect_err("there are too many");
        assert!(cause.contains(" : Too many results for path: $.."), "{cause}");
        let wide = json!({ "items": vec![1; 100_000] });
        assert_eq!(
            with_view(&wide, |view| select("$..*", view)).map(|all| all.as_array().map(Vec::len)),
            Ok(Some(100_001))
        );
    }

    #[test]
    fn long_paths_and_deep_values_do_not_exhaust_the_stack() {
        let deep = (0..100_000).fold(json!(1), |inner, _| Value::Array(vec![inner]));
        check_select(&deep, &format!("${}", "[0]".repeat(100_000)), &json!(1));
        check_select(&deep, "$..x", &json!([]));
        let open = "(".repeat(100_000);
        assert!(with_view(&json!([1]), |view| select(&format!("$[?{open}"), view)).is_err());
        std::mem::forget(deep); // Dropping it recursively is serde_json's affair.
    }
}
