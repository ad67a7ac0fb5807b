//! What is said of JSON that does not fit its shape.

use std::fmt;

/// A place where JSON does not fit its shape.
#[derive(Debug, Clone, PartialEq)]
pub struct Mismatch {
    /// The place, as a JSON pointer.
    pub pointer: String,
    /// The innermost member of a structure that the place belongs to; `None` at the top.
    pub member: Option<&'static str>,
    /// What is wrong there.
    pub problem: Problem,
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    /// It is of another type.
    WrongType {
        /// The type that it should be of: `string`, `timestamp` (which is text too), `number`, `boolean`, `array` or `object`.
        expected: &'static str,
    },
    /// The text is none of those that the API knows.
    UnknownValue {
        /// The text.
        given: String,
        /// Those that it knows.
        known: &'static [&'static str],
    },
    /// The number is less than this.
    TooSmall(f64),
    /// The number is greater than this.
    TooLarge(f64),
    /// There are fewer characters or elements than this.
    TooShort(f64),
    /// There are more characters or elements than this.
    TooLong(f64),
    /// A member is not there.
    MissingMember(&'static str),
    /// There is no such member.
    UnknownMember {
        /// Its name, as it is written: in a Payload Template it may end in `.$`.
        name: String,
        /// The one that may have been meant.
        nearest: Option<&'static str>,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongType { expected } => write!(f, "must be of the type {expected}"),
            Self::UnknownValue { known, .. } => write!(f, "must be one of: {}", known.join(", ")),
            Self::TooSmall(min) => write!(f, "must be at least {min}"),
            Self::TooLarge(max) => write!(f, "must be at most {max}"),
            Self::TooShort(min) => write!(f, "must have a length of at least {min}"),
            Self::TooLong(max) => write!(f, "must have a length of at most {max}"),
            Self::MissingMember(name) => write!(f, "lacks the member `{name}`, which is required"),
            Self::UnknownMember { name, nearest: None } => write!(f, "must not have a member `{name}`"),
            Self::UnknownMember { name, nearest: Some(nearest) } => {
                write!(f, "must not have a member `{name}`; a member with a similar name is `{nearest}`")
            }
        }
    }
}
