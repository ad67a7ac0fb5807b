//! `SW0603`, too: `x` and `x.$` give the same member of a Payload Template. Spec: "Payload Template".

use serde_json::{Map, Value};

use crate::asl::{QueryLanguage, StateKind};
use crate::check::Report;
use crate::check::data_flow::At;
use crate::check::index::{Index, StateEntry};
use crate::check::variables::assigns;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in index.states.iter().filter(|entry| entry.language == QueryLanguage::JsonPath) {
        for (field, template) in templates(entry) {
            report_twins(entry, &At::field(field), template, report);
        }
        for assign in assigns(entry.state) {
            assign.place.visit(|at| report_members(entry, at, assign.members, report));
        }
    }
}

/// The Payload Templates of a state.
fn templates<'m>(entry: &StateEntry<'m>) -> impl Iterator<Item = (&'static str, &'m Value)> {
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
    let fields = [("Parameters", given), ("ItemSelector", selected), ("ResultSelector", selector)];
    fields.into_iter().filter_map(|(field, template)| Some((field, template?)))
}

// Recursion is as deep as JSON is nested, which for definitions that were read is below 128.
fn report_twins(entry: &StateEntry<'_>, at: &At<'_>, template: &Value, report: &mut Report) {
    match template {
        Value::Object(members) => report_members(entry, at, members, report),
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                report_twins(entry, &at.element(index), element, report);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn report_members(entry: &StateEntry<'_>, at: &At<'_>, members: &Map<String, Value>, report: &mut Report) {
    for (name, value) in members {
        let at = at.member(name);
        if let Some(plain) = name.strip_suffix(".$").filter(|plain| members.contains_key(*plain)) {
            let message = format!("`{plain}` and `{name}` both give `{plain}`");
            let pointer = entry.at(at.pointer());
            report.add(entry.number, Finding::error(Code::DuplicateKey, pointer, message).on_key());
        }
        report_twins(entry, &at, value, report);
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
