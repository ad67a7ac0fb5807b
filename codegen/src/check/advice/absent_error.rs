//! `SW0815`: the Retriers and Catchers of a task are for errors that it can fail with.
//!
//! Of the predefined errors only, and of Task states only: what fails in a Parallel or a Map may be anything. Spec: "Appendix A";
//! developer guide: "Handling errors".

use crate::asl::{QueryLanguage, Task};
use crate::check::Report;
use crate::check::advice::tasks;
use crate::check::index::{Index, StateEntry, is_substituted};
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for (entry, task) in tasks(index) {
        for handlers in entry.handlers() {
            for (position, errors) in handlers.error_equals().enumerate() {
                for (at, error) in errors.iter().enumerate() {
                    let Some(reason) = never_comes(error, entry, task) else { continue };
                    let message = format!("`{}` never fails with `{error}`: {reason}", entry.name);
                    let pointer = entry.at(format_args!("/{}/{position}/ErrorEquals/{at}", handlers.field()));
                    report.add(entry.number, Finding::warning(Code::AbsentError, pointer, message));
                }
            }
        }
    }
}

/// Why a task cannot fail with an error.
fn never_comes(error: &str, entry: &StateEntry<'_>, task: &Task) -> Option<&'static str> {
    const OF_FILES: [&str; 3] =
        ["States.ItemReaderFailed", "States.ResultWriterFailed", "States.ExceedToleratedFailureThreshold"];
    const OF_JSON_PATH: [&str; 3] =
        ["States.ParameterPathFailure", "States.ResultPathMatchFailure", "States.IntrinsicFailure"];
    let has_heartbeat = task.heartbeat_seconds.is_some() || task.heartbeat_seconds_path.is_some();
    let has_timeout = task.timeout_seconds.is_some() || task.timeout_seconds_path.is_some();
    let is_jsonata = entry.language == QueryLanguage::Jsonata;
    match error {
        "States.Timeout" if !has_timeout && !has_heartbeat => Some("it has no timeout"),
        "States.HeartbeatTimeout" if !has_heartbeat => Some("it has no heartbeat"),
        "States.NoChoiceMatched" => Some("it is no Choice, and has none in it"),
        "States.BranchFailed" => Some("it has no branches"),
        "States.QueryEvaluationError" if !is_jsonata => Some("it is written in JSONPath"),
        _ if OF_FILES.contains(&error) => Some("it is no Distributed Map"),
        _ if OF_JSON_PATH.contains(&error) && is_jsonata => Some("it is written in JSONata"),
        _ if error.starts_with("States.Http.") && is_no_request(&task.resource) => Some("it is no HTTP Task"),
        _ => None,
    }
}

fn is_no_request(resource: &str) -> bool {
    !is_substituted(resource) && !resource.contains(":http:")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::advise_findings;

    #[track_caller]
    fn check_errors(resource: &str, timeout: Option<u64>, errors: &[&str], expected: &[&str]) {
        let mut task = json!({
            "Type": "Task", "Resource": resource, "Retry": [{ "ErrorEquals": errors }], "End": true
        });
        if let Some(timeout) = timeout {
            task["TimeoutSeconds"] = json!(timeout);
        }
        advise_findings(&json!({ "StartAt": "A", "TimeoutSeconds": 900, "States": { "A": task } }), expected);
    }

    #[test]
    fn errors_that_cannot_come_are_noticed() {
        check_errors(
            "arn:aws:states:eu-west-1:123456789012:activity:pack",
            None,
            &["States.Timeout", "States.NoChoiceMatched", "States.Http.Socket", "States.Permissions"],
            &[
                "SW0815 /States/A/Retry/0/ErrorEquals/0: `A` never fails with `States.Timeout`: it has no timeout",
                "SW0815 /States/A/Retry/0/ErrorEquals/1: \
                 `A` never fails with `States.NoChoiceMatched`: it is no Choice, and has none in it",
                "SW0815 /States/A/Retry/0/ErrorEquals/2: \
                 `A` never fails with `States.Http.Socket`: it is no HTTP Task",
            ],
        );
    }

    #[test]
    fn those_that_may_are_fine() {
        check_errors("${Pack}", Some(30), &["States.Timeout", "States.Http.StatusCode.503"], &[]);
        check_errors("${Pack}", None, &["States.ParameterPathFailure", "States.TaskFailed"], &[]);
    }
}
