//! State names.

use std::borrow::Cow;
use std::fmt;

/// The name of a state: 1 to 80 Unicode characters, unique in the whole state machine.
///
/// A name that is a constant is checked by the compiler; one that is built at run time
/// (`format!("PrepareTo{activity}")`) is checked when the workflow is compiled (`SW0202`).
///
/// Where a task needs the *name* of a state as data, pass the constant: a misspelt one does not compile,
/// and the compiler of the workflow makes sure that such a state exists.
///
/// ```
/// use stepwright::StateName;
///
/// const CHECK: StateName = StateName::new("CheckIfReposChanged");
/// assert_eq!(CHECK.as_str(), "CheckIfReposChanged");
/// ```
///
/// Spec: "States".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateName(Cow<'static, str>);

impl StateName {
    /// The greatest length of a state name, in Unicode characters.
    pub const MAX_CHARACTERS: usize = 80;

    /// A name written in the source.
    ///
    /// # Panics
    ///
    /// If the name is empty or longer than 80 characters; for a `const`, that is a compile error.
    #[must_use]
    #[track_caller]
    pub const fn new(name: &'static str) -> Self {
        assert!(!name.is_empty(), "a state name must not be empty");
        assert!(characters(name) <= Self::MAX_CHARACTERS, "a state name has at most 80 characters");
        Self(Cow::Borrowed(name))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Counts Unicode scalar values: every byte that is not a UTF-8 continuation byte starts one.
const fn characters(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut count, mut i) = (0, 0);
    while i < bytes.len() {
        if bytes[i] & 0b1100_0000 != 0b1000_0000 {
            count += 1;
        }
        i += 1;
    }
    count
}

impl fmt::Display for StateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&'static str> for StateName {
    fn from(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }
}

impl From<String> for StateName {
    fn from(name: String) -> Self {
        Self(Cow::Owned(name))
    }
}

impl From<&StateName> for StateName {
    fn from(name: &StateName) -> Self {
        name.clone()
    }
}

/// `ChargeCard` → `chargeCard`: the variable or document field that a state's result has by default.
pub(crate) fn lower_camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for part in name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
        let mut characters = part.chars();
        if let Some(first) = characters.next() {
            if out.is_empty() {
                out.extend(first.to_lowercase());
            } else {
                out.extend(first.to_uppercase());
            }
            out.extend(characters);
        }
    }
    // A variable name starts with a letter (UAX #31 ID_Start).
    if out.chars().next().is_none_or(|c| !c.is_alphabetic()) {
        out.insert_str(0, "value");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{StateName, characters, lower_camel};

    #[test]
    fn characters_are_unicode_scalar_values() {
        assert_eq!(characters("Zürich 😀"), 8);
    }

    #[test]
    fn results_are_named_after_their_state() {
        for (state, value) in
            [("ChargeCard", "chargeCard"), ("Pack and tell", "packAndTell"), ("1st", "value1st"), ("é", "é")]
        {
            assert_eq!(lower_camel(state), value);
        }
    }

    #[test]
    fn names_print_as_they_are() {
        assert_eq!(StateName::new("Ship").to_string(), "Ship");
    }
}
