//! Durations as people write them.

use std::fmt;
use std::time::Duration;

/// A duration that is written as people do: `0 s`, `1.5 s`, `1 min 5 s`, `4 h`, `1 d 2 h`.
///
/// To the millisecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span(pub Duration);

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        let parts = [(seconds / 86_400, "d"), (seconds / 3_600 % 24, "h"), (seconds / 60 % 60, "min")];
        let mut parts: Vec<String> = parts
            .iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, unit)| format!("{number} {unit}"))
            .collect();
        let (seconds, millis) = (seconds % 60, self.0.subsec_millis());
        if millis > 0 {
            let fraction = format!("{millis:03}");
            parts.push(format!("{seconds}.{} s", fraction.trim_end_matches('0')));
        } else if seconds > 0 || parts.is_empty() {
            parts.push(format!("{seconds} s"));
        }
        f.write_str(&parts.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Span;

    #[track_caller]
    fn check(millis: u64, expect: &str) {
        assert_eq!(Span(Duration::from_millis(millis)).to_string(), expect);
    }

    #[test]
    fn only_the_parts_that_count_are_written() {
        check(0, "0 s");
        check(1_500, "1.5 s");
        check(65_000, "1 min 5 s");
        check(4 * 3_600_000, "4 h");
        check(26 * 3_600_000 + 7, "1 d 2 h 0.007 s");
    }
}
