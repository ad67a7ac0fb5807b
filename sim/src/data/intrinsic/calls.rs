//! Calls of Intrinsic Functions, read.

use std::ops::RangeInclusive;

use serde_json::Value;

/// A call.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Call {
    pub(super) function: Function,
    pub(super) arguments: Vec<Argument>,
}

/// An argument of a call.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Argument {
    /// What stands between apostrophes, escapes included.
    Text(String),
    /// A number, `true`, `false` or `null`.
    Literal(Value),
    /// A Path.
    Path(String),
    /// A call.
    Call(Call),
}

/// Declares the functions once, each with its name and the number of its arguments.
macro_rules! functions {
    ($( $name:ident = $text:literal, $count:expr; )*) => {
        /// An Intrinsic Function.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Function { $( $name, )* }

        impl Function {
            #[cfg(test)]
            pub(super) const ALL: &'static [Self] = &[$( Self::$name, )*];

            /// The function of that name.
            pub(super) fn named(name: &str) -> Option<Self> {
                match name {
                    $( $text => Some(Self::$name), )*
                    _ => None,
                }
            }

            /// Its name.
            pub(super) fn name(self) -> &'static str {
                match self { $( Self::$name => $text, )* }
            }

            /// How many arguments it takes.
            pub(super) fn count(self) -> RangeInclusive<usize> {
                match self { $( Self::$name => $count, )* }
            }
        }
    };
}

functions! {
    Format = "States.Format", 1..=usize::MAX;
    StringToJson = "States.StringToJson", 1..=1;
    JsonToString = "States.JsonToString", 1..=1;
    StringSplit = "States.StringSplit", 2..=2;
    Array = "States.Array", 0..=usize::MAX;
    ArrayPartition = "States.ArrayPartition", 2..=2;
    ArrayContains = "States.ArrayContains", 2..=2;
    ArrayRange = "States.ArrayRange", 3..=3;
    ArrayGetItem = "States.ArrayGetItem", 2..=2;
    ArrayLength = "States.ArrayLength", 1..=1;
    ArrayUnique = "States.ArrayUnique", 1..=1;
    Base64Encode = "States.Base64Encode", 1..=1;
    Base64Decode = "States.Base64Decode", 1..=1;
    Hash = "States.Hash", 2..=2;
    JsonMerge = "States.JsonMerge", 3..=3;
    MathRandom = "States.MathRandom", 2..=3;
    MathAdd = "States.MathAdd", 2..=2;
    Uuid = "States.UUID", 0..=0;
}
