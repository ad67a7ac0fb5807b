//! `SW0603`, too: `x` and `x.$` give the same member of a Payload Template. Spec: "Payload Template".

use serde_json::{Map, Value};

use crate::asl::{QueryLanguage, StateKind};
use crate::check::Report;
use crate::check::index::{Index, StateEntry};
use crate::check::variables::assigns;
use crate::diagnostic::{Code, Finding, push_token};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in index.states.iter().filter(|entry| entry.language == QueryLanguage::JsonPath) {
        for (field, template) in templates(entry) {
            report_twins(entry, &mut entry.at(field), template, report);
        }
        for assign in assigns(entry.state) {
            report_members(entry, &mut entry.at(&assign.pointer), assign.members, report);
        }
    }
}

/// The Payload Templates of a state.
fn templates<'m>(entry: &StateEntry<'m>) -> Vec<(&'static str, &'m Value)> {
    let (given, selector) = match &entry.state.kind {
        StateKind::Task(task) => (task.parameters.as_ref(), task.result_selector.as_ref()),
        StateKind::Parallel(parallel) => (parallel.parameters.as_ref(), parallel.result_selector.as_ref()),
        StateKind::Map(map) => (map.parameters.as_ref(), map.result_selector.as_ref()),
        StateKind::Pass(pass) => (pass.parameters.as_ref(), None),
        StateKind::Choice(_) | StateKind::Wait(_) | StateKind::Succeed(_) | StateKind::Fail(_) => {
            (None, None)
        }
    };
    let selected = match &entry.state.kind {
        StateKind::Map(map) => map.item_selector.as_ref(),
        _ => None,
    };
    let fields = [("/Parameters", given), ("/ItemSelector", selected), ("/ResultSelector", selector)];
    fields.into_iter().filter_map(|(field, template)| Some((field, template?))).collect()
}

// Recursion is as deep as JSON is nested, which for definitions that were read is below 128.
fn report_twins(entry: &StateEntry<'_>, pointer: &mut String, template: &Value, report: &mut Report) {
    match template {
        Value::Object(members) => report_members(entry, pointer, members, report),
        Value::Array(elements) => {
            for (at, element) in elements.iter().enumerate() {
                let length = pointer.len();
                push_token(pointer, &at.to_string());
                report_twins(entry, pointer, element, report);
                pointer.truncate(length);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn report_members(
    entry: &StateEntry<'_>,
    pointer: &mut String,
    members: &Map<String, Value>,
    report: &mut Report,
) {
    for (name, value) in members {
        let length = pointer.len();
        push_token(pointer, name);
        if let Some(plain) = name.strip_suffix(".$").filter(|plain| members.contains_key(*plain)) {
            let message = format!("`{plain}` and `{name}` both give `{plain}`");
            report.add(entry.number, Finding::error(Code::DuplicateKey, pointer.as_str(), message).on_key());
        }
        report_twins(entry, pointer, value, report);
        pointer.truncate(length);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_state;

    #[test]
    fn a_member_is_given_once() {
        let twins = json!([{ "id": 17, "id.$": "$.id", "total.$": "$.total" }]);
        check_state(
            &json!({ "Type": "Pass", "Parameters": { "orders": twins }, "Assign": { "n": 1, "n.$": "$" }, "End": true }),
            &[
                "error[SW0603] /States/A/Parameters/orders/0/id.$: `id` and `id.$` both give `id`",
                "error[SW0603] /States/A/Assign/n.$: `n` and `n.$` both give `n`",
            ],
        );
        check_state(
            &json!({ "Type": "Pass", "QueryLanguage": "JSONata", "Output": { "n": 1, "n.$": "$" }, "End": true }),
            &[],
        );
    }
}
