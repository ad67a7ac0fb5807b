//! Operators in filters of Paths.

use crate::asl::path::parse::Cursor;

/// Declares the operators once, in the order in which they are looked for.
macro_rules! operators {
    ($( $name:ident = $text:literal, )*) => {
        /// A comparison operator.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Operator { $( #[doc = concat!("`", $text, "`.")] $name, )* }

        impl Operator {
            const ALL: &'static [(&'static str, Self)] = &[$( ($text, Self::$name), )*];
        }
    };
}

// A longer operator stands before one that it starts with.
operators! {
    SameType = "===",
    OtherType = "!==",
    Equal = "==",
    NotEqual = "!=",
    Matches = "=~",
    AtMost = "<=",
    Less = "<",
    AtLeast = ">=",
    Greater = ">",
    In = "in",
    NotIn = "nin",
    SubsetOf = "subsetof",
    AnyOf = "anyof",
    NoneOf = "noneof",
    AllOf = "all",
    Contains = "contains",
    Size = "size",
    Empty = "empty",
}

impl Operator {
    /// The operator that comes next, in either case of letters.
    pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Self> {
        for (text, operator) in Self::ALL {
            let Some(found) = cursor.rest.get(..text.len()) else { continue };
            let after = cursor.rest[text.len()..].chars().next();
            let is_word = text.starts_with(char::is_alphabetic);
            let goes_on = is_word && after.is_some_and(char::is_alphanumeric);
            if found.eq_ignore_ascii_case(text) && !goes_on {
                cursor.rest = &cursor.rest[text.len()..];
                return Some(*operator);
            }
        }
        None
    }
}
