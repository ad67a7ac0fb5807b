//! Durations in attributes: `"90s"`, `"30m"`, `"1h30m"`, `"7d"`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The units, longest first, with their length in seconds.
const UNITS: [(char, u64); 4] = [('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

/// The longest timeout that a state can have.
const MAX_SECONDS: u64 = 99_999_999;

/// A number of seconds as an `Option` in the expansion.
pub(crate) fn optional(seconds: Option<u64>) -> TokenStream {
    seconds.map(Literal::u64_unsuffixed).map_or_else(
        || quote!(::core::option::Option::None),
        |seconds| quote!(::core::option::Option::Some(#seconds)),
    )
}

/// Whole seconds of a duration, or what is wrong with it.
pub(crate) fn seconds(text: &str) -> Result<u64, String> {
    let malformed = || {
        format!(
            "`{text}` is not a duration; write whole numbers with units, longest first, like \"90s\", \"30m\", \
             \"1h30m\" or \"7d\""
        )
    };
    let mut total = 0_u64;
    let mut units = UNITS.iter();
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|char: char| !char.is_ascii_digit()).ok_or_else(malformed)?;
        let (number, tail) = rest.split_at(digits);
        let mut tail = tail.chars();
        let unit = tail.next().ok_or_else(malformed)?;
        // Searching on from the last unit keeps "30m1h" and "1m1m" out.
        let (_, length) = units.find(|(known, _)| *known == unit).ok_or_else(malformed)?;
        if number.is_empty() {
            return Err(malformed());
        }
        // Too many digits for a `u64` is too long as well.
        let number = number.parse().unwrap_or(u64::MAX);
        total = total.saturating_add(length.saturating_mul(number));
        rest = tail.as_str();
    }
    match total {
        _ if text.is_empty() => Err(malformed()),
        0 => Err(format!("`{text}` is no time at all; the shortest is \"1s\"")),
        1..=MAX_SECONDS => Ok(total),
        _ => {
            Err(format!("`{text}` is too long; the longest is \"{MAX_SECONDS}s\", a little over three years"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_in_seconds() {
        assert_eq!(seconds("1s"), Ok(1));
        assert_eq!(seconds("30m"), Ok(1_800));
        assert_eq!(seconds("1h30m"), Ok(5_400));
        assert_eq!(seconds("1d1h1m1s"), Ok(90_061));
        assert_eq!(seconds("99999999s"), Ok(99_999_999));
    }

    #[test]
    fn malformed_durations_are_refused() {
        for text in ["", "m", "30", "30 m", "1.5h", "-1s", "30m1h", "1m1m", "1w", "30min", "1hm"] {
            let message = seconds(text).unwrap_err();
            assert!(message.contains("is not a duration; write whole numbers with units"), "{message}");
        }
    }

    #[test]
    fn durations_have_a_range() {
        assert_eq!(seconds("0s").unwrap_err(), "`0s` is no time at all; the shortest is \"1s\"");
        for text in ["100000000s", "1158d", "99999999999999999999999s"] {
            assert_eq!(
                seconds(text).unwrap_err(),
                format!("`{text}` is too long; the longest is \"99999999s\", a little over three years")
            );
        }
    }
}
