//! `SW0804`: there is time for all attempts before the execution ends: by its own timeout, or after a year or, as an Express one,
//! five minutes.

use crate::asl::{OrExpression, Retrier, State, StateKind};
use crate::check::Report;
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

/// From here on intervals are taken to stay as they are: the sum is then a lower bound.
const STEPS: u64 = 1_000;

/// A delay without a bound, in seconds: more than any execution lasts, but a number to calculate with.
const LONGEST: f64 = 1e12;

/// How long a Standard execution lasts, in seconds.
const YEAR: u64 = 31_536_000;

/// How long an Express execution lasts, in seconds.
const EXPRESS: u64 = 300;

/// Who asks for more attempts wants them without end; that they do not fit into the history is `SW0808`.
const FOREVER: u64 = 8_333;

/// In a Standard workflow.
pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    check_within(index, YEAR, report);
}

/// In an Express workflow.
pub(crate) fn check_express(index: &Index<'_>, report: &mut Report) {
    check_within(index, EXPRESS, report);
}

fn check_within(index: &Index<'_>, longest: u64, report: &mut Report) {
    let own = index.machine.timeout_seconds.filter(|seconds| *seconds > 0);
    let limit = own.map_or(longest, |own| own.min(longest));
    for entry in &index.states {
        for (position, retrier) in entry.state.retry().iter().enumerate() {
            let again = retrier.max_attempts.unwrap_or(3);
            let is_endless = own.is_none() && again > FOREVER;
            let time = delays(retrier, again) + attempts(entry.state, again);
            if time > seconds(limit) && !is_endless {
                let message =
                    format!("all attempts take up to {time:.0} s, but the execution ends after {limit} s");
                let finding =
                    Finding::warning(Code::LateRetry, entry.at(format_args!("/Retry/{position}")), message)
                        .help("try less often, set `MaxDelaySeconds`, or give the machine more time");
                report.add(entry.number, finding);
            }
        }
    }
}

/// The attempts, where they have a timeout.
fn attempts(state: &State, again: u64) -> f64 {
    let StateKind::Task(task) = &state.kind else { return 0.0 };
    let timeout = task.timeout_seconds.as_ref().and_then(OrExpression::constant);
    (seconds(again) + 1.0) * timeout.map_or(0.0, |timeout| seconds(*timeout))
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

    use crate::asl;
    use crate::check::testing::advise_findings;
    use crate::check::{Facts, advise};

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
    fn a_map_is_retried_too() {
        let retry = json!([{ "ErrorEquals": ["States.ALL"], "IntervalSeconds": 100, "MaxAttempts": 3 }]);
        let inner = json!({ "StartAt": "B", "States": { "B": { "Type": "Succeed" } } });
        let map = json!({ "Type": "Map", "ItemProcessor": inner, "Retry": retry, "End": true });
        advise_findings(
            &json!({ "StartAt": "A", "TimeoutSeconds": 699, "States": { "A": map } }),
            &["SW0804 /States/A/Retry/0: all attempts take up to 700 s, but the execution ends after 699 s"],
        );
    }

    #[track_caller]
    fn check_without_timeout(attempts: u64, facts: &Facts, expected: &[&str]) {
        let retry = json!([{ "ErrorEquals": ["Busy"], "MaxAttempts": attempts }]);
        let task = json!({ "Type": "Task", "Resource": "${Work}", "TimeoutSeconds": 1, "Retry": retry, "End": true });
        let definition = json!({ "StartAt": "A", "States": { "A": task } });
        let document = asl::read(&definition.to_string()).expect("the definition can be read");
        let found: Vec<String> =
            advise(document.machine(), facts).into_iter().map(|finding| finding.message).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn an_execution_ends_in_any_case() {
        let standard = Facts::default();
        check_without_timeout(24, &standard, &[]);
        // 2²⁵ − 1 s, and 26 attempts of a second.
        check_without_timeout(
            25,
            &standard,
            &["all attempts take up to 33554457 s, but the execution ends after 31536000 s"],
        );
        check_without_timeout(8, &Facts::default().express(), &[]);
        check_without_timeout(
            9,
            &Facts::default().express(),
            &["all attempts take up to 521 s, but the execution ends after 300 s"],
        );
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
