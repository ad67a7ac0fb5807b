//! Calls of Intrinsic Functions, and the functions.

use std::ops::RangeInclusive;

use serde_json::Value;

/// A call.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// What is called.
    pub function: Function,
    /// Its arguments in order.
    pub arguments: Vec<Argument>,
}

/// An argument of a call.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// What stands between apostrophes, escapes included.
    Text(String),
    /// A number, `true`, `false` or `null`.
    Literal(Value),
    /// A Path.
    Path(String),
    /// A call.
    Call(Call),
}

/// What a function takes or gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any value.
    Any,
    /// A string.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl Kind {
    /// "a string".
    pub fn title(self) -> &'static str {
        match self {
            Self::Any => "a value",
            Self::Text => "a string",
            Self::Number => "a number",
            Self::Boolean => "a boolean",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

/// Declares the functions once: `Name = "name", number of arguments, [their kinds] -> the result's kind`. The last kind
/// is also that of all further arguments.
macro_rules! functions {
    ($( $name:ident = $text:literal, $count:expr, [$($kind:ident),*] -> $result:ident; )*) => {
        /// An Intrinsic Function.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Function { $( #[doc = concat!("`", $text, "`.")] $name, )* }

        impl Function {
            /// All functions.
            pub const ALL: &'static [Self] = &[$( Self::$name, )*];

            /// The function of that name.
            pub fn named(name: &str) -> Option<Self> {
                match name {
                    $( $text => Some(Self::$name), )*
                    _ => None,
                }
            }

            /// Its name.
            pub fn name(self) -> &'static str {
                match self { $( Self::$name => $text, )* }
            }

            /// How many arguments it takes.
            pub fn count(self) -> RangeInclusive<usize> {
                match self { $( Self::$name => $count, )* }
            }

            /// What it takes as the argument at that index.
            pub fn argument(self, index: usize) -> Kind {
                let kinds: &[Kind] = match self { $( Self::$name => &[$( Kind::$kind ),*], )* };
                kinds.get(index).or(kinds.last()).copied().unwrap_or(Kind::Any)
            }

            /// What it gives.
            pub fn result(self) -> Kind {
                match self { $( Self::$name => Kind::$result, )* }
            }
        }
    };
}

functions! {
    Format = "States.Format", 1..=usize::MAX, [Text, Any] -> Text;
    StringToJson = "States.StringToJson", 1..=1, [Text] -> Any;
    JsonToString = "States.JsonToString", 1..=1, [Any] -> Text;
    StringSplit = "States.StringSplit", 2..=2, [Text, Text] -> Array;
    Array = "States.Array", 0..=usize::MAX, [Any] -> Array;
    ArrayPartition = "States.ArrayPartition", 2..=2, [Array, Number] -> Array;
    ArrayContains = "States.ArrayContains", 2..=2, [Array, Any] -> Boolean;
    ArrayRange = "States.ArrayRange", 3..=3, [Number, Number, Number] -> Array;
    ArrayGetItem = "States.ArrayGetItem", 2..=2, [Array, Number] -> Any;
    ArrayLength = "States.ArrayLength", 1..=1, [Array] -> Number;
    ArrayUnique = "States.ArrayUnique", 1..=1, [Array] -> Array;
    Base64Encode = "States.Base64Encode", 1..=1, [Text] -> Text;
    Base64Decode = "States.Base64Decode", 1..=1, [Text] -> Text;
    Hash = "States.Hash", 2..=2, [Any, Text] -> Text;
    JsonMerge = "States.JsonMerge", 3..=3, [Object, Object, Boolean] -> Object;
    MathRandom = "States.MathRandom", 2..=3, [Number, Number, Number] -> Number;
    MathAdd = "States.MathAdd", 2..=2, [Number, Number] -> Number;
    Uuid = "States.UUID", 0..=0, [] -> Text;
}
