//! Methods of texts.

use super::methods::{call, methods};
use super::operators::{Formattable, Number};
use super::{Expr, Fits, IntoExpr, tree};
use crate::data::Data;
use crate::plan::{Expression, Function};

/// An algorithm of [`hash`](Expr::hash).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum HashAlgorithm {
    /// MD5: not for anything that must be secure.
    Md5,
    /// SHA-1: not for anything that must be secure.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl HashAlgorithm {
    /// As Step Functions calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha1 => "SHA-1",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        }
    }
}

fn constant(text: &str) -> Expression {
    Expression::Literal(text.into())
}

methods! {
    [] String {
        /// How many characters there are: characters, not bytes. Needs JSONata.
        #[allow(clippy::len_without_is_empty, reason = "compare with an empty text: `cond!(id == \"\")`")]
        pub fn len(self) -> Expr<u64> {
            call(Function::TextLength, [tree::<String>(self)])
        }

        /// In capitals. Needs JSONata.
        pub fn to_uppercase(self) -> Expr<String> {
            call(Function::Uppercase, [tree::<String>(self)])
        }

        /// In small letters. Needs JSONata.
        pub fn to_lowercase(self) -> Expr<String> {
            call(Function::Lowercase, [tree::<String>(self)])
        }

        /// Without white space around it. Needs JSONata.
        pub fn trim(self) -> Expr<String> {
            call(Function::Trim, [tree::<String>(self)])
        }

        /// Whether it contains a part. In JSONPath a condition only, and the part a constant.
        pub fn contains(self, part: impl IntoExpr<String>) -> Expr<bool> {
            call(Function::TextContains, [tree::<String>(self), tree(part)])
        }

        /// Whether it begins with a text. In JSONPath a condition only, and the text a constant.
        pub fn starts_with(self, start: impl IntoExpr<String>) -> Expr<bool> {
            call(Function::StartsWith, [tree::<String>(self), tree(start)])
        }

        /// Whether it ends with a text. In JSONPath a condition only, and the text a constant.
        pub fn ends_with(self, end: impl IntoExpr<String>) -> Expr<bool> {
            call(Function::EndsWith, [tree::<String>(self), tree(end)])
        }

        /// Whether the whole text matches a pattern: `*` stands for any characters, `\*` for a star and `\\` for a
        /// backslash, everything else for itself. In JSONPath a condition only (`StringMatches`).
        ///
        /// ```
        /// # use stepwright::prelude::*;
        /// # fn example(file: Ref<String>) -> Expr<bool> {
        /// file.matches("log-*.txt")
        /// # }
        /// ```
        pub fn matches(self, pattern: &'static str) -> Expr<bool> {
            call(Function::Matches, [tree::<String>(self), constant(pattern)])
        }

        /// The parts between the occurrences of a separator, empty ones too. Needs JSONata; see
        /// [`tokens`](Self::tokens).
        pub fn split(self, separator: impl IntoExpr<String>) -> Expr<Vec<String>> {
            call(Function::Split, [tree::<String>(self), tree(separator)])
        }

        /// The parts between any of the characters of `separators`, without the empty ones: `States.StringSplit`.
        ///
        /// ```
        /// # use stepwright::prelude::*;
        /// # fn example(words: Ref<String>) -> Expr<Vec<String>> {
        /// words.tokens(" ,;") // "a, b;c" has the tokens "a", "b" and "c"
        /// # }
        /// ```
        pub fn tokens(self, separators: &'static str) -> Expr<Vec<String>> {
            call(Function::Tokens, [tree::<String>(self), constant(separators)])
        }

        /// With every occurrence of a text replaced by another one. Needs JSONata.
        pub fn replace(self, from: impl IntoExpr<String>, to: impl IntoExpr<String>) -> Expr<String> {
            call(Function::Replace, [tree::<String>(self), tree(from), tree(to)])
        }

        /// So many characters, from one that is counted from 0. What is beyond the end is left out. Needs JSONata.
        pub fn substring(self, start: impl Fits<u64>, length: impl Fits<u64>) -> Expr<String> {
            call(Function::Substring, [tree::<String>(self), tree::<u64>(start), tree::<u64>(length)])
        }

        /// The number that it says: `text.parse::<f64>()`. The state fails if it says none. Needs JSONata.
        pub fn parse<N: Number>(self) -> Expr<N> {
            call(Function::ParseNumber { whole: N::WHOLE }, [tree::<String>(self)])
        }

        /// The JSON that it says, taken for a `T`: nothing checks that it is one. The state fails if it says none.
        pub fn parse_json<T: Data>(self) -> Expr<T> {
            call(Function::ParseJson, [tree::<String>(self)])
        }

        /// In Base64.
        pub fn encode_base64(self) -> Expr<String> {
            call(Function::Base64Encode, [tree::<String>(self)])
        }

        /// The text that this is the Base64 of.
        pub fn decode_base64(self) -> Expr<String> {
            call(Function::Base64Decode, [tree::<String>(self)])
        }

        /// With everything escaped that has a meaning in a URL. Needs JSONata.
        pub fn encode_url(self) -> Expr<String> {
            call(Function::UrlEncode, [tree::<String>(self)])
        }

        /// Its hash value, in hexadecimal digits.
        pub fn hash(self, algorithm: HashAlgorithm) -> Expr<String> {
            call(Function::Hash, [tree::<String>(self), constant(algorithm.name())])
        }
    }

    [T: Data] T {
        /// As a text: what `fmt!("{}", …)` prints.
        pub fn to_text(self) -> Expr<String>
        where
            T: Formattable,
        {
            Expr::new(Expression::Format { pieces: vec![String::new(); 2], values: vec![tree::<T>(self)] })
        }

        /// The text of its JSON.
        pub fn to_json_text(self) -> Expr<String> {
            call(Function::ToJson, [tree::<T>(self)])
        }
    }
}
