//! Comparisons in filters of Paths.

use std::cmp::Ordering;

use regex::RegexBuilder;
use serde_json::Value;
use stepwright_codegen::asl::path::Operator;

/// Compares two values; `None` is one that is not there. A pattern stands in place of the right side.
pub(super) fn compare(
    left: Option<&Value>,
    operator: Operator,
    right: Option<&Value>,
    pattern: Option<(&str, &str)>,
) -> bool {
    match operator {
        Operator::Equal => equal(left, right),
        Operator::NotEqual => !equal(left, right),
        Operator::SameType => same_type(left, right) && equal(left, right),
        Operator::OtherType => !(same_type(left, right) && equal(left, right)),
        Operator::Less => order(left, right) == Some(Ordering::Less),
        Operator::AtMost => order(left, right).is_some_and(Ordering::is_le),
        Operator::Greater => order(left, right) == Some(Ordering::Greater),
        Operator::AtLeast => order(left, right).is_some_and(Ordering::is_ge),
        Operator::Matches => pattern.is_some_and(|pattern| matches(left, pattern)),
        Operator::In => items(right).is_some_and(|list| has(list, left)),
        Operator::NotIn => !items(right).is_some_and(|list| has(list, left)),
        Operator::SubsetOf => {
            both(left, right).is_some_and(|(of, list)| of.iter().all(|item| has(list, Some(item))))
        }
        Operator::AnyOf => {
            both(left, right).is_some_and(|(of, list)| of.iter().any(|item| has(list, Some(item))))
        }
        Operator::NoneOf => {
            both(left, right).is_some_and(|(of, list)| !of.iter().any(|item| has(list, Some(item))))
        }
        Operator::AllOf => {
            both(left, right).is_some_and(|(of, list)| list.iter().all(|item| has(of, Some(item))))
        }
        Operator::Contains => contains(left, right),
        Operator::Size => length(left).is_some_and(|length| equal(Some(&Value::from(length)), right)),
        Operator::Empty => length(left).is_some_and(|length| right == Some(&Value::Bool(length == 0))),
    }
}

fn equal(left: Option<&Value>, right: Option<&Value>) -> bool {
    match (left, right) {
        (Some(left @ Value::Number(_)), Some(right @ (Value::Number(_) | Value::String(_))))
        | (Some(left @ Value::String(_)), Some(right @ Value::Number(_))) => {
            number(left).is_some() && number(left) == number(right)
        }
        (Some(left), Some(right)) => left == right,
        (None, None) => true,
        (None, Some(_)) | (Some(_), None) => false,
    }
}

/// A number, or a string that reads as one: the service's library takes either for the other.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn same_type(left: Option<&Value>, right: Option<&Value>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => std::mem::discriminant(left) == std::mem::discriminant(right),
        (left, right) => left.is_none() && right.is_none(),
    }
}

fn order(left: Option<&Value>, right: Option<&Value>) -> Option<Ordering> {
    match (left?, right?) {
        (Value::String(left), Value::String(right)) => Some(left.encode_utf16().cmp(right.encode_utf16())),
        (Value::Number(left), Value::Number(right)) => left.as_f64()?.partial_cmp(&right.as_f64()?),
        _ => None,
    }
}

fn matches(value: Option<&Value>, (pattern, flags): (&str, &str)) -> bool {
    let text = match value {
        Some(Value::String(text)) => text.clone(),
        Some(value @ (Value::Number(_) | Value::Bool(_))) => value.to_string(),
        _ => return false,
    };
    let regex = RegexBuilder::new(&format!(r"\A(?:{pattern})\z"))
        .case_insensitive(flags.contains('i'))
        .multi_line(flags.contains('m'))
        .dot_matches_new_line(flags.contains('s'))
        .build();
    regex.is_ok_and(|regex| regex.is_match(&text))
}

fn items(value: Option<&Value>) -> Option<&[Value]> {
    value.and_then(Value::as_array).map(Vec::as_slice)
}

fn both<'v>(left: Option<&'v Value>, right: Option<&'v Value>) -> Option<(&'v [Value], &'v [Value])> {
    Some((items(left)?, items(right)?))
}

fn has(list: &[Value], item: Option<&Value>) -> bool {
    item.is_some() && list.iter().any(|candidate| equal(Some(candidate), item))
}

fn contains(left: Option<&Value>, right: Option<&Value>) -> bool {
    match (left, right) {
        (Some(Value::String(text)), Some(Value::String(part))) => text.contains(part.as_str()),
        (Some(Value::Array(list)), item) => has(list, item),
        _ => false,
    }
}

fn length(value: Option<&Value>) -> Option<usize> {
    match value? {
        Value::String(text) => Some(text.encode_utf16().count()),
        Value::Array(items) => Some(items.len()),
        Value::Object(members) => Some(members.len()),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}
