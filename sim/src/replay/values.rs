//! Compares values of a history with simulated ones.

use serde_json::Value;

/// Where two values differ first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// A path such as `$.order.total`.
    pub(super) path: String,
    /// What each side has there, as JSON.
    pub(super) recorded: String,
    pub(super) simulated: String,
}

/// Whether two values are equal; numbers are compared by value.
pub(super) fn is_same(recorded: &Value, simulated: &Value) -> bool {
    difference(recorded, simulated, None).is_none()
}

/// The first difference of two values.
///
/// `other` is what a second simulation came to, with other names, times and random numbers. Where the simulations do not
/// agree with each other, the value cannot be the recorded one, and is not compared.
pub(super) fn difference(recorded: &Value, simulated: &Value, other: Option<&Value>) -> Option<Difference> {
    walk("$", recorded, simulated, other)
}

fn walk(path: &str, recorded: &Value, simulated: &Value, other: Option<&Value>) -> Option<Difference> {
    match (recorded, simulated, other) {
        (Value::Object(of_record), Value::Object(members), None | Some(Value::Object(_))) => {
            let names = of_record.keys().chain(members.keys().filter(|name| !of_record.contains_key(*name)));
            names.into_iter().find_map(|name| {
                let path = member(path, name);
                let other = other.map(|other| other.get(name));
                match (of_record.get(name), members.get(name), other) {
                    (_, simulated, Some(other)) if simulated.is_some() != other.is_some() => None,
                    (Some(recorded), Some(simulated), other) => {
                        walk(&path, recorded, simulated, other.flatten())
                    }
                    (recorded, simulated, _) => Some(differ(path, recorded, simulated)),
                }
            })
        }
        (Value::Array(of_record), Value::Array(items), None | Some(Value::Array(_))) => {
            let length = of_record.len().max(items.len());
            let is_volatile = other.and_then(Value::as_array).is_some_and(|other| other.len() != items.len());
            if is_volatile {
                return None;
            }
            (0..length).find_map(|index| {
                let path = format!("{path}[{index}]");
                match (of_record.get(index), items.get(index)) {
                    (Some(recorded), Some(simulated)) => {
                        walk(&path, recorded, simulated, other.and_then(|other| other.get(index)))
                    }
                    (recorded, simulated) => Some(differ(path, recorded, simulated)),
                }
            })
        }
        (recorded, simulated, other) => {
            let is_volatile = other.is_some_and(|other| !is_equal(other, simulated));
            (!is_volatile && !is_equal(recorded, simulated))
                .then(|| differ(path.to_owned(), Some(recorded), Some(simulated)))
        }
    }
}

/// Whether two values are equal as far as that can be told; the right one comes from the definition.
fn is_equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left == right || left.as_f64() == right.as_f64(),
        (Value::String(left), Value::String(right)) => {
            left == right
                || without_event_ids(left) == without_event_ids(right)
                || is_substituted(left, right)
        }
        (left, right) => left == right,
    }
}

/// The text without the ids in `(entered at the event id #7)`, which depend on what went on beside it.
pub(super) fn without_event_ids(text: &str) -> String {
    const BEFORE: &str = "event id #";
    let mut parts = text.split(BEFORE);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + BEFORE + part.trim_start_matches(|c: char| c.is_ascii_digit()))
}

/// Whether a text comes of another one in which `${Name}` stands for what is put in when the definition is deployed.
fn is_substituted(text: &str, template: &str) -> bool {
    let Some((before, rest)) = template.split_once("${") else { return text == template };
    let Some((_, after)) = rest.split_once('}') else { return text == template };
    let Some(text) = text.strip_prefix(before) else { return false };
    let mut ends = text.char_indices().map(|(index, _)| index).chain([text.len()]);
    ends.any(|end| is_substituted(&text[end..], after))
}

fn member(path: &str, name: &str) -> String {
    let is_plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    if is_plain { format!("{path}.{name}") } else { format!("{path}[{}]", Value::from(name)) }
}

fn differ(path: String, recorded: Option<&Value>, simulated: Option<&Value>) -> Difference {
    let show = |value: Option<&Value>| value.map_or_else(|| "nothing".to_owned(), Value::to_string);
    Difference { path, recorded: show(recorded), simulated: show(simulated) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(recorded: &Value, simulated: &Value, other: Option<&Value>, path: Option<&str>) {
        let difference = difference(recorded, simulated, other);
        assert_eq!(difference.map(|difference| difference.path).as_deref(), path);
    }

    #[test]
    fn the_first_difference_is_told_with_its_path() {
        check(&json!({ "a": [1, { "b-c": 2 }] }), &json!({ "a": [1.0, { "b-c": 2 }] }), None, None);
        check(
            &json!({ "a": [1, { "b-c": 2 }] }),
            &json!({ "a": [1, { "b-c": 3 }] }),
            None,
            Some("$.a[1][\"b-c\"]"),
        );
        check(&json!({ "a": 1 }), &json!({}), None, Some("$.a"));
        check(&json!({}), &json!({ "a": 1 }), None, Some("$.a"));
        check(&json!([1]), &json!([1, 2]), None, Some("$[1]"));
        check(&json!([1]), &json!({}), None, Some("$"));
    }

    #[test]
    fn what_two_simulations_disagree_on_is_not_compared() {
        check(
            &json!({ "at": "x", "n": 1 }),
            &json!({ "at": "y", "n": 1 }),
            Some(&json!({ "at": "z", "n": 1 })),
            None,
        );
        check(&json!({ "n": 2 }), &json!({ "n": 1 }), Some(&json!({ "n": 1 })), Some("$.n"));
        check(&json!([1]), &json!([1, 2]), Some(&json!([1, 2, 3])), None);
    }

    #[test]
    fn substitutions_stand_for_any_text() {
        check(&json!("arn:aws:lambda:f:1"), &json!("${Charge}:1"), None, None);
        check(&json!("arn:aws:lambda:f:2"), &json!("${Charge}:1"), None, Some("$"));
        check(&json!("a-b-c"), &json!("a-${B}-${C}"), None, None);
        check(&json!("x-b-c"), &json!("a-${B}-${C}"), None, Some("$"));
    }

    #[test]
    fn event_ids_in_causes_do_not_count() {
        check(&json!("at the event id #7) no"), &json!("at the event id #12) no"), None, None);
        check(&json!("at the event id #7) no"), &json!("at the event id #7) yes"), None, Some("$"));
    }
}
