//! `SW0260`, `SW0261`: the `Label` of a Distributed Map is part of an ARN. Developer guide: "Distributed mode".

use indexmap::IndexMap;

use crate::asl::StateKind;
use crate::check::Report;
use crate::check::index::{Index, is_substituted};
use crate::diagnostic::{Code, Finding};

/// The most characters that a label has.
const LONGEST: usize = 40;

/// What a label must not contain, beside white space and control characters.
const FORBIDDEN: &str = "?*<>{}[]:;,\\|^~$#%&`\"";

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    let mut labels: IndexMap<&str, String> = IndexMap::new();
    for entry in &index.states {
        let StateKind::Map(map) = &entry.state.kind else { continue };
        let Some(label) = map.label.as_deref().filter(|label| !is_substituted(label)) else { continue };
        let pointer = entry.at("/Label");
        if let Some(problem) = problem(label) {
            let finding = Finding::error(Code::BadMapLabel, &pointer, format!("label `{label}` {problem}"))
                .help("a label is part of the ARN of the Map Run: use a few letters, digits, `-` and `_`");
            report.add(entry.number, finding);
        }
        if let Some(first) = labels.get(label) {
            let message = format!("label `{label}` is used twice");
            let finding = Finding::error(Code::DuplicateMapLabel, &pointer, message)
                .label(first, "first used here")
                .help("give one of the Maps another label; labels are unique in the whole machine");
            report.add(entry.number, finding);
        } else {
            labels.insert(label, pointer);
        }
    }
}

fn problem(label: &str) -> Option<String> {
    let is_bad = |c: &char| c.is_whitespace() || c.is_control() || FORBIDDEN.contains(*c);
    match label.chars().count() {
        0 => Some("is empty".to_owned()),
        length if length > LONGEST => Some(format!("has {length} characters, and {LONGEST} are the most")),
        _ => label.chars().find(is_bad).map(|c| format!("contains {c:?}, which no label may")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::{check_findings, check_state};

    fn map(label: &str, then: &Value) -> Value {
        let mut map = json!({
            "Type": "Map",
            "Label": label,
            "ItemProcessor": {
                "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
                "StartAt": format!("In{label}"),
                "States": { format!("In{label}"): { "Type": "Succeed" } },
            },
        });
        let members = map.as_object_mut().expect("it is an object");
        members.extend(then.as_object().expect("it is an object").clone());
        map
    }

    #[track_caller]
    fn check_label(label: &str, expected: &[&str]) {
        check_state(&map(label, &json!({ "End": true })), expected);
    }

    #[test]
    fn a_label_has_1_to_40_characters() {
        check_label(&"x".repeat(40), &[]);
        check_label("", &["error[SW0260] /States/A/Label: label `` is empty"]);
        let long = "x".repeat(41);
        let message =
            format!("error[SW0260] /States/A/Label: label `{long}` has 41 characters, and 40 are the most");
        check_label(&long, &[&message]);
    }

    #[test]
    fn a_label_has_no_characters_that_an_arn_cannot_have() {
        check_label("import-2_b.c", &[]);
        check_label("a b", &["error[SW0260] /States/A/Label: label `a b` contains ' ', which no label may"]);
        check_label("a:b", &["error[SW0260] /States/A/Label: label `a:b` contains ':', which no label may"]);
        check_label("${Label}", &[]);
    }

    #[test]
    fn labels_are_unique() {
        let inner = |name: &str, next: &Value| {
            let mut map = map("x", next);
            map["ItemProcessor"]["StartAt"] = name.into();
            map["ItemProcessor"]["States"] = json!({ name: { "Type": "Succeed" } });
            map
        };
        let states =
            json!({ "A": inner("InA", &json!({ "Next": "B" })), "B": inner("InB", &json!({ "End": true })) });
        check_findings(
            &json!({ "StartAt": "A", "States": states }),
            &["error[SW0261] /States/B/Label: label `x` is used twice"],
        );
    }
}
