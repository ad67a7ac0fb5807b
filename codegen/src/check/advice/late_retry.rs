//! `SW0804`: there is time for all attempts before the machine's own timeout.

use crate::asl::{OrExpression, Retrier, Task};
use crate::check::Report;
use crate::check::advice::tasks;
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

/// From here on intervals are taken to stay as they are: the sum is then a lower bound.
const STEPS: u64 = 1_000;

/// A delay without a bound, in seconds: more than any execution lasts, but a number to calculate with.
const LONGEST: f64 = 1e12;

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    let Some(limit) = index.machine.timeout_seconds else { return };
    for (entry, task) in tasks(index) {
        for (position, retrier) in entry.state.retry().iter().enumerate() {
            let longest = longest(task, retrier);
            if longest > seconds(limit) {
                let message =
                    format!("all attempts take up to {longest:.0} s, but the execution ends after {limit} s");
                let finding =
                    Finding::warning(Code::LateRetry, entry.at(format_args!("/Retry/{position}")), message)
                        .help("try less often, set `MaxDelaySeconds`, or give the machine more time");
                report.add(entry.number, finding);
            }
        }
    }
}

/// The delays, and the attempts where they have a timeout.
fn longest(task: &Task, retrier: &Retrier) -> f64 {
    let again = retrier.max_attempts.unwrap_or(3);
    let timeout = task.timeout_seconds.as_ref().and_then(OrExpression::constant);
    delays(retrier, again) + (seconds(again) + 1.0) * timeout.map_or(0.0, |timeout| seconds(*timeout))
}

fn delays(retrier: &Retrier, again: u64) -> f64 {
    let rate = retrier.backoff_rate.as_ref().and_then(serde_json::Number::as_f64).unwrap_or(2.0);
    let bound = retrier.max_delay_seconds.map_or(LONGEST, seconds);
    let mut delay = seconds(retrier.interval_seconds.unwrap_or(1)).min(bound);
    let mut total = 0.0;
    for _ in 0..again.min(STEPS) {
        total += delay;
        delay = (delay * rate).min(bound);
    }
    total + seconds(again.saturating_sub(STEPS)) * delay
}

#[expect(clippy::cast_precision_loss, reason = "no time comes near what an f64 cannot tell apart")]
fn seconds(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::advise_findings;

    #[track_caller]
    fn check_retrier(limit: u64, timeout: u64, retrier: &Value, expected: &[&str]) {
        let mut retrier = retrier.clone();
        retrier["ErrorEquals"] = json!(["States.ALL"]);
        let task = json!({
            "Type": "Task", "Resource": "${Work}", "TimeoutSeconds": timeout, "Retry": [retrier], "End": true
        });
        advise_findings(
            &json!({ "StartAt": "A", "TimeoutSeconds": limit, "States": { "A": task } }),
            expected,
        );
    }

    #[test]
    fn delays_and_attempts_are_summed_up() {
        // 1 + 2 + 4 s, and four attempts of 10 s.
        check_retrier(47, 10, &json!({}), &[]);
        check_retrier(
            46,
            10,
            &json!({}),
            &["SW0804 /States/A/Retry/0: all attempts take up to 47 s, but the execution ends after 46 s"],
        );
    }

    #[test]
    fn delays_that_grow_beyond_all_bounds_are_noticed() {
        let retrier = json!({ "IntervalSeconds": 1, "MaxAttempts": 500, "BackoffRate": 10 });
        let message = "all attempts take up to 488111111111612 s, but the execution ends after 60 s";
        check_retrier(60, 1, &retrier, &[&format!("SW0804 /States/A/Retry/0: {message}")]);
    }

    #[test]
    fn the_longest_delay_bounds_the_others() {
        let retrier = json!({ "IntervalSeconds": 5, "MaxAttempts": 10, "MaxDelaySeconds": 20 });
        // 5 + 10 + 8 × 20 s, and eleven attempts of 1 s.
        check_retrier(186, 1, &retrier, &[]);
        check_retrier(
            185,
            1,
            &retrier,
            &["SW0804 /States/A/Retry/0: all attempts take up to 186 s, but the execution ends after 185 s"],
        );
    }
}
