//! JSON values, hostile ones among them.

use serde_json::{Map, Value, json};

use super::Drawer;
use super::Habit;

const KEYS: &[&str] = &["a", "b", "n", "items", "text", "Key", "", "a b", "é", "a.b", "$", "__proto__"];

const TEXTS: &[&str] = &[
    "",
    "a",
    "text",
    "1",
    "-1.5",
    "1e400",
    "true",
    "null",
    "{\"a\": [1, 2]}",
    "[1, 2",
    "$.a",
    "{% $states.input %}",
    "{%%}",
    "a{}b{}",
    "it's \\ {} \\{ \"quoted\"",
    "héllo wörld \u{1f980}\u{0}\u{202e}",
    "aGVsbG8=",
    "====",
    "a,b,,c",
    "2025-01-01T00:00:10Z",
    "${Substitution}",
];

const TIMES: &[&str] = &[
    "2025-01-01T00:00:10Z",
    "2025-01-01T01:00:00.123456789+01:00",
    "2024-02-29T23:59:59Z",
    "2025-02-29T00:00:00Z",
    "0000-00-00T00:00:00Z",
    "0000-01-01T00:00:00+18:00",
    "9999-12-31T23:59:59.999999999-18:00",
    "99999-01-01T00:00:00Z",
    "+999999999-12-31T23:59:59Z",
    "-999999999-01-01T00:00:00Z",
    "2025-01-01t00:00z",
    "2025-01-01",
    "2025-13-01T25:61:61Z",
    "tomorrow",
];

impl Drawer {
    /// Any value; `depth` says how far it may nest.
    pub(crate) fn value(&self, depth: usize) -> Value {
        match self.below(if depth == 0 { 8 } else { 13 }) {
            0 => Value::Null,
            1 => self.chance(50).into(),
            2 | 3 => self.number(),
            4 => self.below(5).into(),
            5 | 6 => self.text().into(),
            7 => self.hostile(),
            8..11 => Value::Array(self.few(0, || self.value(depth - 1))),
            _ => {
                Value::Object(self.few(0, || (self.word(KEYS), self.value(depth - 1))).into_iter().collect())
            }
        }
    }

    /// A text, short as a rule.
    pub(crate) fn text(&self) -> String {
        self.word(TEXTS)
    }

    /// The name of a member.
    pub(crate) fn key(&self) -> String {
        self.word(KEYS)
    }

    /// A time, possible or not.
    pub(crate) fn time(&self) -> String {
        self.word(TIMES)
    }

    /// A number, whole or not, within reason or not.
    pub(crate) fn number(&self) -> Value {
        let numbers = [
            json!(0),
            json!(1),
            json!(2),
            json!(10),
            json!(-1),
            json!(0.5),
            json!(-0.0),
            json!(1e-320),
            json!(1e308),
            json!(-1.797e308),
            json!(i64::MIN),
            json!(i64::MAX),
            json!(u64::MAX),
            json!(9_007_199_254_740_993_i64),
            json!(2_147_483_648_u64),
            json!(99_999_999),
        ];
        self.one(&numbers).clone()
    }

    /// A number of seconds, mostly small, as a field of the language takes it.
    pub(crate) fn seconds(&self) -> Value {
        match self.below(8) {
            0 => 0.into(),
            1 => 99_999_999.into(),
            2 => u64::MAX.into(),
            3 => 3_000_000_000_u64.into(),
            _ => (1 + self.below(60)).into(),
        }
    }

    /// A value that somebody might have forgotten.
    pub(crate) fn hostile(&self) -> Value {
        // Large values are copied from state to state, so that a circle of them takes long.
        match self.below(if self.habit == Habit::Straight { 8 } else { 3 }) {
            0 => self.number(),
            1 => self.time().into(),
            2 => json!({ "": { "": [] } }),
            3 => "x".repeat(262_140 + self.below(10)).into(),
            4 => "\u{1f980}".repeat(70_000).into(),
            5 => (0..20 + self.below(60)).fold(Value::Null, |inner, _| json!([inner])),
            6 => (0..20 + self.below(60)).fold(Value::Null, |inner, _| json!({ "a": inner })),
            _ => Value::Array((0..300).map(Value::from).collect()),
        }
    }

    /// An object of any values, sometimes with names that a template evaluates.
    pub(crate) fn object(&self, draw: impl Fn(&Self) -> Value) -> Map<String, Value> {
        self.few(0, || (self.key(), draw(self))).into_iter().collect()
    }
}
