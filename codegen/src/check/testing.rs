//! How the rules are tested: a definition in, all findings out.

use crate::asl;
use crate::check::{Facts, advise, check};
use crate::diagnostic::Severity;

/// Checks a definition with all rules. Expected findings are written `error[SW0203] /States/Ship: message`.
#[track_caller]
pub(crate) fn check_findings(definition: &serde_json::Value, expected: &[&str]) {
    let document = asl::read(&definition.to_string()).expect("the definition can be read");
    let found: Vec<String> = check(document.machine())
        .into_iter()
        .map(|finding| {
            let severity = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            format!("{severity}[{}] {}: {}", finding.code, finding.pointer, finding.message)
        })
        .collect();
    assert_eq!(found, expected);
}

/// Asks for the advice on a definition that is right. Expected findings are written `SW0801 /States/Ship: message`.
#[track_caller]
pub(crate) fn advise_findings(definition: &serde_json::Value, expected: &[&str]) {
    let document = asl::read(&definition.to_string()).expect("the definition can be read");
    let found: Vec<String> = (advise(document.machine(), &Facts::default()).into_iter())
        .map(|finding| format!("{} {}: {}", finding.code, finding.pointer, finding.message))
        .collect();
    assert_eq!(found, expected);
    check_findings(definition, &[]);
}

/// Checks a machine with one state, called `A`.
#[track_caller]
pub(crate) fn check_state(state: &serde_json::Value, expected: &[&str]) {
    check_findings(&serde_json::json!({ "StartAt": "A", "States": { "A": state } }), expected);
}

/// Checks a task that gives parameters to a service, called as `sqs:sendMessage`.
#[track_caller]
pub(crate) fn check_parameters(action: &str, parameters: &serde_json::Value, expected: &[&str]) {
    let resource = format!("arn:aws:states:::{action}");
    let task =
        serde_json::json!({ "Type": "Task", "Resource": resource, "Parameters": parameters, "End": true });
    check_state(&task, expected);
}
