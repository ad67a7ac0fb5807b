//! Makes a definition smaller that shows a failure.

use serde_json::{Value, json};

use crate::case::Case;
use crate::mutate;
use crate::trial::caught;

/// How often the case is tried.
const TRIALS: usize = 1_000;

/// What failures have in common that are one: the beginning of the message.
pub(crate) fn kind(message: &str) -> String {
    message.chars().take_while(|character| !matches!(character, '`' | '{' | '\n')).take(100).collect()
}

/// Makes the definition of a case smaller that failed with this message.
#[must_use]
pub fn shrink(case: &Case, message: &str) -> Case {
    let wanted = kind(message);
    shrink_while(case, |tried| caught(tried).is_err_and(|message| kind(&message) == wanted))
}

/// Takes away what the failure does not need: members and elements, the large ones first.
fn shrink_while(case: &Case, fails: impl Fn(&Case) -> bool) -> Case {
    let Ok(mut definition) = serde_json::from_str::<Value>(&case.text) else { return case.clone() };
    let (mut smallest, mut trials) = (case.clone(), 0);
    loop {
        let mut found = None;
        for smaller in mutate::places(&definition).iter().flat_map(|place| simpler(&definition, place)) {
            trials += 1;
            let tried = case.with_text(smaller.to_string());
            if trials <= TRIALS && fails(&tried) {
                found = Some((tried, smaller));
                break;
            }
        }
        let Some(found) = found else { return smallest };
        (smallest, definition) = found;
    }
}

/// Takes away what the failure of a text does not need: long parts first, then characters.
pub(crate) fn shorten(text: &str, fails: impl Fn(&str) -> bool) -> String {
    let (mut shortest, mut trials) = (text.chars().collect::<Vec<char>>(), 0);
    let mut length = shortest.len() / 2;
    while length > 0 && trials < TRIALS {
        let mut at = 0;
        while at < shortest.len() && trials < TRIALS {
            let end = (at + length).min(shortest.len());
            let tried: Vec<char> = shortest[..at].iter().chain(&shortest[end..]).copied().collect();
            trials += 1;
            if fails(&tried.iter().collect::<String>()) {
                shortest = tried;
            } else {
                at = end;
            }
        }
        length /= 2;
    }
    shortest.into_iter().collect()
}

/// The definition without a value, and with a simpler one in its place.
fn simpler(definition: &Value, place: &str) -> Vec<Value> {
    let mut without = definition.clone();
    let removed = mutate::remove(&mut without, place);
    let mut simple = Vec::new();
    if let Some(state) = removed.as_ref().filter(|removed| removed.get("Type").is_some()) {
        for other in [json!({ "Type": "Succeed" }), json!({ "Type": "Pass", "End": true })] {
            let mut replaced = definition.clone();
            if let Some(old) = replaced.pointer_mut(place).filter(|_| other["Type"] != state["Type"]) {
                *old = other;
                simple.push(replaced);
            }
        }
    }
    if removed.is_some() {
        simple.insert(0, without);
    }
    simple
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;

    #[test]
    fn what_the_failure_needs_is_left() {
        let text = json!({
            "StartAt": "A",
            "States": {
                "A": { "Type": "Map", "Items": [1, 2, "bad"], "Next": "B" },
                "B": { "Type": "Task", "Resource": "arn:", "Next": "A" },
            },
        });
        let case = Case::of(0, &Corpus::default()).with_text(text.to_string());
        let smallest = shrink_while(&case, |case| case.text.contains("bad") && case.text.contains("\"B\""));
        assert_eq!(smallest.text, r#"{"States":{"A":{"Items":["bad"],"Next":"B"}}}"#);
    }

    #[test]
    fn what_a_text_does_not_need_is_cut() {
        let text = format!("{}é{}b{}", "x".repeat(50), "y".repeat(31), "z".repeat(7));
        assert_eq!(shorten(&text, |text| text.contains('é') && text.contains('b')), "éb");
    }

    #[test]
    fn failures_at_one_place_are_of_one_kind() {
        assert_eq!(kind("panic at a.rs:1:2: no `x`"), kind("panic at a.rs:1:2: no `y`"));
        assert_ne!(kind("panic at a.rs:1:2: no `x`"), kind("panic at a.rs:7:2: no `x`"));
    }
}
