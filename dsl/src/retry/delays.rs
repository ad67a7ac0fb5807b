//! From a list of delays back to the fields of a Retrier, while the program is compiled.

/// What gives the delays.
pub(super) struct Geometry {
    pub(super) interval: u32,
    /// `None`: the default of 2, or there is only one delay.
    pub(super) rate: Option<f64>,
    pub(super) longest: Option<u32>,
}

/// The longest delay that a Retrier can cut off at.
pub(super) const MAX_DELAY: u32 = 31_622_400;
/// The longest delay before the first retry.
pub(super) const MAX_INTERVAL: u32 = 99_999_999;

/// Finds the fields; where no Retrier has these delays, panics with the reason.
#[track_caller]
pub(super) const fn geometry(delays: &[u32]) -> Geometry {
    check(delays);
    let interval = delays[0];
    if delays.len() == 1 {
        return Geometry { interval, rate: None, longest: None };
    }
    let (second, last) = (delays[1], delays[delays.len() - 1]);
    if grows(delays, second, None) && is_decimal(second, interval) {
        return Geometry { interval, rate: rate(second, interval), longest: None };
    }
    // What is cut off right away hides the rate, so the next whole one will do.
    let ratio = if second == last { interval * second.div_ceil(interval) } else { second };
    assert!(
        grows(delays, ratio, Some(last)),
        "no `BackoffRate` gives these delays: each is the one before it times the same rate, up to a longest one"
    );
    assert!(
        is_decimal(ratio, interval),
        "these delays grow by a rate that is no decimal number, so `BackoffRate` cannot hold it exactly"
    );
    assert!(last <= MAX_DELAY, "`MaxDelaySeconds` must be at most 31622400");
    Geometry { interval, rate: rate(ratio, interval), longest: Some(last) }
}

#[track_caller]
const fn check(delays: &[u32]) {
    assert!(!delays.is_empty(), "there is no delay in the list; `Retrier::never` is for no retries");
    let mut i = 0;
    while i < delays.len() {
        assert!(delays[i] >= 1, "a delay must be at least 1 s");
        assert!(delays[i] <= MAX_INTERVAL, "a delay must be at most 99999999 s");
        assert!(i == 0 || delays[i] >= delays[i - 1], "delays cannot shrink: `BackoffRate` is at least 1");
        i += 1;
    }
}

/// Whether each delay is the one before times `second / first`, or the longest where that is more. Exact: no rounding.
const fn grows(delays: &[u32], second: u32, longest: Option<u32>) -> bool {
    let mut i = 1;
    while i < delays.len() {
        let grown = delays[i - 1] as u64 * second as u64;
        let expected = match longest {
            Some(longest) if grown >= longest as u64 * delays[0] as u64 => longest as u64 * delays[0] as u64,
            _ => grown,
        };
        if delays[i] as u64 * delays[0] as u64 != expected {
            return false;
        }
        i += 1;
    }
    true
}

/// Whether the ratio has at most six decimals.
const fn is_decimal(second: u32, first: u32) -> bool {
    (second as u64 * 1_000_000).is_multiple_of(first as u64)
}

const fn rate(second: u32, first: u32) -> Option<f64> {
    if second as u64 == 2 * first as u64 { None } else { Some(second as f64 / first as f64) }
}

#[cfg(test)]
mod tests {
    use super::super::Retrier;
    use crate::States;

    #[track_caller]
    fn check_found<const N: usize>(delays: [u32; N], interval: u32, rate: Option<f64>, longest: Option<u32>) {
        let retrier = Retrier::on(&[States::ALL]).delays(delays);
        assert_eq!(retrier.interval_seconds, Some(interval));
        assert_eq!(retrier.backoff_rate, rate);
        assert_eq!(retrier.max_delay_seconds, longest);
        let found: Vec<f64> = retrier.schedule().map(|delay| delay.as_secs_f64()).collect();
        let wanted: Vec<f64> = delays.into_iter().map(f64::from).collect();
        assert!(found.iter().zip(&wanted).all(|(a, b)| (a - b).abs() < 1e-6), "{found:?} is not {wanted:?}");
        assert_eq!(found.len(), wanted.len());
    }

    #[test]
    fn a_rate_is_found() {
        check_found([5, 10, 20, 40, 80], 5, None, None);
        check_found([60, 300], 60, Some(5.0), None);
        check_found([4, 6, 9], 4, Some(1.5), None);
        check_found([100, 110, 121], 100, Some(1.1), None);
        check_found([30, 30, 30], 30, Some(1.0), None);
        check_found([30], 30, None, None);
    }

    #[test]
    fn a_longest_delay_is_found() {
        check_found([5, 10, 20, 20, 20], 5, None, Some(20));
        check_found([5, 10, 20, 33], 5, None, Some(33));
        check_found([5, 20, 20], 5, Some(4.0), Some(20));
        check_found([3, 10, 10], 3, Some(4.0), Some(10));
        check_found([3, 4], 3, None, Some(4));
    }

    #[test]
    fn what_was_set_before_is_replaced() {
        let retrier =
            Retrier::on(&[States::ALL]).max_delay_seconds(7).backoff_rate(3.0).full_jitter().delays([2, 4]);
        assert_eq!(retrier, Retrier::on(&[States::ALL]).interval_seconds(2).max_attempts(2).full_jitter());
    }

    fn refused<const N: usize>(delays: [u32; N]) -> bool {
        std::panic::catch_unwind(|| Retrier::on(&[States::ALL]).delays(delays)).is_err()
    }

    #[test]
    fn other_lists_are_refused() {
        assert!(refused([]));
        assert!(refused([0, 1]));
        assert!(refused([2, 1]));
        assert!(refused([5, 5, 10]));
        assert!(refused([1, 2, 3, 4]));
        assert!(refused([9, 12, 16]));
        assert!(refused([1, 2, 99_999_998, 99_999_999]));
    }

    /// Every list of three short delays is either refused or given back as it is.
    #[test]
    fn all_short_lists_come_out_as_they_went_in() {
        let mut accepted = 0;
        for delays in (1..=9).flat_map(|a| (1..=9).flat_map(move |b| (1..=30).map(move |c| [a, b, c]))) {
            let found = std::panic::catch_unwind(|| Retrier::on(&[States::ALL]).delays(delays));
            if let Ok(retrier) = found {
                accepted += 1;
                let seconds: Vec<f64> = retrier.schedule().map(|delay| delay.as_secs_f64()).collect();
                assert!(
                    delays.iter().zip(seconds).all(|(a, b)| (f64::from(*a) - b).abs() < 1e-6),
                    "{delays:?}"
                );
            }
        }
        assert!(accepted > 200, "{accepted}");
    }
}
