//! Calls of Intrinsic Functions.

use super::Drawer;

/// The functions, with how many arguments they want.
const FUNCTIONS: &[(&str, usize)] = &[
    ("Format", 3),
    ("StringToJson", 1),
    ("JsonToString", 1),
    ("StringSplit", 2),
    ("Array", 2),
    ("ArrayPartition", 2),
    ("ArrayContains", 2),
    ("ArrayRange", 3),
    ("ArrayGetItem", 2),
    ("ArrayLength", 1),
    ("ArrayUnique", 1),
    ("Base64Encode", 1),
    ("Base64Decode", 1),
    ("Hash", 2),
    ("JsonMerge", 3),
    ("MathRandom", 2),
    ("MathAdd", 2),
    ("UUID", 0),
    ("Nope", 1),
];

const TEXTS: &[&str] = &[
    "''",
    "'a'",
    "'{}-{}-{}'",
    "'\\{{}\\}'",
    "'{'",
    "'}{'",
    "'\\'\\\\'",
    "'MD5'",
    "'SHA-512'",
    "'a,b'",
    "'[1'",
    "'{\"a\":1}'",
    "'é\u{1f980}'",
    "'\\",
    "'",
];

const LITERALS: &[&str] = &[
    "0",
    "1",
    "3",
    "-1",
    "2.5",
    "1e3",
    "1e400",
    "-2147483648",
    "2147483647",
    "9223372036854775808",
    "true",
    "false",
    "null",
    "x",
    "",
    "1 2",
];

impl Drawer {
    /// A call, with calls in it up to that depth.
    pub(crate) fn intrinsic(&self, depth: usize) -> String {
        if self.chance(40) {
            return self.safe_call();
        }
        self.any_intrinsic(depth)
    }

    /// Any call, or what is none.
    pub(crate) fn any_intrinsic(&self, depth: usize) -> String {
        let (name, count) = *self.one(FUNCTIONS);
        let count = if self.chance(8) { self.below(4) } else { count };
        let arguments: Vec<String> = (0..count).map(|_| self.argument(depth)).collect();
        let call = format!("States.{name}({})", arguments.join(&self.word(&[", ", ",", " , "])));
        match self.below(80) {
            0 => call.repeat(2),
            1 => call.chars().take(self.below(call.len() + 1)).collect(),
            2 => format!("{}{}", "States.Array(".repeat(40 + self.below(60)), call),
            _ => call,
        }
    }

    /// A call that works, as a rule.
    fn safe_call(&self) -> String {
        self.word(&[
            "States.UUID()",
            "States.Array($.n, $)",
            "States.Format('{}-{}', $.text, $.items)",
            "States.JsonToString($)",
            "States.MathRandom(1, 10)",
            "States.Hash($.a, 'SHA-1')",
            "States.ArrayLength($.items)",
        ])
    }

    fn argument(&self, depth: usize) -> String {
        match self.below(if depth == 0 { 8 } else { 11 }) {
            0..4 => self.path(),
            4 | 5 => self.word(TEXTS),
            6 | 7 => self.word(LITERALS),
            _ => self.intrinsic(depth - 1),
        }
    }
}
