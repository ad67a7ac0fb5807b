//! The functions that an expression can call.

use super::Kind;

/// A function of a query language; what its arguments are is said in the order of the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// Text: the number of characters.
    TextLength,
    /// Text: in capitals.
    Uppercase,
    /// Text: in small letters.
    Lowercase,
    /// Text: without white space around it.
    Trim,
    /// Text, part: whether it contains the part.
    TextContains,
    /// Text, part: whether it begins with the part.
    StartsWith,
    /// Text, part: whether it ends with the part.
    EndsWith,
    /// Text, constant pattern in which `*` stands for any characters: whether the whole text matches.
    Matches,
    /// Text, separator: the parts.
    Split,
    /// Text, separators as characters of a constant: the parts that are not empty.
    Tokens,
    /// Text, what, by what: with every occurrence replaced.
    Replace,
    /// Text, first character, number of characters.
    Substring,
    /// Text: the number that it says.
    ParseNumber {
        /// Whether the number must be whole.
        whole: bool,
    },
    /// Text: the JSON that it says.
    ParseJson,
    /// Text: in Base64.
    Base64Encode,
    /// Text in Base64: the text.
    Base64Decode,
    /// Text: as a part of a URL.
    UrlEncode,
    /// Text, name of an algorithm: the hash value, in hexadecimal digits.
    Hash,
    /// Number.
    Abs,
    /// Number: rounded down.
    Floor,
    /// Number: rounded up.
    Ceil,
    /// Number: rounded, half away from zero.
    Round,
    /// Number: rounded, half to the even neighbour.
    RoundTiesEven,
    /// Number: the square root.
    Sqrt,
    /// Number, exponent.
    Power,
    /// List: the number of items.
    ArrayLength,
    /// List, item: whether an item is equal.
    ArrayContains,
    /// List, index from 0: the item; there may be none.
    Item,
    /// List: the last item; there may be none.
    Last,
    /// List: in reverse.
    Reversed,
    /// List of numbers or texts: in ascending order.
    Sorted,
    /// List of timestamps: in ascending order.
    SortedTimestamps,
    /// List: without items that are equal to an earlier one.
    Distinct,
    /// List, size: lists of that many items.
    Chunks,
    /// List, list: the items of both.
    Concat,
    /// List of lists: the items of all.
    Flatten,
    /// List of texts, separator: one text.
    Join,
    /// List of numbers.
    Sum,
    /// List of numbers: the least; there may be none.
    Min,
    /// List of numbers: the greatest; there may be none.
    Max,
    /// List of numbers: the average; there may be none.
    Average,
    /// First, last, step: a list of numbers.
    Range,
    /// Object: its keys.
    Keys,
    /// Object: its values.
    Values,
    /// Object, key: the value; there may be none.
    Lookup,
    /// Object, object: the members of both, those of the second first.
    Merge,
    /// Nothing: a random UUID.
    Uuid,
    /// Start, end: a random whole number from the start to below the end.
    Random,
    /// Nothing: the time.
    Now,
    /// Timestamp, seconds: the time so many seconds later.
    AddSeconds,
    /// Anything: the text of its JSON.
    ToJson,
    /// Anything: whether it is what the test says.
    Is(TypeTest),
}

/// What a value may turn out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeTest {
    /// There at all, be it `null`.
    Present,
    /// `null`.
    Null,
    /// A text.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A text that is an RFC 3339 timestamp.
    Timestamp,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl Function {
    /// What kind of value it gives; `Kind::Any` where that depends on its arguments.
    pub fn kind(self) -> Kind {
        match self {
            Self::Uppercase
            | Self::Lowercase
            | Self::Trim
            | Self::Replace
            | Self::Substring
            | Self::Base64Encode
            | Self::Base64Decode
            | Self::UrlEncode
            | Self::Hash
            | Self::Join
            | Self::Uuid
            | Self::ToJson => Kind::String,
            Self::Now | Self::AddSeconds => Kind::Timestamp,
            Self::TextContains
            | Self::StartsWith
            | Self::EndsWith
            | Self::Matches
            | Self::ArrayContains
            | Self::Is(_) => Kind::Boolean,
            Self::TextLength
            | Self::ParseNumber { .. }
            | Self::Abs
            | Self::Floor
            | Self::Ceil
            | Self::Round
            | Self::RoundTiesEven
            | Self::Sqrt
            | Self::Power
            | Self::ArrayLength
            | Self::Sum
            | Self::Min
            | Self::Max
            | Self::Average
            | Self::Random => Kind::Number,
            Self::Split
            | Self::Tokens
            | Self::Reversed
            | Self::Sorted
            | Self::SortedTimestamps
            | Self::Distinct
            | Self::Chunks
            | Self::Concat
            | Self::Flatten
            | Self::Range
            | Self::Keys
            | Self::Values => Kind::Array,
            Self::Merge => Kind::Object,
            Self::Item | Self::Last | Self::Lookup | Self::ParseJson => Kind::Any,
        }
    }
}
