//! When a Retrier tries again.

use std::fmt::{self, Write};

use stepwright_codegen::asl::{JitterStrategy, Retrier};

/// How a Retrier spaces its attempts, defaults filled in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Schedule {
    interval: f64,
    rate: f64,
    longest: f64,
    /// How many retries there are at the most.
    pub(crate) retries: u64,
    jitter: bool,
}

/// How many delays are shown.
const SHOWN: usize = 8;

/// How long a Standard execution lasts at the most; what is longer is not told apart.
const YEAR: f64 = 365.0 * 86_400.0;

impl Schedule {
    pub(crate) fn of(retrier: &Retrier) -> Self {
        Self {
            interval: to_f64(retrier.interval_seconds.unwrap_or(1)),
            rate: retrier.backoff_rate.as_ref().and_then(serde_json::Number::as_f64).unwrap_or(2.0),
            longest: retrier.max_delay_seconds.map_or(f64::INFINITY, to_f64),
            retries: retrier.max_attempts.unwrap_or(3),
            jitter: retrier.jitter_strategy == Some(JitterStrategy::Full),
        }
    }

    /// The delays in seconds, first to last. With jitter, the longest possible.
    fn delays(&self) -> impl Iterator<Item = f64> + use<> {
        let Self { mut interval, rate, longest, retries, .. } = *self;
        (0..retries).map(move |_| {
            let delay = interval.min(longest);
            interval *= rate;
            delay
        })
    }

    /// All delays together, in seconds; more than a year is not counted on.
    pub(crate) fn total(&self) -> f64 {
        let mut total = 0.0;
        for delay in self.delays() {
            total += delay;
            if total > YEAR {
                break;
            }
        }
        total
    }

    /// "5, the first after 5 s, backoff 2".
    pub(crate) fn summary(&self) -> String {
        if self.retries == 0 {
            return "never".to_owned();
        }
        let mut text = format!("{}, the first after {}", self.retries, Time(self.interval));
        if self.retries > 1 {
            let _ = write!(text, ", backoff {}", self.rate);
        }
        if self.longest.is_finite() {
            let _ = write!(text, ", at most {}", Time(self.longest));
        }
        if self.jitter {
            text.push_str(", full jitter");
        }
        text
    }

    /// "5, 10, 20, 40, 80 s (2 min 35 s in all)"; empty if there is nothing to say.
    pub(crate) fn timetable(&self) -> String {
        let shown: Vec<f64> = self.delays().take(SHOWN).collect();
        let more = if self.retries > shown.len() as u64 { ", …" } else { "" };
        match shown.as_slice() {
            [] => String::new(),
            [only] if more.is_empty() => Time(*only).to_string(),
            delays => format!("{}{more} ({} in all)", times(delays), Time(self.total())),
        }
    }
}

/// Delays with one unit where they are short: "5, 10, 20, 40, 80 s", or "1 min, 5 min".
fn times(seconds: &[f64]) -> String {
    let minutes = seconds.iter().all(|seconds| seconds % 60.0 == 0.0);
    if minutes || seconds.iter().any(|seconds| *seconds >= 120.0) {
        let times: Vec<String> = seconds.iter().map(|seconds| Time(*seconds).to_string()).collect();
        return times.join(", ");
    }
    let numbers: Vec<String> = seconds.iter().map(|seconds| rounded(*seconds).to_string()).collect();
    format!("{} s", numbers.join(", "))
}

/// A number of seconds, written in days, hours, minutes and seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Time(pub(crate) f64);

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 > YEAR {
            return f.write_str("over a year");
        }
        if self.0 < 60.0 {
            return f.pad(&format!("{} s", rounded(self.0)));
        }
        // Up, since it is a bound.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "60 s to one year")]
        let seconds = self.0.ceil() as u64;
        let parts = [
            (seconds / 86_400, "d"),
            (seconds / 3600 % 24, "h"),
            (seconds / 60 % 60, "min"),
            (seconds % 60, "s"),
        ];
        let parts = parts.iter().filter(|(number, _)| *number > 0);
        let parts: Vec<String> = parts.map(|(number, unit)| format!("{number} {unit}")).collect();
        f.pad(&parts.join(" "))
    }
}

/// Seconds with at most two decimals.
fn rounded(seconds: f64) -> f64 {
    (seconds * 100.0).round() / 100.0
}

/// Numbers of seconds and attempts have at most eight digits.
#[expect(clippy::cast_precision_loss, reason = "exact below 2^53, and more than a year is not told apart")]
pub(crate) fn to_f64(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use stepwright_codegen::asl::{JitterStrategy, Retrier};

    use super::{Schedule, Time};

    fn schedule(interval: u64, retries: u64, rate: f64) -> Schedule {
        Schedule::of(&Retrier {
            interval_seconds: Some(interval),
            max_attempts: Some(retries),
            backoff_rate: serde_json::Number::from_f64(rate),
            ..Retrier::default()
        })
    }

    #[test]
    fn short_delays_share_their_unit() {
        assert_eq!(schedule(5, 5, 2.0).timetable(), "5, 10, 20, 40, 80 s (2 min 35 s in all)");
        assert_eq!(schedule(1, 3, 1.5).timetable(), "1, 1.5, 2.25 s (4.75 s in all)");
    }

    #[test]
    fn long_delays_have_units_that_people_count_in() {
        assert_eq!(schedule(60, 2, 5.0).timetable(), "1 min, 5 min (6 min in all)");
        assert_eq!(schedule(90, 2, 2.0).timetable(), "1 min 30 s, 3 min (4 min 30 s in all)");
        assert_eq!(schedule(14_400, 1, 2.0).timetable(), "4 h");
    }

    #[test]
    fn defaults_are_those_of_the_service() {
        let schedule = Schedule::of(&Retrier::default());
        assert_eq!(schedule.summary(), "3, the first after 1 s, backoff 2");
        assert_eq!(schedule.timetable(), "1, 2, 4 s (7 s in all)");
    }

    #[test]
    fn limits_and_jitter_are_told() {
        let schedule = Schedule::of(&Retrier {
            max_delay_seconds: Some(3),
            jitter_strategy: Some(JitterStrategy::Full),
            ..Retrier::default()
        });
        assert_eq!(schedule.summary(), "3, the first after 1 s, backoff 2, at most 3 s, full jitter");
        assert_eq!(schedule.timetable(), "1, 2, 3 s (6 s in all)");
    }

    #[test]
    fn never_has_no_delays() {
        assert_eq!(schedule(1, 0, 2.0).summary(), "never");
        assert_eq!(schedule(1, 0, 2.0).timetable(), "");
    }

    #[test]
    fn endless_retries_end() {
        let text = schedule(1, 99_999_999, 1.0).timetable();
        assert_eq!(text, "1, 1, 1, 1, 1, 1, 1, 1 s, … (over a year in all)");
        let text = schedule(99_999_999, 99_999_999, 1e300).timetable();
        assert!(text.ends_with("over a year, … (over a year in all)"), "{text}");
    }

    #[test]
    fn times_are_rounded_up() {
        assert_eq!(
            [86_399.5, 43_560.0, 59.999].map(|seconds| Time(seconds).to_string()),
            ["1 d", "12 h 6 min", "60 s"]
        );
    }
}
