//! `SW0501`: a state has no fields and expressions of the other query language.
//!
//! Spec: "Query Languages". States in a Map or Parallel state follow the machine's language, not that state's.

use crate::asl::{Cause, Demand, Demands, QueryLanguage, Shape};
use crate::check::Report;
use crate::check::index::{Index, StateEntry};
use crate::check::misplaced_field::misplaced_fields;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        let mut demands = Demands::new(entry.language, &entry.pointer);
        entry.state.demands(&mut demands);
        let mut demands = demands.into_found();
        if demands.is_empty() {
            continue;
        }
        // What the type does not take in any language is reported as that.
        for field in misplaced_fields(entry.state) {
            demands.retain(|demand| demand.pointer != entry.at(format_args!("/{field}")));
        }
        for demand in demands {
            report.add(entry.number, finding(entry, &demand, index));
        }
    }
}

fn finding(entry: &StateEntry<'_>, demand: &Demand, index: &Index<'_>) -> Finding {
    let field = demand.pointer.rsplit('/').next().unwrap_or_default();
    let (needed, actual) = (demand.language, entry.language);
    let message = match demand.cause {
        Cause::Field => format!("`{field}` needs {needed}; this state is {actual}"),
        Cause::Expression => format!("the expression in `{field}` needs {needed}; this state is {actual}"),
    };
    let finding = Finding::error(Code::WrongLanguage, &demand.pointer, message);
    let finding = match demand.cause {
        Cause::Field => finding.on_key(),
        Cause::Expression => finding,
    };
    let help = match (needed, counterpart(field)) {
        (_, Some(counterpart)) => Some(format!("use `{counterpart}` in {actual}")),
        (QueryLanguage::Jsonata, None) => Some(
            "add `\"QueryLanguage\": \"JSONata\"` to the state, and write all of it in JSONata".to_owned(),
        ),
        (QueryLanguage::JsonPath, None) => None,
    };
    let from_machine = entry.state.query_language.is_none() && index.machine.query_language.is_some();
    let finding = finding.maybe_help(help);
    if from_machine { finding.label("/QueryLanguage", "the machine's query language") } else { finding }
}

/// What says in the other language what a field says in one, where it is one field for another.
fn counterpart(field: &str) -> Option<&'static str> {
    let counterpart = match field {
        "Arguments" => "Parameters",
        "Parameters" => "Arguments",
        "Items" => "ItemsPath",
        "ItemsPath" => "Items",
        "Result" | "OutputPath" | "ResultSelector" | "ResultPath" => "Output",
        "SecondsPath" => "Seconds",
        "TimestampPath" => "Timestamp",
        "TimeoutSecondsPath" => "TimeoutSeconds",
        "HeartbeatSecondsPath" => "HeartbeatSeconds",
        "MaxConcurrencyPath" => "MaxConcurrency",
        "ErrorPath" => "Error",
        "CausePath" => "Cause",
        "Variable" | "And" | "Or" | "Not" => "Condition",
        "Condition" => "Variable",
        _ => return None,
    };
    Some(counterpart)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::{check_findings, check_state};

    #[test]
    fn fields_and_expressions_of_the_other_language_are_reported() {
        let catch = json!([{ "ErrorEquals": ["X"], "Output": 1, "Next": "A" }]);
        check_state(
            &json!({
                "Type": "Task", "Resource": "arn:x", "TimeoutSeconds": "{% 5 %}", "Arguments": {}, "Catch": catch,
                "End": true
            }),
            &[
                "error[SW0501] /States/A/Arguments: `Arguments` needs JSONata; this state is JSONPath",
                "error[SW0501] /States/A/TimeoutSeconds: the expression in `TimeoutSeconds` needs JSONata; \
                 this state is JSONPath",
                "error[SW0501] /States/A/Catch/0/Output: `Output` needs JSONata; this state is JSONPath",
            ],
        );
    }

    #[test]
    fn nested_states_follow_the_machine_not_the_map() {
        let processor = |state: serde_json::Value| json!({ "StartAt": "B", "States": { "B": state } });
        let map = |state| {
            json!({ "Type": "Map", "QueryLanguage": "JSONata", "Items": [1], "ItemProcessor": processor(state),
                    "End": true })
        };
        check_state(&map(json!({ "Type": "Pass", "Parameters": {}, "End": true })), &[]);
        check_state(
            &map(json!({ "Type": "Pass", "Output": {}, "End": true })),
            &[
                "error[SW0501] /States/A/ItemProcessor/States/B/Output: `Output` needs JSONata; this state is JSONPath",
            ],
        );
    }

    #[test]
    fn rules_of_a_choice_belong_to_one_language() {
        check_findings(
            &json!({ "QueryLanguage": "JSONata", "StartAt": "A", "States": {
                "A": { "Type": "Choice", "Choices": [
                    { "Variable": "$.x", "IsNull": true, "Next": "B" },
                    { "Condition": true, "Output": 1, "Next": "B" },
                ] },
                "B": { "Type": "Succeed" },
            } }),
            &["error[SW0501] /States/A/Choices/0/Variable: `Variable` needs JSONPath; this state is JSONata"],
        );
    }
}
