//! `SW0801`: something ends a task that hangs. Developer guide: "Use timeouts to avoid stuck executions".

use crate::check::Report;
use crate::check::advice::{awaited, tasks_without_timeout};
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for (entry, task) in tasks_without_timeout(index) {
        // What is awaited has advice of its own; an HTTP Task ends after a minute in any case.
        if awaited(&task.resource).is_some() || task.resource.ends_with(":states:::http:invoke") {
            continue;
        }
        let message = format!("`{}` has no timeout, nor has the machine", entry.name);
        let finding = Finding::warning(Code::NoTimeout, &entry.pointer, message)
            .on_key()
            .help("give the task, or the whole machine, `TimeoutSeconds`");
        report.add(entry.number, finding);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::advise_findings;

    #[test]
    fn a_task_without_any_timeout_is_noticed() {
        let task = json!({ "Type": "Task", "Resource": "${Work}", "End": true });
        advise_findings(
            &json!({ "StartAt": "A", "States": { "A": task } }),
            &["SW0801 /States/A: `A` has no timeout, nor has the machine"],
        );
    }

    #[test]
    fn what_ends_after_a_minute_needs_none() {
        let given = json!({
            "ApiEndpoint": "https://example.com", "Method": "GET", "InvocationConfig": { "ConnectionArn": "${Connection}" }
        });
        let task = json!({
            "Type": "Task", "Resource": "arn:aws:states:::http:invoke", "Parameters": given, "End": true
        });
        advise_findings(&json!({ "StartAt": "A", "States": { "A": task } }), &[]);
    }

    #[test]
    fn one_timeout_is_enough() {
        let mut task = json!({ "Type": "Task", "Resource": "${Work}", "End": true });
        advise_findings(&json!({ "StartAt": "A", "TimeoutSeconds": 9, "States": { "A": task } }), &[]);
        task["HeartbeatSecondsPath"] = json!("$.beat");
        advise_findings(&json!({ "StartAt": "A", "States": { "A": task } }), &[]);
    }
}
