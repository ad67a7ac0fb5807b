//! Rules for names, as far as they are lexical.

use std::fmt::Display;

use proc_macro2::Span;

use crate::errors::Errors;

/// The longest name that a state can have, in Unicode characters.
const MAX_STATE_NAME: usize = 80;

pub(crate) fn state_name_problem(name: &str) -> Option<String> {
    let length = name.chars().count();
    if length == 0 {
        Some("a state name cannot be empty".to_owned())
    } else if length > MAX_STATE_NAME {
        Some(format!("a state name has at most {MAX_STATE_NAME} characters; this one has {length}"))
    } else {
        None
    }
}

/// Reports each JSON key that an earlier one equals. `noun` names in the plural what has the keys.
pub(crate) fn check_distinct<'a>(
    keys: impl Iterator<Item = (&'a str, Span)>,
    noun: impl Display,
    errors: &mut Errors,
) {
    let mut seen: Vec<&str> = Vec::new();
    for (key, span) in keys {
        if seen.contains(&key) {
            errors.at(
                span,
                format_args!(
                    "two {noun} are called `{key}` in JSON; give one another name with `#[serde(rename = \"…\")]`"
                ),
            );
        }
        seen.push(key);
    }
}

/// The line that a span starts in, if there is a source to speak of.
pub(crate) fn line(span: Span) -> Option<usize> {
    // Outside of a macro call, that is in our tests, `unwrap` would panic.
    proc_macro::is_available().then(|| span.unwrap().line())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn state_names_have_80_characters_at_most() {
        assert_eq!(state_name_problem("ChargeCard"), None);
        assert_eq!(state_name_problem(&"ü".repeat(80)), None);
        assert_eq!(
            state_name_problem(&"ü".repeat(81)),
            Some("a state name has at most 80 characters; this one has 81".to_owned())
        );
        assert_eq!(state_name_problem(""), Some("a state name cannot be empty".to_owned()));
    }
}
