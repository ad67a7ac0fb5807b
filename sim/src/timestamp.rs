//! Points in time as the service writes them.

use std::time::Duration;

/// Milliseconds since 1970 of a moment after another one.
pub(crate) fn after(started: i64, elapsed: Duration) -> i64 {
    started.saturating_add(i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX))
}

/// Writes milliseconds since 1970 as RFC 3339 in UTC: `2025-01-01T00:00:00.000Z`.
pub(crate) fn format(millis: i64) -> String {
    let (day, of_day) = (millis.div_euclid(MILLIS_PER_DAY), millis.rem_euclid(MILLIS_PER_DAY));
    let (year, month, day) = date(day);
    let (hour, minute) = (of_day / 3_600_000, of_day / 60_000 % 60);
    let (second, millis) = (of_day / 1_000 % 60, of_day % 1_000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z")
}

const MILLIS_PER_DAY: i64 = 24 * 60 * 60 * 1_000;

/// Days in the 400 years after which the Gregorian calendar repeats.
const DAYS_PER_ERA: i64 = 146_097;

/// Year, month and day of a number of days since 1970.
fn date(days: i64) -> (i64, i64, i64) {
    // Years are counted from March, so that the leap day comes last; 719,468 days lie between 0000-03-01 and 1970.
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(DAYS_PER_ERA), shifted.rem_euclid(DAYS_PER_ERA));
    let of_era_year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * of_era_year + of_era_year / 4 - of_era_year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = era * 400 + of_era_year + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::format;

    #[test]
    fn dates_follow_the_calendar() {
        assert_eq!(format(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(format(1_735_689_600_000), "2025-01-01T00:00:00.000Z");
        assert_eq!(format(951_782_400_000), "2000-02-29T00:00:00.000Z");
        assert_eq!(format(1_709_251_199_999), "2024-02-29T23:59:59.999Z");
        assert_eq!(format(-1), "1969-12-31T23:59:59.999Z");
    }
}
