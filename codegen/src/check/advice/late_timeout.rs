//! `SW0814`: the timeout of a task comes before the execution ends, or the service gives up by itself.
//!
//! No Catcher sees the end of the execution. Developer guide: "Service quotas", "Call HTTPS APIs". For Express executions without a
//! timeout of their own `SW0281` says it.

use crate::asl::OrExpression;
use crate::check::Report;
use crate::check::advice::tasks;
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

/// How long an HTTP Task lasts at most, in seconds.
const HTTP: u64 = 60;

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    let limit = index.machine.timeout_seconds.filter(|seconds| *seconds > 0);
    for (entry, task) in tasks(index) {
        let seconds = task.timeout_seconds.as_ref().and_then(OrExpression::constant).copied();
        let Some(seconds) = seconds else { continue };
        let reason = match limit {
            Some(limit) if seconds >= limit => format!("the execution ends after {limit} s"),
            _ if seconds > HTTP && task.resource.ends_with(":states:::http:invoke") => {
                format!("an HTTP Task ends after {HTTP} s, with `States.Http.Socket`")
            }
            _ => continue,
        };
        let message = format!("the timeout of `{}` after {seconds} s never comes: {reason}", entry.name);
        let finding = Finding::warning(Code::LateTimeout, entry.at("/TimeoutSeconds"), message);
        report.add(entry.number, finding.help("make it shorter, or leave it out"));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::advise_findings;

    #[track_caller]
    fn check_timeout(resource: &str, parameters: &Value, seconds: u64, expected: &[&str]) {
        let task = json!({
            "Type": "Task", "Resource": resource, "Parameters": parameters, "TimeoutSeconds": seconds, "End": true
        });
        advise_findings(&json!({ "StartAt": "A", "TimeoutSeconds": 300, "States": { "A": task } }), expected);
    }

    #[test]
    fn a_timeout_comes_before_the_end_of_the_execution() {
        check_timeout("${Pack}", &json!({}), 299, &[]);
        check_timeout(
            "${Pack}",
            &json!({}),
            300,
            &["SW0814 /States/A/TimeoutSeconds: \
               the timeout of `A` after 300 s never comes: the execution ends after 300 s"],
        );
    }

    #[test]
    fn a_request_ends_by_itself() {
        let given = json!({
            "ApiEndpoint": "https://example.com", "Method": "GET", "InvocationConfig": { "ConnectionArn": "${Connection}" }
        });
        check_timeout("arn:aws:states:::http:invoke", &given, 60, &[]);
        check_timeout(
            "arn:aws:states:::http:invoke",
            &given,
            61,
            &["SW0814 /States/A/TimeoutSeconds: \
               the timeout of `A` after 61 s never comes: an HTTP Task ends after 60 s, with `States.Http.Socket`"],
        );
    }
}
