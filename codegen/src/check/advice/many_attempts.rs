//! `SW0808`: the attempts of a task, a Parallel or a Map fit into the history of an execution.

use crate::asl::{State, StateKind};
use crate::check::Report;
use crate::check::index::Index;
use crate::check::loops::EVENTS;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        for (position, retrier) in entry.state.retry().iter().enumerate() {
            let most = EVENTS / events_of_an_attempt(entry.state);
            let Some(attempts) = retrier.max_attempts.filter(|attempts| *attempts > most) else {
                continue;
            };
            let message = format!(
                "{attempts} retries write more than the {EVENTS} events that the history of an execution holds"
            );
            let pointer = entry.at(format_args!("/Retry/{position}/MaxAttempts"));
            let finding = Finding::warning(Code::ManyAttempts, pointer, message)
                .help("try less often, or run it in an execution of its own");
            report.add(entry.number, finding);
        }
    }
}

/// A task is scheduled, started and fails. A Map is started, and so is an iteration, which fails; of a Parallel only that it is
/// started and that something in it fails.
fn events_of_an_attempt(state: &State) -> u64 {
    match &state.kind {
        StateKind::Parallel(_) => 2,
        _ => 3,
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
    fn a_parallel_is_looked_at_too() {
        let retry = json!([{ "ErrorEquals": ["Busy"], "MaxAttempts": 12_501, "BackoffRate": 1 }]);
        let branch = json!({ "StartAt": "B", "States": { "B": { "Type": "Succeed" } } });
        let parallel = json!({ "Type": "Parallel", "Branches": [branch], "Retry": retry, "End": true });
        advise_findings(
            &json!({ "StartAt": "A", "States": { "A": parallel } }),
            &["SW0808 /States/A/Retry/0/MaxAttempts: \
               12501 retries write more than the 25000 events that the history of an execution holds"],
        );
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
