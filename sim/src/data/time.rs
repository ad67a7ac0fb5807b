//! Points in time as texts.

/// A point in time: seconds since 1970 in UTC, and the nanoseconds that follow them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Whole seconds since the start of 1970, negative before.
    pub seconds: i64,
    /// Nanoseconds of the second, 0 to 999999999.
    pub nanos: u32,
}

impl Timestamp {
    /// Milliseconds since the start of 1970.
    pub fn millis(self) -> i64 {
        self.seconds.saturating_mul(1_000).saturating_add(i64::from(self.nanos / 1_000_000))
    }
}

/// Reads a time as the service does while it runs: ISO 8601, extended, with an offset.
///
/// Either case of `T` and `Z` will do, the seconds may be missing, and the offset may have seconds. This is what
/// Java's `ISO_OFFSET_DATE_TIME` takes.
pub fn parse(text: &str) -> Option<Timestamp> {
    read(text, Rules::Lenient)
}

/// Reads a time as definitions and Choice operators have it: RFC 3339 with upper-case `T` and `Z`.
///
/// Spec: "Timestamps".
pub fn parse_strict(text: &str) -> Option<Timestamp> {
    read(text, Rules::Strict)
}

#[derive(Clone, Copy, PartialEq)]
enum Rules {
    Strict,
    Lenient,
}

fn read(text: &str, rules: Rules) -> Option<Timestamp> {
    let mut cursor = Cursor { rest: text.as_bytes(), rules };
    let (year, month, day) = cursor.date()?;
    cursor.letter(b'T')?;
    let hour = cursor.number(2, 23)?;
    cursor.byte(b':')?;
    let minute = cursor.number(2, 59)?;
    let mut second = 0;
    let mut nanos = 0;
    if rules == Rules::Strict || cursor.peek() == Some(b':') {
        cursor.byte(b':')?;
        second = cursor.number(2, 59)?;
        nanos = cursor.fraction()?;
    }
    let offset = cursor.offset()?;
    if !cursor.rest.is_empty() {
        return None;
    }
    let of_day = i64::from(hour) * 3_600 + i64::from(minute) * 60 + i64::from(second);
    Some(Timestamp { seconds: days(year, month, day) * 86_400 + of_day - offset, nanos })
}

struct Cursor<'t> {
    rest: &'t [u8],
    rules: Rules,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn byte(&mut self, expected: u8) -> Option<()> {
        (self.next()? == expected).then_some(())
    }

    fn letter(&mut self, upper: u8) -> Option<()> {
        let found = self.next()?;
        (found == upper || (self.rules == Rules::Lenient && found.eq_ignore_ascii_case(&upper))).then_some(())
    }

    /// So many digits, and not more than `max`.
    fn number(&mut self, digits: usize, max: u32) -> Option<u32> {
        let mut value = 0;
        for _ in 0..digits {
            value = value * 10 + u32::from(self.next().filter(u8::is_ascii_digit)? - b'0');
        }
        (value <= max).then_some(value)
    }

    fn date(&mut self) -> Option<(u32, u32, u32)> {
        let year = self.number(4, 9_999)?;
        self.byte(b'-')?;
        let month = self.number(2, 12)?;
        self.byte(b'-')?;
        let day = self.number(2, 31)?;
        (month >= 1 && (1..=days_in(year, month)).contains(&day)).then_some((year, month, day))
    }

    /// The digits after a decimal point, as nanoseconds; 0 if there is no point.
    fn fraction(&mut self) -> Option<u32> {
        if self.peek() != Some(b'.') {
            return Some(0);
        }
        self.next();
        let digits = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (fraction, rest) = self.rest.split_at(digits);
        self.rest = rest;
        let too_long = self.rules == Rules::Lenient && digits > 9;
        if digits == 0 || too_long {
            return None;
        }
        let padded = fraction.iter().copied().chain(std::iter::repeat(b'0'));
        Some(padded.take(9).fold(0, |nanos, digit| nanos * 10 + u32::from(digit - b'0')))
    }

    /// The offset from UTC in seconds.
    fn offset(&mut self) -> Option<i64> {
        let sign = match self.peek()? {
            b'+' => 1,
            b'-' => -1,
            _ => {
                self.letter(b'Z')?;
                return Some(0);
            }
        };
        self.next();
        let hours = self.number(2, if self.rules == Rules::Strict { 23 } else { 18 })?;
        self.byte(b':')?;
        let minutes = self.number(2, 59)?;
        let mut seconds = 0;
        if self.rules == Rules::Lenient && self.peek() == Some(b':') {
            self.next();
            seconds = self.number(2, 59)?;
        }
        Some(sign * (i64::from(hours) * 3_600 + i64::from(minutes) * 60 + i64::from(seconds)))
    }
}

fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        2 => 28 + u32::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from the start of 1970 to that date.
fn days(year: u32, month: u32, day: u32) -> i64 {
    let years_before = i64::from(year) - 1;
    let leap_days = years_before.div_euclid(4) - years_before.div_euclid(100) + years_before.div_euclid(400);
    let of_year: u32 = (1..month).map(|month| days_in(year, month)).sum::<u32>() + day - 1;
    years_before * 365 + leap_days + i64::from(of_year) - DAYS_TO_1970
}

/// Days from the start of year 1 to that of 1970.
const DAYS_TO_1970: i64 = 719_162;

#[cfg(test)]
mod tests {
    use super::{Timestamp, parse, parse_strict};

    #[track_caller]
    fn check_both(text: &str, seconds: i64, nanos: u32) {
        let expect = Some(Timestamp { seconds, nanos });
        assert_eq!((parse(text), parse_strict(text)), (expect, expect), "{text}");
    }

    #[test]
    fn times_are_counted_from_1970() {
        check_both("1970-01-01T00:00:00Z", 0, 0);
        check_both("2016-03-14T01:59:00Z", 1_457_920_740, 0);
        check_both("2000-02-29T23:59:59.5Z", 951_868_799, 500_000_000);
        check_both("1969-12-31T23:59:59Z", -1, 0);
        check_both("0001-01-01T00:00:00Z", -62_135_596_800, 0);
        check_both("2016-03-05T21:29:29.243167252Z", 1_457_213_369, 243_167_252);
    }

    #[test]
    fn offsets_are_taken_off() {
        check_both("2012-10-09T19:00:55+01:00", 1_349_805_655, 0);
        check_both("2012-10-09T19:00:55-00:30", 1_349_811_055, 0);
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "2016-13-05T21:29:29Z",
            "2016-12-05T25:29:29Z",
            "2016-12-05 21:29:29Z",
            "05-12-2016T21:29:29Z",
            "2025-01-01T00:00:00.000000",
            "2012-10-09T19:00:55",
            "2023-02-24",
            "2023-02-29T00:00:00Z",
            "2023-02-24T00:00:00.Z",
            "2023-02-24T00:00:00Z ",
            "2023-02-24T00:00:00+0100",
            "２023-02-24T00:00:00Z",
        ] {
            assert_eq!((parse(text), parse_strict(text)), (None, None), "{text}");
        }
    }

    #[test]
    fn only_definitions_are_strict() {
        for text in ["2023-02-24t10:00:00z", "2023-02-24T10:00Z", "2023-02-24T10:00:00+00:00:00"] {
            assert_eq!(parse_strict(text), None, "{text}");
            assert_eq!(parse(text), Some(Timestamp { seconds: 1_677_232_800, nanos: 0 }), "{text}");
        }
    }
}
