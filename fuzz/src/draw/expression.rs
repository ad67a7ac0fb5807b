//! `JSONata` expressions: those of the tests of the checker, and with them what is odd, wrong or heavy.

use serde_json::Value;

use super::picks::Picks;
use super::{Drawer, Fields, Habit, random};

/// What the [random expressions](random) do not have: other data, odd numbers and texts, functions.
const ATOMS: &[&str] = &[
    "$states.input.n",
    "$states.input.items",
    "$states.input.text",
    "$states.input.when",
    "$states.input.deep.a.b[1].a",
    "$states.input.*",
    "$states.input.**",
    "$states.result",
    "$states.errorOutput.Error",
    "$states.context",
    "$states.context.State.EnteredTime",
    "$states.context.Map.Item",
    "$states",
    "$states.nope",
    "$w.a",
    "$$",
    "1e308",
    "9007199254740993",
    "'é\\u0000\u{1f980}'",
    "[]",
    "{}",
    "[1..3]",
    "[3..1]",
    "/x(.*)y/i",
    "function($x) { $x }",
];

/// What gives something, as a rule.
const SAFE: &[&str] = &[
    "{% $states.input %}",
    "{% $states.input.a %}",
    "{% $states.input.n %}",
    "{% $states.input.n + 1 %}",
    "{% $states.input.items %}",
    "{% $states.input.when %}",
    "{% [1..3] %}",
    "{% { 'a': 1, 'n': $random(), 'items': [1, 2], 'when': $now() } %}",
    "{% $string($states.context) %}",
];

/// Functions that they do not call, or only as is right.
const FUNCTIONS: &[&str] = &[
    "match",
    "base64decode",
    "encodeUrl",
    "decodeUrlComponent",
    "sqrt",
    "formatNumber",
    "formatInteger",
    "parseInteger",
    "now",
    "millis",
    "fromMillis",
    "map",
    "filter",
    "single",
    "reduce",
    "sift",
    "each",
    "eval",
    "partition",
    "range",
    "hash",
    "random",
    "uuid",
    "parse",
    "clone",
    "nope",
];

/// Operators without the brackets that they have there.
const OPERATORS: &[&str] =
    &["+", "-", "*", "/", "%", "&", "=", "!=", "<", ">=", "and", "or", "in", "..", "~>", ".", ":="];

/// Shapes with holes, which they do not have.
const SHAPES: &[&str] = &[
    "({} ; {})",
    "{} ? {} : {}",
    "{}[{}]",
    "{}.{'x': {}}",
    "{}{ $string(): $ }",
    "{}.(a; %.b)",
    "({} ~> |**|{'a': {}}|)",
    "($f := function($n) { $n < 1 ? 0 : 1 + $f($n - 1) }; $f({}) + {})",
    "$sort({}, function($l, $r) { $l > $r })",
    "$formatNumber({}, '#,##0.00')",
    "$fromMillis({}, '[Y0001]-[M01]-[D01] [H#1]:[m]:[FNn]', '+0100')",
    "$toMillis({}, '[Y]-[M]-[D]')",
    "$replace({}, /(a)|b/, '$1$0$9')",
];

/// What may take a while, or more than there is.
const HEAVY: &[&str] = &[
    "[1..1e9]",
    "[0..3000]",
    "$range(1, 1e9, 1)",
    "$range(0, 2000, 0.5)",
    "$power(10, 400)",
    "1/0",
    "$sqrt(-1)",
    "($f := function($n) { 1 + $f($n) }; $f(1))",
    "$string([1..2000])",
    "$pad('x', 300000)",
    "$pad('', -1000000, '#')",
    "$reduce([1..100], function($p) { [$p] }, [])",
    "$fromMillis(1e300)",
    "$fromMillis(-1e15)",
    "$formatBase(1e300, 36)",
    "$formatInteger(1e20, 'w')",
    "$formatInteger(123456, 'I')",
    "$substring('é\u{1f980}x', 1, 1)",
    "$split('aaa', '', 1e20)",
    "$partition([1..5], 0.5)",
    "$hash('x', 'SHA-256')",
    "$parse('[[[[[[[[[[1]]]]]]]]]]')",
    "$round(1e308, -300)",
    "((((((((((((((((((((1))))))))))))))))))))",
];

impl Drawer {
    /// An expression with its delimiters, now and then without.
    pub(crate) fn expression(&self) -> String {
        if self.chance(50) {
            return self.word(SAFE);
        }
        let expression = self.any_code(2);
        match self.below(50) {
            0 => expression,
            1 => format!("{{%{expression}"),
            _ => format!("{{% {expression} %}}"),
        }
    }

    /// Any expression, or what is none, without its delimiters.
    pub(crate) fn any_code(&self, depth: usize) -> String {
        match self.below(60) {
            0 => self.text(),
            1 => "(".repeat(200),
            2 => format!("1{}", " + 1".repeat(50 + self.below(100))),
            3 => self.code(depth).chars().skip(self.below(4)).collect(),
            _ => self.code(depth),
        }
    }

    /// What those expressions are about.
    pub(crate) fn data(&self) -> Value {
        random::object(&mut self.picks(), 3)
    }

    fn picks(&self) -> Picks {
        Picks(self.below(usize::MAX) as u64)
    }

    fn code(&self, depth: usize) -> String {
        let heavy = usize::from(self.habit == Habit::Straight);
        match self.below(if depth == 0 { 9 + heavy } else { 20 + heavy }) {
            0..4 => self.word(ATOMS),
            4..9 => random::expression(&mut self.picks(), depth),
            9 if heavy > 0 && self.chance(20) => self.word(HEAVY),
            9..13 => self.function(depth.saturating_sub(1)),
            13..16 => {
                let (left, right) = (self.code(depth - 1), self.code(depth - 1));
                format!("{left} {} {right}", self.one(OPERATORS))
            }
            _ => {
                let mut shape = self.word(SHAPES);
                while shape.contains("{}") && shape.len() < 2_000 {
                    let hole = self.code(depth - 1).replace("{}", "[]");
                    shape = shape.replacen("{}", &hole, 1);
                }
                shape
            }
        }
    }

    fn function(&self, depth: usize) -> String {
        let name = self.one(FUNCTIONS);
        let arguments: Vec<String> = (0..self.below(4)).map(|_| self.code(depth)).collect();
        format!("${name}({})", arguments.join(", "))
    }

    /// A value with expressions in it.
    pub(crate) fn with_expressions(&self, depth: usize) -> Value {
        match self.below(if depth == 0 { 8 } else { 12 }) {
            0 => self.value(1),
            8 | 9 => Value::Object(self.object(|drawer| drawer.with_expressions(depth - 1))),
            10 => Value::Array(self.few(0, || self.with_expressions(depth - 1))),
            _ => self.expression().into(),
        }
    }

    /// `Assign`, in `JSONata`.
    pub(crate) fn assignments(&self) -> Fields {
        self.few(0, || (self.word(&["v", "w", "é", "states", "1x"]), self.with_expressions(1)))
            .into_iter()
            .collect()
    }
}
