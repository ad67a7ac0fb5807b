//! `SW0407`: `HeartbeatSeconds` is less than `TimeoutSeconds`. Spec: "Timeouts and heartbeats".

use crate::asl::{OrExpression, StateKind};
use crate::check::Report;
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        let StateKind::Task(task) = &entry.state.kind else { continue };
        let timeout = task.timeout_seconds.as_ref().and_then(OrExpression::constant);
        let heartbeat = task.heartbeat_seconds.as_ref().and_then(OrExpression::constant);
        let (Some(timeout), Some(heartbeat)) = (timeout, heartbeat) else { continue };
        if heartbeat < timeout {
            continue;
        }
        let message = format!("`HeartbeatSeconds` is {heartbeat}, but `TimeoutSeconds` is {timeout}");
        let finding = Finding::error(Code::HeartbeatNotShorter, entry.at("/HeartbeatSeconds"), message)
            .label(entry.at("/TimeoutSeconds"), "the timeout comes first")
            .help("make the heartbeat shorter than the timeout");
        report.add(entry.number, finding);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::check_state;

    fn task(heartbeat: u64, timeout: u64) -> Value {
        json!({
            "Type": "Task", "Resource": "arn:x", "HeartbeatSeconds": heartbeat, "TimeoutSeconds": timeout, "End": true
        })
    }

    #[test]
    fn a_heartbeat_as_long_as_the_timeout_is_reported() {
        check_state(
            &task(60, 60),
            &[
                "error[SW0407] /States/A/HeartbeatSeconds: `HeartbeatSeconds` is 60, but `TimeoutSeconds` is 60",
            ],
        );
    }

    #[test]
    fn a_shorter_heartbeat_is_fine() {
        check_state(&task(59, 60), &[]);
    }
}
