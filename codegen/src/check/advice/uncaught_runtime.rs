//! `SW0811`: a Catcher or Retrier for `States.ALL` stands where `States.Runtime` may come, which it does not match.
//!
//! Only where the data shows it: a Path that finds nothing on one of the ways to a state in JSONPath, which `SW0702` reports. In
//! JSONata the same is `States.QueryEvaluationError`, which can be caught. Developer guide: "Handling errors".

use crate::asl::QueryLanguage;
use crate::check::Report;
use crate::check::data_flow::{self, Facts};
use crate::check::index::{Index, StateEntry};
use crate::diagnostic::{Code, Finding};

const ALL: &str = "States.ALL";

pub(crate) fn check(index: &Index<'_>, facts: &Facts, report: &mut Report) {
    let mut of_data = Report::default();
    data_flow::check(index, facts, &mut of_data);
    let mut told: Vec<String> = Vec::new();
    for (number, fault) in of_data.findings {
        let Some(entry) = number.map(|number| &index.states[number]) else { continue };
        let is_runtime = fault.code == Code::MayBeMissing && entry.language == QueryLanguage::JsonPath;
        let Some((handler, pointer)) = is_runtime.then(|| handler(index, entry)).flatten() else { continue };
        if told.contains(&pointer) {
            continue;
        }
        let message =
            format!("`{ALL}` does not match `States.Runtime`, with which `{}` may fail", entry.name);
        let finding = Finding::warning(Code::UncaughtRuntime, &pointer, message)
            .label(&fault.pointer, fault.message)
            .help("ask with `IsPresent` in a Choice before it, or give a default value on that way");
        report.add(handler, finding);
        told.push(pointer);
    }
}

/// The handler for all errors of a state, or of the next one around it that has one.
fn handler(index: &Index<'_>, entry: &StateEntry<'_>) -> Option<(usize, String)> {
    let mut next = Some(entry);
    while let Some(entry) = next {
        // A Catcher is where the error is expected in the end.
        for handlers in entry.handlers().into_iter().rev() {
            let all = handlers.error_equals().position(|errors| errors.iter().any(|error| error == ALL));
            if let Some(position) = all {
                return Some((entry.number, entry.at(format_args!("/{}/{position}", handlers.field()))));
            }
        }
        next = index.scopes[entry.scope].owner.map(|owner| &index.states[owner]);
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::asl;
    use crate::check::{Facts, advise};

    #[track_caller]
    fn check_advice(caught: &Value, expected: &[&str]) {
        let function = "arn:aws:lambda:eu-west-1:123456789012:function:f";
        let retry = json!([{ "ErrorEquals": ["States.TaskFailed"] }]);
        let definition = json!({ "StartAt": "A", "TimeoutSeconds": 60, "States": {
            "A": {
                "Type": "Task", "Resource": function, "ResultPath": "$.a", "Retry": retry,
                "Catch": [{ "ErrorEquals": ["Busy"], "Next": "B" }], "Next": "B",
            },
            "B": {
                "Type": "Task", "Resource": function, "Parameters": { "id.$": "$.a.id" }, "Retry": retry,
                "Catch": caught, "End": true,
            },
            "C": { "Type": "Succeed" },
        } });
        let document = asl::read(&definition.to_string()).expect("the definition can be read");
        let found: Vec<String> = (advise(document.machine(), &Facts::default()).into_iter())
            .map(|finding| format!("{} {}: {}", finding.code, finding.pointer, finding.message))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_catcher_for_all_errors_that_does_not_see_this_one_is_noticed() {
        check_advice(
            &json!([{ "ErrorEquals": ["Late"], "Next": "C" }, { "ErrorEquals": ["States.ALL"], "Next": "C" }]),
            &[
                "SW0811 /States/B/Catch/1: `States.ALL` does not match `States.Runtime`, with which `B` may fail",
            ],
        );
    }

    #[test]
    fn one_for_other_errors_expects_none_of_the_kind() {
        check_advice(&json!([{ "ErrorEquals": ["States.TaskFailed"], "Next": "C" }]), &[]);
    }
}
