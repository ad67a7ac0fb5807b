//! `SW0803`: a function is called again after the errors that pass. Developer guide: "Handle transient Lambda service exceptions".
//!
//! A Retrier of a Parallel or a Map around the task counts, too.

use crate::asl::State;
use crate::check::Report;
use crate::check::advice::tasks;
use crate::check::index::{Index, StateEntry};
use crate::diagnostic::{Code, Finding};

/// What Lambda reports when it is its own fault.
const TRANSIENT: [&str; 3] =
    ["Lambda.ServiceException", "Lambda.AWSLambdaException", "Lambda.SdkClientException"];

/// What matches those and others.
const WILDCARDS: [&str; 2] = ["States.ALL", "States.TaskFailed"];

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    // A state stands after the one that it is nested in.
    let mut retried: Vec<[bool; 3]> = Vec::with_capacity(index.states.len());
    for entry in &index.states {
        let outer = index.scopes[entry.scope].owner.map_or([false; 3], |owner| retried[owner]);
        let own = TRANSIENT.map(|error| retries(entry.state, error));
        retried.push(std::array::from_fn(|error| outer[error] || own[error]));
    }
    for (entry, task) in tasks(index) {
        let missing = TRANSIENT.iter().zip(retried[entry.number]).filter(|(_, retried)| !retried);
        let missing: Vec<String> = missing.map(|(error, _)| format!("`{error}`")).collect();
        if is_function(&task.resource) && !missing.is_empty() {
            report.add(entry.number, finding(entry, &missing));
        }
    }
}

fn finding(entry: &StateEntry<'_>, missing: &[String]) -> Finding {
    let message = format!("`{}` calls a function, but does not retry {}", entry.name, missing.join(", "));
    Finding::warning(Code::NoTransientRetry, &entry.pointer, message).on_key().help(
        "retry them and `Lambda.TooManyRequestsException`: 6 times, the first after 2 s, `BackoffRate` 2",
    )
}

fn retries(state: &State, error: &str) -> bool {
    let matches = |name: &String| name == error || WILDCARDS.contains(&name.as_str());
    state
        .retry()
        .iter()
        .any(|retrier| retrier.max_attempts != Some(0) && retrier.error_equals.iter().any(matches))
}

/// A function by its ARN, or an integration that calls one.
fn is_function(resource: &str) -> bool {
    resource.contains(":lambda:") && (resource.contains(":function:") || resource.contains(":lambda:invoke"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::advise_findings;

    #[track_caller]
    fn check_retry(outer: &Value, inner: &Value, expected: &[&str]) {
        let task = json!({ "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Retry": inner, "End": true });
        advise_findings(
            &json!({ "StartAt": "P", "TimeoutSeconds": 600, "States": { "P": {
                "Type": "Parallel", "Branches": [{ "StartAt": "A", "States": { "A": task } }], "Retry": outer, "End": true,
            } } }),
            expected,
        );
    }

    #[test]
    fn each_error_that_passes_is_asked_for() {
        check_retry(
            &json!([]),
            &json!([{ "ErrorEquals": ["Lambda.ServiceException", "Lambda.AWSLambdaException"] }]),
            &["SW0803 /States/P/Branches/0/States/A: \
               `A` calls a function, but does not retry `Lambda.SdkClientException`"],
        );
    }

    #[test]
    fn a_wildcard_is_enough_here_or_around() {
        let all = json!([{ "ErrorEquals": ["States.ALL"] }]);
        check_retry(&json!([]), &all, &[]);
        check_retry(&all, &json!([]), &[]);
    }
}
