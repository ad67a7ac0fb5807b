//! What the service made of data: an execution that succeeded had no error for its input, and where it failed over its
//! data, the checker says so when it is given that input.
//!
//! The recordings stand in `shared/`, beside the workspace. Where that folder is missing the tests do nothing, except in CI.

use serde_json::Value;
use stepwright_codegen::asl;
use stepwright_codegen::check::{Facts, check_with};
use stepwright_codegen::diagnostic::Severity;

use crate::asl_corpora::{json_files, report, shared};

/// What the service calls a failure over data.
const DATA_ERRORS: [&str; 5] = [
    "States.Runtime",
    "States.QueryEvaluationError",
    "States.NoChoiceMatched",
    "States.ParameterPathFailure",
    "States.ResultPathMatchFailure",
];

/// Whether an execution failed over its data.
pub(crate) fn failed_over_data(case: &Value) -> bool {
    let error = case["outcome"]["error"].as_str();
    case["outcome"]["status"] == "FAILED" && error.is_some_and(|error| DATA_ERRORS.contains(&error))
}

/// What does not show in the definition and the input.
const UNSEEN: [(&str, &str); 4] = [
    ("activities-activity-task-on-deleted.json", "the activity was deleted"),
    (
        "apigetway-invoke-with-headers-singlestringheader.json",
        "the values of headers are lists, which the API does not say",
    ),
    ("base-scenarios-catch-states-runtime.json", "what a function answers"),
    ("wait-timestamp-too-far-in-future-boundary-24856.json", "when the execution was started"),
];

/// Mistakes in what an execution that succeeded did not come to.
const NOT_COME_TO: [&str; 1] =
    ["error-output-parallel-catch-error-parallel-catch-error-variable-sampling.json"];

fn errors(case: &Value) -> Vec<String> {
    let document = match asl::read(&case["definition"].to_string()) {
        Ok(document) => document,
        Err(findings) => return findings.into_iter().map(|finding| finding.message).collect(),
    };
    let facts = Facts::default().input(&case["input"]);
    let findings = check_with(document.machine(), &facts).into_iter();
    let errors = findings.filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| format!("{} {}: {}", finding.code, finding.pointer, finding.message)).collect()
}

#[test]
fn what_failed_over_its_data_is_found() {
    let Some(folder) = shared("aws-recordings/executions") else { return };
    let cases = json_files(&folder);
    let (failed, others): (Vec<_>, Vec<_>) = cases.iter().partition(|(_, case)| failed_over_data(case));
    let missed = failed.iter().filter(|(_, case)| errors(case).is_empty());
    let missed: Vec<&str> = missed.map(|(name, _)| name.as_str()).collect();
    let count = failed.len() - missed.len();
    report(&format!("of {} executions that failed over their data {count} are found", failed.len()));
    assert_eq!(missed, UNSEEN.map(|(name, _)| name));

    let succeeded = others.iter().filter(|(_, case)| case["outcome"]["status"] == "SUCCEEDED");
    let (mut count, mut alarms) = (0, Vec::new());
    for (name, case) in succeeded {
        count += 1;
        if !errors(case).is_empty() {
            alarms.push(name.as_str());
        }
    }
    report(&format!("of {count} executions that succeeded {} have errors for their input", alarms.len()));
    assert_eq!(alarms, NOT_COME_TO);
}
