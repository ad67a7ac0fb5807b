//! Retriers and Catchers: which errors they are for, and how long a Retrier waits.

use std::time::Duration;

use stepwright_codegen::asl::{JitterStrategy, Retrier};

use crate::data::{Failure, Random};
use crate::fault::{Fault, TIMEOUT};

/// Whether `ErrorEquals` covers an error.
///
/// `States.ALL` is not for `States.Runtime`, which nothing handles; `States.TaskFailed` is not for timeouts either. A
/// missed heartbeat is reported as `States.Timeout` and answers to `States.HeartbeatTimeout` too.
pub(crate) fn covers(error_equals: &[String], fault: &Fault) -> bool {
    let error = fault.error.as_deref();
    error != Some(Failure::RUNTIME)
        && error_equals.iter().any(|name| match name.as_str() {
            "States.ALL" => true,
            "States.TaskFailed" => error != Some(TIMEOUT),
            "States.HeartbeatTimeout" if fault.is_missed_heartbeat() => true,
            name => error == Some(name),
        })
}

/// How long a Retrier waits before its next retry, after `count` it has made.
pub(crate) fn delay(retrier: &Retrier, count: u32, random: &Random) -> Duration {
    let interval = retrier.interval_seconds.unwrap_or(1);
    let rate = retrier.backoff_rate.as_ref().and_then(serde_json::Number::as_f64).unwrap_or(2.0);
    #[expect(clippy::cast_precision_loss, reason = "an interval has at most eight digits")]
    let seconds = interval as f64 * rate.powf(f64::from(count));
    let limit = retrier.max_delay_seconds.map_or(Duration::MAX, Duration::from_secs);
    let delay = Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX).min(limit);
    match retrier.jitter_strategy {
        Some(JitterStrategy::Full) => {
            let millis = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
            Duration::from_millis(random.below(millis.saturating_add(1)))
        }
        Some(JitterStrategy::None) | None => delay,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delays(retrier: &Retrier, count: u32) -> Vec<u64> {
        (0..count).map(|retries| delay(retrier, retries, &Random::new(1)).as_secs()).collect()
    }

    #[test]
    fn intervals_double_from_one_second_by_default() {
        assert_eq!(delays(&Retrier::default(), 5), [1, 2, 4, 8, 16]);
    }

    #[test]
    fn the_longest_delay_is_bounded() {
        let retrier =
            Retrier { interval_seconds: Some(5), max_delay_seconds: Some(30), ..Retrier::default() };
        assert_eq!(delays(&retrier, 5), [5, 10, 20, 30, 30]);
        assert_eq!(delay(&retrier, 4_000, &Random::new(1)).as_secs(), 30);
    }

    #[test]
    fn jitter_stays_within_the_interval_and_repeats_for_a_seed() {
        let retrier = Retrier {
            interval_seconds: Some(10),
            jitter_strategy: Some(JitterStrategy::Full),
            ..Retrier::default()
        };
        let draw = |seed| {
            let random = Random::new(seed);
            (0..50).map(|_| delay(&retrier, 0, &random)).collect::<Vec<_>>()
        };
        assert!(draw(7).iter().all(|delay| *delay <= Duration::from_secs(10)));
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }

    #[track_caller]
    fn check_covers(error_equals: &[&str], error: &str, expected: bool) {
        let error_equals: Vec<String> = error_equals.iter().map(|&name| name.to_owned()).collect();
        assert_eq!(covers(&error_equals, &Fault::new(error, "")), expected, "{error_equals:?} for {error}");
    }

    #[test]
    fn wildcards_leave_out_what_cannot_be_handled() {
        check_covers(&["States.ALL"], "Anything", true);
        check_covers(&["States.ALL"], "States.Timeout", true);
        check_covers(&["States.ALL"], "States.Runtime", false);
        check_covers(&["States.Runtime"], "States.Runtime", false);
        check_covers(&["States.TaskFailed"], "Anything", true);
        check_covers(&["States.TaskFailed"], "States.Timeout", false);
        check_covers(&["A", "B"], "B", true);
        check_covers(&["A", "B"], "b", false);
    }
}
