//! `SW0808`: the attempts of a task fit into the history of an execution.

use crate::check::Report;
use crate::check::advice::tasks;
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

/// How many events the history of a Standard execution holds. Developer guide: "Service quotas".
const EVENTS: u64 = 25_000;

/// An attempt is scheduled, started and fails.
const EVENTS_PER_ATTEMPT: u64 = 3;

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for (entry, _) in tasks(index) {
        for (position, retrier) in entry.state.retry().iter().enumerate() {
            let Some(attempts) = retrier.max_attempts.filter(|most| *most > EVENTS / EVENTS_PER_ATTEMPT)
            else {
                continue;
            };
            let message = format!(
                "{attempts} retries write more than the {EVENTS} events that the history of an execution holds"
            );
            let pointer = entry.at(format_args!("/Retry/{position}/MaxAttempts"));
            let finding = Finding::warning(Code::ManyAttempts, pointer, message)
                .help("try less often, or run the task in an execution of its own");
            report.add(entry.number, finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::advise_findings;

    #[track_caller]
    fn check_attempts(attempts: u64, expected: &[&str]) {
        let retry = json!([{ "ErrorEquals": ["Busy"], "MaxAttempts": attempts, "BackoffRate": 1 }]);
        let task = json!({ "Type": "Task", "Resource": "${Work}", "TimeoutSeconds": 9, "Retry": retry, "End": true });
        advise_findings(&json!({ "StartAt": "A", "States": { "A": task } }), expected);
    }

    #[test]
    fn more_than_the_history_holds_is_noticed() {
        check_attempts(
            8_334,
            &["SW0808 /States/A/Retry/0/MaxAttempts: \
               8334 retries write more than the 25000 events that the history of an execution holds"],
        );
        check_attempts(8_333, &[]);
    }
}
