//! A retry policy, and what it may cost.

use std::fmt;

use stepwright_codegen::asl::Retrier;

use crate::policies::schedule::{Schedule, Time, to_f64};

/// The Retriers of a state. Two are equal if they do the same, whatever they leave to the defaults.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Policy {
    /// One for each Retrier, in order.
    pub(crate) rules: Vec<Rule>,
}

/// What a Retrier does.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rule {
    /// The Error Names it is for.
    pub(crate) errors: Vec<String>,
    /// When it tries again.
    pub(crate) schedule: Schedule,
}

/// How long one attempt may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Timeout {
    /// So many seconds.
    Seconds(u64),
    /// What the data says.
    Data,
    /// As long as it likes.
    None,
}

impl fmt::Display for Timeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seconds(seconds) => Time(to_f64(*seconds)).fmt(f),
            Self::Data => f.write_str("data"),
            Self::None => f.write_str("-"),
        }
    }
}

impl Policy {
    pub(crate) fn of(retriers: &[Retrier]) -> Self {
        let rule = |retrier: &Retrier| Rule {
            errors: retrier.error_equals.clone(),
            schedule: Schedule::of(retrier),
        };
        Self { rules: retriers.iter().map(rule).collect() }
    }

    /// How long a state takes if each attempt runs into its timeout: "≤ 12 h 6 min". Without a timeout, the
    /// waiting and the number of attempts: "6 min + 3 attempts".
    pub(crate) fn worst_case(&self, timeout: Timeout) -> String {
        let waiting: f64 = self.rules.iter().map(|rule| rule.schedule.total()).sum();
        // Each Retrier counts its own retries.
        let retries = self.rules.iter().fold(0_u64, |sum, rule| sum.saturating_add(rule.schedule.retries));
        let attempts = retries.saturating_add(1);
        match timeout {
            Timeout::Seconds(seconds) => {
                format!("≤ {}", Time(waiting + to_f64(attempts) * to_f64(seconds)))
            }
            Timeout::Data | Timeout::None if retries == 0 => "1 attempt".to_owned(),
            Timeout::Data | Timeout::None => format!("{} + {attempts} attempts", Time(waiting)),
        }
    }
}

#[cfg(test)]
mod tests {
    use stepwright_codegen::asl::Retrier;

    use super::{Policy, Timeout};

    fn activity() -> Policy {
        Policy::of(&[Retrier {
            interval_seconds: Some(60),
            max_attempts: Some(2),
            backoff_rate: Some(5.into()),
            ..Retrier::default()
        }])
    }

    #[test]
    fn the_worst_case_is_all_waiting_and_all_timeouts() {
        assert_eq!(activity().worst_case(Timeout::Seconds(14_400)), "≤ 12 h 6 min");
        assert_eq!(activity().worst_case(Timeout::None), "6 min + 3 attempts");
    }

    #[test]
    fn without_retries_there_is_one_attempt() {
        assert_eq!(Policy::default().worst_case(Timeout::Seconds(30)), "≤ 30 s");
        assert_eq!(Policy::default().worst_case(Timeout::Data), "1 attempt");
    }

    #[test]
    fn a_default_is_equal_to_its_value() {
        let explicit = Retrier { max_attempts: Some(3), backoff_rate: Some(2.into()), ..Retrier::default() };
        assert_eq!(Policy::of(&[explicit]), Policy::of(&[Retrier::default()]));
    }
}
