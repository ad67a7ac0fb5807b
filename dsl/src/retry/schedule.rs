//! When a state is tried again: what a policy comes to.

use std::time::Duration;

use super::{Retrier, RetryPolicy};
use crate::error::{ErrorName, States};

impl RetryPolicy {
    /// Each Retrier's errors with its delays, first to last.
    ///
    /// ```
    /// use stepwright::{Retrier, RetryPolicy, States};
    ///
    /// const POLICY: RetryPolicy = RetryPolicy::new(&[
    ///     Retrier::on(&[States::TIMEOUT]).delays([60]),
    ///     Retrier::on(&[States::ALL]).delays([5, 10, 20]),
    /// ]);
    /// for (errors, delays) in POLICY.schedule() {
    ///     println!("{errors:?}: {delays:?}");
    /// }
    /// assert_eq!(POLICY.total_wait().as_secs(), 60 + 5 + 10 + 20);
    /// ```
    pub fn schedule(&self) -> impl Iterator<Item = (&'static [ErrorName], Vec<Duration>)> + use<> {
        self.retriers().iter().map(|retrier| (retrier.error_equals, retrier.schedule().collect()))
    }

    /// The delays of a state that fails with this error each time; none if it is not retried.
    pub fn schedule_of(&self, error: ErrorName) -> Vec<Duration> {
        let retrier = self.retriers().iter().find(|retrier| retrier.matches(error));
        retrier.map_or_else(Vec::new, |retrier| retrier.schedule().collect())
    }

    /// The longest that a state waits between attempts: each Retrier counts by itself, so all may be used up in turn.
    pub fn total_wait(&self) -> Duration {
        self.retriers().iter().map(Retrier::total_wait).fold(Duration::ZERO, Duration::saturating_add)
    }
}

impl Retrier {
    /// How many retries there are at the most.
    pub fn attempts(&self) -> u32 {
        self.max_attempts.unwrap_or(3)
    }

    /// The delay before each retry, first to last: `min(interval × rate^(n−1), max delay)`. With jitter, the longest possible.
    pub fn schedule(&self) -> impl Iterator<Item = Duration> + use<> {
        let interval = f64::from(self.interval_seconds.unwrap_or(1));
        let rate = self.backoff_rate.unwrap_or(2.0);
        let longest = self.max_delay_seconds.map_or(f64::INFINITY, f64::from);
        (0..self.attempts()).map(move |n| {
            let seconds = (interval * rate.powf(f64::from(n))).min(longest);
            // A delay beyond what a Duration can hold is far beyond a year, where an execution ends anyway.
            Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
        })
    }

    /// All delays together.
    pub fn total_wait(&self) -> Duration {
        self.schedule().try_fold(Duration::ZERO, Duration::checked_add).unwrap_or(Duration::MAX)
    }

    /// Whether it answers to an error: the name itself, or one of the two wildcards.
    fn matches(&self, error: ErrorName) -> bool {
        let runtime = error == States::RUNTIME;
        self.error_equals.iter().any(|name| match *name {
            States::ALL => !runtime,
            States::TASK_FAILED => !runtime && error != States::TIMEOUT,
            name => name == error,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(retrier: Retrier) -> Vec<f64> {
        retrier.schedule().map(|delay| delay.as_secs_f64()).collect()
    }

    #[test]
    fn delays_grow_by_the_backoff_rate() {
        let activity = Retrier::on(&[States::ALL]).interval_seconds(60).max_attempts(2).backoff_rate(5.0);
        assert_eq!(seconds(activity), [60.0, 300.0]);
    }

    #[test]
    fn unset_fields_have_the_defaults_of_the_service() {
        assert_eq!(seconds(Retrier::on(&[States::ALL])), [1.0, 2.0, 4.0]);
    }

    #[test]
    fn no_delay_exceeds_the_longest() {
        let retrier = Retrier::on(&[States::ALL]).interval_seconds(10).max_attempts(3).max_delay_seconds(15);
        assert_eq!(seconds(retrier), [10.0, 15.0, 15.0]);
        assert_eq!(retrier.total_wait().as_secs(), 40);
    }

    #[test]
    fn never_has_no_delay() {
        assert!(seconds(Retrier::never(&[States::TIMEOUT])).is_empty());
    }

    #[test]
    fn a_delay_past_all_bounds_is_no_panic() {
        let retrier =
            Retrier::on(&[States::ALL]).interval_seconds(99_999_999).backoff_rate(1e300).max_attempts(3);
        assert_eq!(retrier.schedule().count(), 3);
        assert_eq!(retrier.total_wait(), Duration::MAX);
    }

    #[test]
    fn the_first_retrier_that_matches_counts() {
        const BUSY: ErrorName = ErrorName::new("Busy");
        const POLICY: RetryPolicy = RetryPolicy::new(&[
            Retrier::never(&[BUSY]),
            Retrier::on(&[States::TASK_FAILED]).delays([7]),
            Retrier::on(&[States::ALL]).delays([9]),
        ]);
        let first = |error| POLICY.schedule_of(error).first().map(Duration::as_secs);
        assert_eq!(first(BUSY), None);
        assert_eq!(first(ErrorName::new("Other")), Some(7));
        assert_eq!(first(States::TIMEOUT), Some(9));
        assert_eq!(first(States::RUNTIME), None);
        assert_eq!(POLICY.total_wait().as_secs(), 16);
    }
}
