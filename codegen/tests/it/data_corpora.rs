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
    let (mut failed, mut missed, mut alarms) = (0, Vec::new(), Vec::new());
    let cases = json_files(&folder);
    for (name, case) in &cases {
        let (status, error) = (case["outcome"]["status"].as_str(), case["outcome"]["error"].as_str());
        let found = errors(case);
        match status {
            Some("SUCCEEDED") if !found.is_empty() => alarms.push(format!("{name}: {found:?}")),
            Some("FAILED") if error.is_some_and(|error| DATA_ERRORS.contains(&error)) => {
                failed += 1;
                if found.is_empty() {
                    missed.push(format!("{name}: {}", case["outcome"]["cause"].as_str().unwrap_or_default()));
                }
            }
            _ => {}
        }
    }
    report(&format!(
        "of {failed} executions that failed over their data {} are found",
        failed - missed.len()
    ));
    assert_eq!((missed, alarms), (Vec::new(), Vec::new()));
}
