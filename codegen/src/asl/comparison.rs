//! The operators of a Data-test Expression.

use serde::ser::SerializeMap;
use serde_json::Number;

use crate::asl::json::Json;
use crate::asl::object::{FieldInfo, Shape, Slot};
use crate::asl::read::Reader;

/// Declares the operators once, each with the type of its operand.
macro_rules! comparisons {
    ($( $(#[$meta:meta])* $name:ident($ty:ty), )*) => {
        /// A comparison operator with its operand. The names are those of the language; `…Path` operators have a Path
        /// to the operand. Spec: "Data-test expression".
        #[derive(Debug, Clone, PartialEq)]
        pub enum Comparison { $( $(#[$meta])* $name($ty), )* }

        impl Comparison {
            /// The operators as fields of a Choice Rule.
            pub(crate) const FIELDS: &'static [FieldInfo] =
                &[$( FieldInfo { name: stringify!($name), required: false } ),*];

            /// Converts a field of a Choice Rule. `None`: it is no operator; its operand is `None` when reported.
            pub(crate) fn read<'j>(
                name: &str,
                json: &'j Json,
                reader: &mut Reader<'j>,
            ) -> Option<(&'static str, Option<Self>)> {
                $( if name == stringify!($name) {
                    return Some((stringify!($name), Shape::read(json, reader).map(Self::$name)));
                } )*
                None
            }

            /// Writes the field: name and operand.
            pub(crate) fn write_field<M: SerializeMap>(&self, out: &mut M) -> Result<(), M::Error> {
                match self { $( Self::$name(operand) => operand.write_field(stringify!($name), out), )* }
            }

            /// The operator's name, such as `StringEquals`.
            pub fn name(&self) -> &'static str {
                match self { $( Self::$name(_) => stringify!($name), )* }
            }
        }
    };
}

comparisons! {
    /// The same text.
    StringEquals(String),
    /// Earlier in the order of UTF-16 code units.
    StringLessThan(String),
    /// Later in the order of UTF-16 code units.
    StringGreaterThan(String),
    /// Not later.
    StringLessThanEquals(String),
    /// Not earlier.
    StringGreaterThanEquals(String),
    /// As [`StringEquals`](Self::StringEquals), with a Path.
    StringEqualsPath(String),
    /// As [`StringLessThan`](Self::StringLessThan), with a Path.
    StringLessThanPath(String),
    /// As [`StringGreaterThan`](Self::StringGreaterThan), with a Path.
    StringGreaterThanPath(String),
    /// As [`StringLessThanEquals`](Self::StringLessThanEquals), with a Path.
    StringLessThanEqualsPath(String),
    /// As [`StringGreaterThanEquals`](Self::StringGreaterThanEquals), with a Path.
    StringGreaterThanEqualsPath(String),
    /// Matches a pattern in which `*` stands for any text.
    StringMatches(String),
    /// The same number.
    NumericEquals(Number),
    /// A smaller number.
    NumericLessThan(Number),
    /// A greater number.
    NumericGreaterThan(Number),
    /// Not a greater number.
    NumericLessThanEquals(Number),
    /// Not a smaller number.
    NumericGreaterThanEquals(Number),
    /// As [`NumericEquals`](Self::NumericEquals), with a Path.
    NumericEqualsPath(String),
    /// As [`NumericLessThan`](Self::NumericLessThan), with a Path.
    NumericLessThanPath(String),
    /// As [`NumericGreaterThan`](Self::NumericGreaterThan), with a Path.
    NumericGreaterThanPath(String),
    /// As [`NumericLessThanEquals`](Self::NumericLessThanEquals), with a Path.
    NumericLessThanEqualsPath(String),
    /// As [`NumericGreaterThanEquals`](Self::NumericGreaterThanEquals), with a Path.
    NumericGreaterThanEqualsPath(String),
    /// The same boolean.
    BooleanEquals(bool),
    /// As [`BooleanEquals`](Self::BooleanEquals), with a Path.
    BooleanEqualsPath(String),
    /// The same instant.
    TimestampEquals(String),
    /// An earlier instant.
    TimestampLessThan(String),
    /// A later instant.
    TimestampGreaterThan(String),
    /// Not a later instant.
    TimestampLessThanEquals(String),
    /// Not an earlier instant.
    TimestampGreaterThanEquals(String),
    /// As [`TimestampEquals`](Self::TimestampEquals), with a Path.
    TimestampEqualsPath(String),
    /// As [`TimestampLessThan`](Self::TimestampLessThan), with a Path.
    TimestampLessThanPath(String),
    /// As [`TimestampGreaterThan`](Self::TimestampGreaterThan), with a Path.
    TimestampGreaterThanPath(String),
    /// As [`TimestampLessThanEquals`](Self::TimestampLessThanEquals), with a Path.
    TimestampLessThanEqualsPath(String),
    /// As [`TimestampGreaterThanEquals`](Self::TimestampGreaterThanEquals), with a Path.
    TimestampGreaterThanEqualsPath(String),
    /// Whether it is `null`.
    IsNull(bool),
    /// Whether there is such a value, `null` included.
    IsPresent(bool),
    /// Whether it is a number.
    IsNumeric(bool),
    /// Whether it is a string.
    IsString(bool),
    /// Whether it is a boolean.
    IsBoolean(bool),
    /// Whether it is an RFC 3339 timestamp.
    IsTimestamp(bool),
}

impl Comparison {
    /// The Path to the operand, of a `…Path` operator.
    pub(crate) fn path(&self) -> Option<&String> {
        match self {
            Self::StringEqualsPath(path)
            | Self::StringLessThanPath(path)
            | Self::StringGreaterThanPath(path)
            | Self::StringLessThanEqualsPath(path)
            | Self::StringGreaterThanEqualsPath(path)
            | Self::NumericEqualsPath(path)
            | Self::NumericLessThanPath(path)
            | Self::NumericGreaterThanPath(path)
            | Self::NumericLessThanEqualsPath(path)
            | Self::NumericGreaterThanEqualsPath(path)
            | Self::TimestampEqualsPath(path)
            | Self::TimestampLessThanPath(path)
            | Self::TimestampGreaterThanPath(path)
            | Self::TimestampLessThanEqualsPath(path)
            | Self::TimestampGreaterThanEqualsPath(path)
            | Self::BooleanEqualsPath(path) => Some(path),
            _ => None,
        }
    }

    /// The operand of a `Timestamp…` operator, where it is a constant.
    pub(crate) fn timestamp(&self) -> Option<&str> {
        match self {
            Self::TimestampEquals(time)
            | Self::TimestampLessThan(time)
            | Self::TimestampGreaterThan(time)
            | Self::TimestampLessThanEquals(time)
            | Self::TimestampGreaterThanEquals(time) => Some(time),
            _ => None,
        }
    }
}
