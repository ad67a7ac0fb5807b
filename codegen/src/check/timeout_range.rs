//! `SW0406`: timeouts and heartbeats are 1 to 99999999 seconds. Spec: "Timeouts and heartbeats".
//!
//! Zero is not reported for the whole machine: the service's own schema allows it.

use std::ops::RangeInclusive;

use crate::asl::{OrExpression, StateKind};
use crate::check::Report;
use crate::check::index::Index;
use crate::check::number_out_of_range::outside;
use crate::diagnostic::{Code, Finding};

const SECONDS: RangeInclusive<u64> = 1..=99_999_999;

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    if let Some(seconds) = index.machine.timeout_seconds
        && seconds > *SECONDS.end()
    {
        report.add(None, finding("/TimeoutSeconds".to_owned(), seconds));
    }
    for entry in &index.states {
        let StateKind::Task(task) = &entry.state.kind else { continue };
        let timeouts =
            [("/TimeoutSeconds", &task.timeout_seconds), ("/HeartbeatSeconds", &task.heartbeat_seconds)];
        for (field, value) in timeouts {
            let seconds = value.as_ref().and_then(OrExpression::constant);
            if let Some(seconds) = seconds.filter(|seconds| !SECONDS.contains(*seconds)) {
                report.add(entry.number, finding(entry.at(field), *seconds));
            }
        }
    }
}

fn finding(pointer: String, seconds: u64) -> Finding {
    let message = outside(&pointer, &SECONDS, seconds);
    Finding::error(Code::TimeoutRange, pointer, message)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::check_state;

    #[track_caller]
    fn check_timeout(seconds: &Value, expected: &[&str]) {
        check_state(
            &json!({ "Type": "Task", "Resource": "arn:x", "TimeoutSeconds": seconds, "End": true }),
            expected,
        );
    }

    #[test]
    fn a_timeout_of_zero_is_reported() {
        check_timeout(
            &json!(0),
            &[
                "error[SW0406] /States/A/TimeoutSeconds: `TimeoutSeconds` is 0, but has to be between 1 and 99999999",
            ],
        );
    }

    #[test]
    fn the_longest_timeout_is_fine() {
        check_timeout(&json!(99_999_999), &[]);
    }
}
