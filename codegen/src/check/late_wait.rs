//! `SW0249`: a Wait is over before the execution is, which lasts a year at most. Developer guide: "Service quotas".
//!
//! The service accepts it, and the execution times out; a warning. For Express executions `SW0281` says it.

use crate::asl::{OrExpression, StateKind};
use crate::check::Report;
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

/// How long a Standard execution lasts, in seconds.
const YEAR: u64 = 31_536_000;

/// What is longer cannot be waited for at all, which `SW0301` says.
const LONGEST: u64 = 99_999_999;

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    let limit =
        index.machine.timeout_seconds.filter(|seconds| *seconds > 0).map_or(YEAR, |own| own.min(YEAR));
    for entry in &index.states {
        let StateKind::Wait(wait) = &entry.state.kind else { continue };
        let seconds = wait.seconds.as_ref().and_then(OrExpression::constant);
        if let Some(seconds) = seconds.filter(|seconds| (limit + 1..=LONGEST).contains(seconds)) {
            let message =
                format!("`{}` waits for {seconds} s, but the execution ends after {limit} s", entry.name);
            let help = "make it shorter, or give the machine more time: `TimeoutSeconds`, a year at most";
            report.add(
                entry.number,
                Finding::warning(Code::LateWait, entry.at("/Seconds"), message).help(help),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_findings;

    #[track_caller]
    fn check_wait(limit: Option<u64>, seconds: u64, expected: &[&str]) {
        let wait = json!({ "Type": "Wait", "Seconds": seconds, "End": true });
        let mut definition = json!({ "StartAt": "A", "States": { "A": wait } });
        if let Some(limit) = limit {
            definition["TimeoutSeconds"] = json!(limit);
        }
        check_findings(&definition, expected);
    }

    #[test]
    fn a_wait_that_outlasts_the_execution_is_reported() {
        check_wait(
            Some(60),
            61,
            &["warning[SW0249] /States/A/Seconds: `A` waits for 61 s, but the execution ends after 60 s"],
        );
        check_wait(
            None,
            31_536_001,
            &["warning[SW0249] /States/A/Seconds: \
               `A` waits for 31536001 s, but the execution ends after 31536000 s"],
        );
    }

    #[test]
    fn a_wait_that_ends_in_time_is_fine() {
        check_wait(Some(60), 60, &[]);
        check_wait(None, 31_536_000, &[]);
    }
}
