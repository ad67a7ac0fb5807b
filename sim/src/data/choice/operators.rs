//! The operators of Data-test Expressions.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde_json::{Number, Value};
use stepwright_codegen::asl::Comparison;

use crate::data::choice::pattern;
use crate::data::failure::Failure;
use crate::data::path;
use crate::data::time;
use crate::data::view::View;

/// Whether a Data-test Expression holds.
pub(super) fn holds(variable: &str, comparison: &Comparison, view: &View<'_>) -> Result<bool, Failure> {
    use Comparison as C;
    if let C::IsPresent(expected) = comparison {
        return Ok(path::exists(variable, view) == *expected);
    }
    let value = &*look_up(variable, view)?;
    let at = |path: &String| look_up(path, view);
    Ok(match comparison {
        C::StringEquals(text) => strings(value, text).is_some_and(Ordering::is_eq),
        C::StringLessThan(text) => strings(value, text).is_some_and(Ordering::is_lt),
        C::StringGreaterThan(text) => strings(value, text).is_some_and(Ordering::is_gt),
        C::StringLessThanEquals(text) => strings(value, text).is_some_and(Ordering::is_le),
        C::StringGreaterThanEquals(text) => strings(value, text).is_some_and(Ordering::is_ge),
        C::StringEqualsPath(path) => string_values(value, &*at(path)?).is_some_and(Ordering::is_eq),
        C::StringLessThanPath(path) => string_values(value, &*at(path)?).is_some_and(Ordering::is_lt),
        C::StringGreaterThanPath(path) => string_values(value, &*at(path)?).is_some_and(Ordering::is_gt),
        C::StringLessThanEqualsPath(path) => string_values(value, &*at(path)?).is_some_and(Ordering::is_le),
        C::StringGreaterThanEqualsPath(path) => {
            string_values(value, &*at(path)?).is_some_and(Ordering::is_ge)
        }
        C::StringMatches(pattern) => match value {
            Value::String(text) => pattern::matches(pattern, text)?,
            _ => false,
        },
        C::NumericEquals(number) => numbers(value, number).is_some_and(Ordering::is_eq),
        C::NumericLessThan(number) => numbers(value, number).is_some_and(Ordering::is_lt),
        C::NumericGreaterThan(number) => numbers(value, number).is_some_and(Ordering::is_gt),
        C::NumericLessThanEquals(number) => numbers(value, number).is_some_and(Ordering::is_le),
        C::NumericGreaterThanEquals(number) => numbers(value, number).is_some_and(Ordering::is_ge),
        C::NumericEqualsPath(path) => number_values(value, &*at(path)?).is_some_and(Ordering::is_eq),
        C::NumericLessThanPath(path) => number_values(value, &*at(path)?).is_some_and(Ordering::is_lt),
        C::NumericGreaterThanPath(path) => number_values(value, &*at(path)?).is_some_and(Ordering::is_gt),
        C::NumericLessThanEqualsPath(path) => number_values(value, &*at(path)?).is_some_and(Ordering::is_le),
        C::NumericGreaterThanEqualsPath(path) => {
            number_values(value, &*at(path)?).is_some_and(Ordering::is_ge)
        }
        C::BooleanEquals(expected) => value.as_bool() == Some(*expected),
        C::BooleanEqualsPath(path) => value.is_boolean() && *value == *at(path)?,
        C::TimestampEquals(time) => times(value, time).is_some_and(Ordering::is_eq),
        C::TimestampLessThan(time) => times(value, time).is_some_and(Ordering::is_lt),
        C::TimestampGreaterThan(time) => times(value, time).is_some_and(Ordering::is_gt),
        C::TimestampLessThanEquals(time) => times(value, time).is_some_and(Ordering::is_le),
        C::TimestampGreaterThanEquals(time) => times(value, time).is_some_and(Ordering::is_ge),
        C::TimestampEqualsPath(path) => time_values(value, &*at(path)?).is_some_and(Ordering::is_eq),
        C::TimestampLessThanPath(path) => time_values(value, &*at(path)?).is_some_and(Ordering::is_lt),
        C::TimestampGreaterThanPath(path) => time_values(value, &*at(path)?).is_some_and(Ordering::is_gt),
        C::TimestampLessThanEqualsPath(path) => time_values(value, &*at(path)?).is_some_and(Ordering::is_le),
        C::TimestampGreaterThanEqualsPath(path) => {
            time_values(value, &*at(path)?).is_some_and(Ordering::is_ge)
        }
        C::IsNull(expected) => value.is_null() == *expected,
        C::IsPresent(expected) => *expected,
        C::IsNumeric(expected) => value.is_number() == *expected,
        C::IsString(expected) => value.is_string() == *expected,
        C::IsBoolean(expected) => value.is_boolean() == *expected,
        C::IsTimestamp(expected) => value.as_str().and_then(time::parse_strict).is_some() == *expected,
    })
}

fn look_up<'v>(path: &str, view: &View<'v>) -> Result<Cow<'v, Value>, Failure> {
    match path::find(path, view) {
        Ok(found) if !found.is_absent() => Ok(found.into_cow()),
        Ok(_) | Err(_) => Err(Failure::runtime(format!(
            "Invalid path '{path}': The choice state's condition path references an invalid value."
        ))),
    }
}

/// Strings are in the order of their UTF-16 units, as in Java.
fn strings(value: &Value, text: &str) -> Option<Ordering> {
    Some(value.as_str()?.encode_utf16().cmp(text.encode_utf16()))
}

fn string_values(left: &Value, right: &Value) -> Option<Ordering> {
    strings(left, right.as_str()?)
}

fn numbers(value: &Value, number: &Number) -> Option<Ordering> {
    value.as_f64()?.partial_cmp(&number.as_f64()?)
}

fn number_values(left: &Value, right: &Value) -> Option<Ordering> {
    left.as_f64()?.partial_cmp(&right.as_f64()?)
}

fn times(value: &Value, text: &str) -> Option<Ordering> {
    Some(time::parse_strict(value.as_str()?)?.cmp(&time::parse_strict(text)?))
}

fn time_values(left: &Value, right: &Value) -> Option<Ordering> {
    times(left, right.as_str()?)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use stepwright_codegen::asl::{Comparison, Comparison as C};

    use super::holds;
    use crate::data::{Random, Variables, View};

    fn run(value: &Value, comparison: &Comparison) -> bool {
        let input = json!({ "v": value, "one": 1, "b": "b", "yes": true, "t": "2012-10-09T19:00:55Z" });
        let (variables, random) = (Variables::new(), Random::new(0));
        holds("$.v", comparison, &View::new(&input, &Value::Null, &variables, &random))
            .expect("the paths exist")
    }

    /// Which of five values, in their order, relate so to the one in the middle.
    #[track_caller]
    fn check_order(values: [Value; 5], comparison: &Comparison, expect: [bool; 5]) {
        assert_eq!(values.map(|value| run(&value, comparison)), expect, "{comparison:?}");
    }

    const LESS: [bool; 5] = [true, false, false, false, false];
    const EQUAL: [bool; 5] = [false, true, false, false, false];
    const GREATER: [bool; 5] = [false, false, true, false, false];
    const AT_MOST: [bool; 5] = [true, true, false, false, false];
    const AT_LEAST: [bool; 5] = [false, true, true, false, false];

    #[test]
    fn strings_are_ordered() {
        let values = || [json!("B"), json!("b"), json!("b "), json!(null), json!(1)];
        let text = || "b".to_owned();
        let path = || "$.b".to_owned();
        check_order(values(), &C::StringLessThan(text()), LESS);
        check_order(values(), &C::StringEquals(text()), EQUAL);
        check_order(values(), &C::StringGreaterThan(text()), GREATER);
        check_order(values(), &C::StringLessThanEquals(text()), AT_MOST);
        check_order(values(), &C::StringGreaterThanEquals(text()), AT_LEAST);
        check_order(values(), &C::StringLessThanPath(path()), LESS);
        check_order(values(), &C::StringEqualsPath(path()), EQUAL);
        check_order(values(), &C::StringGreaterThanPath(path()), GREATER);
        check_order(values(), &C::StringLessThanEqualsPath(path()), AT_MOST);
        check_order(values(), &C::StringGreaterThanEqualsPath(path()), AT_LEAST);
    }

    #[test]
    fn numbers_are_ordered() {
        let values = || [json!(-1.5), json!(1.0), json!(2), json!("1"), json!([1])];
        let path = || "$.one".to_owned();
        check_order(values(), &C::NumericLessThan(1.into()), LESS);
        check_order(values(), &C::NumericEquals(1.into()), EQUAL);
        check_order(values(), &C::NumericGreaterThan(1.into()), GREATER);
        check_order(values(), &C::NumericLessThanEquals(1.into()), AT_MOST);
        check_order(values(), &C::NumericGreaterThanEquals(1.into()), AT_LEAST);
        check_order(values(), &C::NumericLessThanPath(path()), LESS);
        check_order(values(), &C::NumericEqualsPath(path()), EQUAL);
        check_order(values(), &C::NumericGreaterThanPath(path()), GREATER);
        check_order(values(), &C::NumericLessThanEqualsPath(path()), AT_MOST);
        check_order(values(), &C::NumericGreaterThanEqualsPath(path()), AT_LEAST);
    }

    #[test]
    fn times_are_ordered_as_instants() {
        let (less, same) = ("2012-10-09T19:00:54.9Z", "2012-10-09T20:00:55+01:00");
        let values =
            || [json!(less), json!(same), json!("2012-10-09T19:00:56Z"), json!("2012-10-09"), json!(0)];
        let text = || "2012-10-09T19:00:55Z".to_owned();
        let path = || "$.t".to_owned();
        check_order(values(), &C::TimestampLessThan(text()), LESS);
        check_order(values(), &C::TimestampEquals(text()), EQUAL);
        check_order(values(), &C::TimestampGreaterThan(text()), GREATER);
        check_order(values(), &C::TimestampLessThanEquals(text()), AT_MOST);
        check_order(values(), &C::TimestampGreaterThanEquals(text()), AT_LEAST);
        check_order(values(), &C::TimestampLessThanPath(path()), LESS);
        check_order(values(), &C::TimestampEqualsPath(path()), EQUAL);
        check_order(values(), &C::TimestampGreaterThanPath(path()), GREATER);
        check_order(values(), &C::TimestampLessThanEqualsPath(path()), AT_MOST);
        check_order(values(), &C::TimestampGreaterThanEqualsPath(path()), AT_LEAST);
    }

    #[test]
    fn booleans_are_equal_or_not() {
        let values = || [json!(true), json!(false), json!("true"), json!(1), json!(null)];
        let only_first = [true, false, false, false, false];
        check_order(values(), &C::BooleanEquals(true), only_first);
        check_order(values(), &C::BooleanEqualsPath("$.yes".to_owned()), only_first);
    }

    #[test]
    fn types_are_told() {
        let values = || [json!(null), json!(1.5), json!("x"), json!("2012-10-09T19:00:55Z"), json!(true)];
        check_order(values(), &C::IsNull(true), [true, false, false, false, false]);
        check_order(values(), &C::IsNumeric(true), [false, true, false, false, false]);
        check_order(values(), &C::IsString(true), [false, false, true, true, false]);
        check_order(values(), &C::IsTimestamp(true), [false, false, false, true, false]);
        check_order(values(), &C::IsBoolean(true), [false, false, false, false, true]);
        check_order(values(), &C::IsBoolean(false), [true, true, true, true, false]);
        check_order(values(), &C::IsPresent(true), [true; 5]);
        check_order(values(), &C::IsPresent(false), [false; 5]);
    }
}
