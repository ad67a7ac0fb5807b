//! `SW0802`: a task does not wait for a year for somebody who does not answer.

use crate::check::Report;
use crate::check::advice::{awaited, tasks_without_timeout};
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for (entry, task) in tasks_without_timeout(index) {
        let Some(awaited) = awaited(&task.resource) else { continue };
        let message = format!("`{}` waits for {awaited}, for up to a year", entry.name);
        let finding = Finding::warning(Code::NoTimeoutForAnswer, &entry.pointer, message)
            .on_key()
            .help("give it `TimeoutSeconds`, and `HeartbeatSeconds` if the work takes long");
        report.add(entry.number, finding);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::advise_findings;

    #[track_caller]
    fn check_resource(resource: &str, awaited: &str) {
        let mut task = json!({ "Type": "Task", "Resource": resource, "InputPath": "$$.Task", "End": true });
        let message = format!("SW0802 /States/A: `A` waits for {awaited}, for up to a year");
        advise_findings(&json!({ "StartAt": "A", "States": { "A": task } }), &[&message]);
        task["HeartbeatSeconds"] = json!(60);
        advise_findings(&json!({ "StartAt": "A", "States": { "A": task } }), &[]);
    }

    #[test]
    fn who_waits_for_others_needs_a_timeout() {
        check_resource("arn:aws:states:::sqs:sendMessage.waitForTaskToken", "its task token");
        check_resource("arn:aws:states:eu-west-1:123456789012:activity:pack", "a worker of its activity");
    }
}
