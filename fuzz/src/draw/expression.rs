//! `JSONata` expressions.

use serde_json::Value;

use super::{Drawer, Fields, Habit};

const ATOMS: &[&str] = &[
    "$states.input",
    "$states.input.a",
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
    "$v",
    "$w.a",
    "$none",
    "$",
    "$$",
    "a",
    "0",
    "1",
    "2.5",
    "-1",
    "1e308",
    "9007199254740993",
    "'text'",
    "''",
    "'é\\u0000\u{1f980}'",
    "true",
    "null",
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

const FUNCTIONS: &[&str] = &[
    "string",
    "length",
    "substring",
    "substringBefore",
    "uppercase",
    "trim",
    "pad",
    "contains",
    "split",
    "join",
    "match",
    "replace",
    "base64encode",
    "base64decode",
    "encodeUrl",
    "decodeUrlComponent",
    "number",
    "abs",
    "floor",
    "round",
    "power",
    "sqrt",
    "formatNumber",
    "formatBase",
    "formatInteger",
    "parseInteger",
    "sum",
    "max",
    "average",
    "count",
    "append",
    "sort",
    "reverse",
    "shuffle",
    "distinct",
    "zip",
    "keys",
    "lookup",
    "spread",
    "merge",
    "each",
    "error",
    "assert",
    "type",
    "boolean",
    "not",
    "exists",
    "now",
    "millis",
    "fromMillis",
    "toMillis",
    "map",
    "filter",
    "single",
    "reduce",
    "sift",
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

const OPERATORS: &[&str] =
    &["+", "-", "*", "/", "%", "&", "=", "!=", "<", ">=", "and", "or", "in", "..", "~>", ".", ":="];

/// Shapes with two holes.
const SHAPES: &[&str] = &[
    "({} ; {})",
    "{} ? {} : {}",
    "{}[{}]",
    "[{}, {}]",
    "{'a': {}, 'b': {}}",
    "{}.{'x': {}}",
    "{}{ $string(): $ }",
    "{}^(<a, >b)",
    "{}.(a; %.b)",
    "{}@$i.{}",
    "{}#$i[$i = {}]",
    "$map({}, function($x, $i) { {} })",
    "$reduce({}, function($p, $c) { $p & $c }, {})",
    "({} ~> |**|{'a': {}}|)",
    "($f := function($n) { $n < 1 ? 0 : 1 + $f($n - 1) }; $f({}) + {})",
    "$sort({}, function($l, $r) { $l > $r })",
    "$number({}) + {}",
    "$formatNumber({}, '#,##0.00')",
    "$fromMillis({}, '[Y0001]-[M01]-[D01] [H#1]:[m]:[FNn]', '+0100')",
    "$toMillis({}, '[Y]-[M]-[D]')",
    "$replace({}, /(a)|b/, '$1$0$9')",
    "$substring({}, {}, {})",
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

    fn code(&self, depth: usize) -> String {
        let heavy = usize::from(self.habit == Habit::Straight);
        match self.below(if depth == 0 { 9 + heavy } else { 20 + heavy }) {
            0..9 => self.word(ATOMS),
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
