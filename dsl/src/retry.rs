//! Retry policies: constants that the compiler checks.

mod delays;
mod ready;
mod schedule;

use crate::error::ErrorName;

/// When and how often a failed state is tried again: Retriers, in the order in which they are matched.
///
/// A policy is a constant, so that its rules are checked by rustc. This is HHVM's policy for its Lambdas, said as fields and as
/// the delays that it gives:
///
/// ```
/// use stepwright::{Retrier, RetryPolicy, States};
///
/// const LAMBDA: RetryPolicy =
///     RetryPolicy::new(&[Retrier::on(&[States::ALL]).interval_seconds(5).max_attempts(5)]);
/// const SAME: RetryPolicy =
///     RetryPolicy::new(&[Retrier::on(&[States::ALL]).delays([5, 10, 20, 40, 80])]);
///
/// assert_eq!(LAMBDA, SAME);
/// assert_eq!(LAMBDA.total_wait().as_secs(), 155);
/// ```
///
/// [`RetryPolicy::LAMBDA`] and [`RetryPolicy::SERVICE_CALL`] are ready-made; [`Retrier`] has their parts.
///
/// What the specification forbids does not compile:
///
/// ```compile_fail
/// # use stepwright::{Retrier, RetryPolicy, States};
/// const SHRINKING: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[States::ALL]).backoff_rate(0.5)]);
/// ```
///
/// Spec: "Retrying after error".
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RetryPolicy {
    retriers: &'static [Retrier],
}

impl RetryPolicy {
    /// No retries at all: `"Retry"` is left out.
    pub const NONE: Self = Self { retriers: &[] };

    /// A policy of these Retriers; the first whose errors match is used.
    ///
    /// # Panics
    ///
    /// If `States.ALL` stands anywhere but in the last Retrier; for a `const`, that is a compile error.
    #[must_use]
    #[track_caller]
    pub const fn new(retriers: &'static [Retrier]) -> Self {
        let mut i = 0;
        while i < retriers.len() {
            assert!(
                !retriers[i].matches_all() || i + 1 == retriers.len(),
                "the Retrier on `States.ALL` must be the last one"
            );
            i += 1;
        }
        Self { retriers }
    }

    /// The Retriers, in order.
    pub const fn retriers(&self) -> &'static [Retrier] {
        self.retriers
    }
}

/// One Retrier: the errors it answers to, and how it spaces the attempts.
///
/// What is not set is left out of the JSON and has AWS's default: 1 s, 3 attempts, rate 2.
///
/// Spec: "Retrying after error".
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Retrier {
    /// `"Comment"`
    pub comment: Option<&'static str>,
    /// `"ErrorEquals"`
    pub error_equals: &'static [ErrorName],
    /// `"IntervalSeconds"`: whole seconds before the first retry, 1 to 99,999,999. Default 1.
    pub interval_seconds: Option<u32>,
    /// `"MaxAttempts"`: retries, not counting the first attempt; 0 is never. Default 3.
    pub max_attempts: Option<u32>,
    /// `"BackoffRate"`: by what each delay grows, at least 1. Default 2.
    pub backoff_rate: Option<f64>,
    /// `"MaxDelaySeconds"`: the longest delay, 1 to 31,622,400 s. Default: none.
    pub max_delay_seconds: Option<u32>,
    /// `"JitterStrategy": "FULL"`: each delay is random between 0 and the computed one.
    pub full_jitter: bool,
}

impl Retrier {
    /// Retries these errors.
    ///
    /// # Panics
    ///
    /// If there are none, or `States.ALL` is not alone; for a `const`, that is a compile error.
    #[must_use]
    #[track_caller]
    pub const fn on(error_equals: &'static [ErrorName]) -> Self {
        assert!(!error_equals.is_empty(), "a Retrier names at least one error");
        let mut i = 0;
        while i < error_equals.len() {
            assert!(
                !error_equals[i].is_all() || error_equals.len() == 1,
                "`States.ALL` must stand alone in a Retrier"
            );
            i += 1;
        }
        Self {
            comment: None,
            error_equals,
            interval_seconds: None,
            max_attempts: None,
            backoff_rate: None,
            max_delay_seconds: None,
            full_jitter: false,
        }
    }

    /// Never retries these errors, whatever the Retriers after it say: `"MaxAttempts": 0`.
    #[must_use]
    #[track_caller]
    pub const fn never(error_equals: &'static [ErrorName]) -> Self {
        Self::on(error_equals).max_attempts(0)
    }

    /// Sets `"IntervalSeconds"`: the delay before the first retry, 1 to 99,999,999 s.
    #[must_use]
    #[track_caller]
    pub const fn interval_seconds(mut self, seconds: u32) -> Self {
        assert!(seconds >= 1, "`IntervalSeconds` must be at least 1");
        assert!(seconds <= 99_999_999, "`IntervalSeconds` must be at most 99999999");
        self.interval_seconds = Some(seconds);
        self
    }

    /// Sets `"MaxAttempts"`: how many retries, 0 to 99,999,999; 0 is never.
    #[must_use]
    #[track_caller]
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        assert!(attempts <= 99_999_999, "`MaxAttempts` must be at most 99999999");
        self.max_attempts = Some(attempts);
        self
    }

    /// Sets `"BackoffRate"`: by what each delay is multiplied, at least 1.
    #[must_use]
    #[track_caller]
    pub const fn backoff_rate(mut self, rate: f64) -> Self {
        assert!(rate >= 1.0, "`BackoffRate` must be at least 1.0");
        assert!(rate.is_finite(), "`BackoffRate` must be a finite number");
        self.backoff_rate = Some(rate);
        self
    }

    /// Sets `"MaxDelaySeconds"`: the longest delay, 1 to 31,622,400 s.
    #[must_use]
    #[track_caller]
    pub const fn max_delay_seconds(mut self, seconds: u32) -> Self {
        assert!(seconds >= 1, "`MaxDelaySeconds` must be at least 1");
        assert!(seconds <= 31_622_400, "`MaxDelaySeconds` must be at most 31622400");
        self.max_delay_seconds = Some(seconds);
        self
    }

    /// Retries after these delays: finds `"IntervalSeconds"`, `"MaxAttempts"`, `"BackoffRate"` and, where the last delays are
    /// equal or shorter than the rate gives, `"MaxDelaySeconds"`.
    ///
    /// ```
    /// use stepwright::{Retrier, States};
    ///
    /// const CAPPED: Retrier = Retrier::on(&[States::ALL]).delays([5, 10, 20, 20, 20]);
    /// assert_eq!(CAPPED.max_delay_seconds, Some(20));
    /// ```
    ///
    /// # Panics
    ///
    /// If no Retrier has these delays; for a `const`, that is a compile error:
    ///
    /// ```compile_fail
    /// # use stepwright::{Retrier, States};
    /// const NO_RATE: Retrier = Retrier::on(&[States::ALL]).delays([1, 2, 3, 4]);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn delays<const N: usize>(mut self, seconds: [u32; N]) -> Self {
        let found = delays::geometry(&seconds);
        self.interval_seconds = Some(found.interval);
        self.max_attempts = Some(attempts(N));
        self.backoff_rate = found.rate;
        self.max_delay_seconds = found.longest;
        self
    }

    /// Sets `"Comment"`: why these errors, or these delays.
    ///
    /// ```
    /// use stepwright::{Retrier, States};
    ///
    /// const ONCE: Retrier = Retrier::on(&[States::TIMEOUT]).max_attempts(1).comment("a cold start");
    /// assert_eq!(ONCE.comment, Some("a cold start"));
    /// ```
    #[must_use]
    pub const fn comment(mut self, comment: &'static str) -> Self {
        self.comment = Some(comment);
        self
    }

    /// Sets `"JitterStrategy": "FULL"`.
    #[must_use]
    pub const fn full_jitter(mut self) -> Self {
        self.full_jitter = true;
        self
    }

    const fn matches_all(&self) -> bool {
        self.error_equals[0].is_all()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "nobody writes down four billion delays")]
const fn attempts(delays: usize) -> u32 {
    delays as u32
}
