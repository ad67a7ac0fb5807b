//! `SW0813`: a task has a heartbeat only where somebody can send one: who has its token, or a worker of its activity.
//!
//! Developer guide: "Task state", "Heartbeat timeouts for waiting tasks". What a resource is that is filled in later is not known.

use crate::check::Report;
use crate::check::advice::tasks;
use crate::check::index::{Index, is_substituted};
use crate::check::resource::ServiceCall;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for (entry, task) in tasks(index) {
        let fields = [
            ("/HeartbeatSeconds", task.heartbeat_seconds.is_some()),
            ("/HeartbeatSecondsPath", task.heartbeat_seconds_path.is_some()),
        ];
        let given = fields.into_iter().find(|(_, is_given)| *is_given);
        let Some((field, _)) = given.filter(|_| answers_at_once(&task.resource)) else { continue };
        let message =
            format!("nobody sends a heartbeat for `{}`: its service answers, or does not", entry.name);
        let finding = Finding::warning(Code::UselessHeartbeat, entry.at(field), message)
            .on_key()
            .help("write `TimeoutSeconds`, or wait for a token with `.waitForTaskToken`");
        report.add(entry.number, finding);
    }
}

/// Whether a resource is a function, or a service that is not waited for.
fn answers_at_once(resource: &str) -> bool {
    if is_substituted(resource) {
        return false;
    }
    let is_function = resource.contains(":lambda:") && resource.contains(":function:");
    is_function || ServiceCall::of(resource).is_some_and(|call| call.suffix.is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::advise_findings;

    #[track_caller]
    fn check_heartbeat(resource: &str, expected: &[&str]) {
        let task = json!({
            "Type": "Task", "Resource": resource, "InputPath": "$$", "HeartbeatSeconds": 10, "TimeoutSeconds": 60, "End": true
        });
        advise_findings(&json!({ "StartAt": "A", "States": { "A": task } }), expected);
    }

    #[test]
    fn a_heartbeat_needs_somebody_who_sends_it() {
        check_heartbeat(
            "arn:aws:states:::sqs:sendMessage",
            &["SW0813 /States/A/HeartbeatSeconds: \
               nobody sends a heartbeat for `A`: its service answers, or does not"],
        );
        check_heartbeat("arn:aws:states:::sqs:sendMessage.waitForTaskToken", &[]);
        check_heartbeat("arn:aws:states:::batch:submitJob.sync", &[]);
        check_heartbeat("arn:aws:states:eu-west-1:123456789012:activity:pack", &[]);
        check_heartbeat("${Pack}", &[]);
    }
}
