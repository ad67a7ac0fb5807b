//! Where two JSON values differ.

use serde_json::{Number, Value};

use crate::timeline::cut;

/// How many differences are told.
const MAX_TOLD: usize = 20;

/// How many characters of a value are told.
const MAX_CHARS: usize = 200;

/// The differences of two values, a line for each place: `output.parcel.weight: expected 900, found 800`.
///
/// Numbers are compared by their value: 12 is 12.0.
#[derive(Debug)]
pub(super) struct Differences(Vec<String>);

impl Differences {
    /// Compares two values, which are called `root` in what is told.
    pub(super) fn between(root: &str, expected: &Value, found: &Value) -> Self {
        let mut differences = Self(Vec::new());
        differences.compare(root, Some(expected), Some(found));
        differences
    }

    /// Whether the values are the same.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The lines; of a great many, the first ones and how many there are besides.
    pub(super) fn lines(&self) -> impl Iterator<Item = String> {
        let more = self.0.len().saturating_sub(MAX_TOLD);
        let more = (more > 0).then(|| format!("… and {more} more"));
        self.0.iter().take(MAX_TOLD).cloned().chain(more)
    }

    fn compare(&mut self, place: &str, expected: Option<&Value>, found: Option<&Value>) {
        match (expected, found) {
            (Some(Value::Object(expected)), Some(Value::Object(found))) => {
                let unexpected = found.keys().filter(|name| !expected.contains_key(*name));
                for name in expected.keys().chain(unexpected) {
                    self.compare(&member(place, name), expected.get(name), found.get(name));
                }
            }
            (Some(Value::Array(expected)), Some(Value::Array(found))) => {
                for index in 0..expected.len().max(found.len()) {
                    self.compare(&format!("{place}[{index}]"), expected.get(index), found.get(index));
                }
            }
            (Some(Value::Number(expected)), Some(Value::Number(found))) if is_same(expected, found) => {}
            (expected, found) if expected == found => {}
            (expected, found) => {
                self.0.push(format!("{place}: expected {}, found {}", told(expected), told(found)));
            }
        }
    }
}

/// The place of a member: `order.id`, or `order["an odd name"]`.
fn member(place: &str, name: &str) -> String {
    let is_plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_-$".contains(c));
    if is_plain { format!("{place}.{name}") } else { format!("{place}[{name:?}]") }
}

fn is_same(expected: &Number, found: &Number) -> bool {
    let is_float = expected.is_f64() || found.is_f64();
    expected == found || is_float && expected.as_f64() == found.as_f64()
}

fn told(value: Option<&Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), |value| cut(&value.to_string(), MAX_CHARS))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Differences;

    #[track_caller]
    fn check(expected: &Value, found: &Value, lines: &[&str]) {
        let differences = Differences::between("output", expected, found);
        assert_eq!(differences.lines().collect::<Vec<_>>(), lines);
        assert_eq!(differences.is_empty(), lines.is_empty());
    }

    #[test]
    fn each_place_is_told() {
        let expected = json!({ "id": "A7", "lines": [{ "sku": "pear" }, 2], "gone": null });
        let found = json!({ "lines": [{ "sku": "apple" }], "id": "A7", "odd name": true });
        check(
            &expected,
            &found,
            &[
                r#"output.lines[0].sku: expected "pear", found "apple""#,
                "output.lines[1]: expected 2, found nothing",
                "output.gone: expected null, found nothing",
                r#"output["odd name"]: expected nothing, found true"#,
            ],
        );
        check(&json!({ "a": 1 }), &json!([1]), &[r#"output: expected {"a":1}, found [1]"#]);
    }

    #[test]
    fn numbers_are_compared_by_value() {
        check(&json!(12), &json!(12.0), &[]);
        check(&json!(12), &json!(12.5), &["output: expected 12, found 12.5"]);
        let (large, larger) = (u64::MAX - 1, u64::MAX);
        let differs = format!("output: expected {large}, found {larger}");
        check(&json!(large), &json!(larger), &[&differs]);
    }

    #[test]
    fn what_is_too_much_is_counted() {
        let differences = Differences::between("output", &vec![0; 23].into(), &vec![1; 23].into());
        let lines: Vec<_> = differences.lines().collect();
        assert_eq!(lines.len(), 21);
        assert_eq!(lines[19..], ["output[19]: expected 0, found 1", "… and 3 more"]);
    }
}
