//! Paths, Reference Paths and payload templates of `JSONPath` states.

use serde_json::{Map, Value};

use super::{Drawer, Fields};

const ROOTS: &[&str] = &[
    "$",
    "$",
    "$",
    "$",
    "$.a",
    "$.n",
    "$.items",
    "$.text",
    "$.when",
    "$$",
    "$$.State.Name",
    "$$.Execution.Input",
    "$$.Map.Item.Value",
    "$$.Map.Item.Index",
    "$$.Task.Token",
    "$v",
    "$w.a",
    "$none",
    "$states.input",
];

/// Where there is something, as a rule.
const SAFE: &[&str] = &[
    "$",
    "$.a",
    "$.n",
    "$.items",
    "$.text",
    "$.when",
    "$.deep.a.b[0]",
    "$.items[*]",
    "$$.State.Name",
    "$$.Execution.Input",
];

const STEPS: &[&str] = &[
    ".a", ".b", ".items", ".deep.a", "['a b']", "[\"é\"]", "[0]", "[1]", "[-1]", "[5]", ".missing", "[*]",
    ".*",
];

const RARE_STEPS: &[&str] = &[
    "..a",
    "..*",
    "..[0]",
    "[1:]",
    "[:-1]",
    "[-2:]",
    "[0:2:1]",
    "[0,2]",
    "['a','b']",
    "[99999999999999999999]",
    "[-9223372036854775808]",
    "[9223372036854775807:]",
    "[?(@.a == 1)]",
    "[?(@.a)]",
    "[?(@ > 1 && @ < 10 || !(@ == 'x'))]",
    "[?(@.a =~ /x.*y/i)]",
    "[?(@.a in [1, 'x', null])]",
    "[?(@..a > $.n)]",
    "[?(@.length() > 1)]",
    "[?(@.a == $..*)]",
    "[?(1 == 1)]",
    "[?(@ size 2)]",
    "[?(@ empty true)]",
    "[(@.length-1)]",
    ".length()",
    ".sum()",
    ".\u{1f980}",
    ".a\\.b",
    ".",
    "..",
    "[",
    "['",
    "[?(",
    "]",
    " ",
    "[?((((((((((@.a))))))))))]",
];

const INTO: &[&str] = &[
    "$",
    "$.a",
    "$.r",
    "$.r.s.t",
    "$.a[0]",
    "$.items[1]",
    "$.items[99]",
    "$['a b'].c",
    "$.n.x",
    "$$.a",
    "$v",
    "$.a[*]",
    "$..a",
    "",
    "r",
    "$.a[2147483648]",
    "$.text[0]",
    "$.deep.a.b[1].a",
];

impl Drawer {
    /// A Path, now and then one that is none.
    pub(crate) fn path(&self) -> String {
        if self.chance(60) {
            return self.word(SAFE);
        }
        self.any_path()
    }

    /// Any Path, or what is none.
    pub(crate) fn any_path(&self) -> String {
        let mut path = self.word(ROOTS);
        for _ in 0..self.below(4).min(self.below(4)) {
            let steps = if self.chance(70) { STEPS } else { RARE_STEPS };
            path.push_str(&self.word(steps));
        }
        match self.below(60) {
            0 => self.text(),
            1 => format!("${}", self.word(RARE_STEPS).repeat(50)),
            _ => path,
        }
    }

    /// `ResultPath`.
    pub(crate) fn result_path(&self) -> Value {
        if self.chance(15) { Value::Null } else { self.word(INTO).into() }
    }

    /// `InputPath` or `OutputPath`.
    pub(crate) fn filter_path(&self) -> Value {
        if self.chance(10) { Value::Null } else { self.path().into() }
    }

    /// A payload template.
    pub(crate) fn template(&self, depth: usize) -> Value {
        match self.below(if depth == 0 { 3 } else { 12 }) {
            0 => self.value(1),
            1 => self.path().into(),
            3 => Value::Array(self.few(0, || self.template(depth - 1))),
            _ => Value::Object(self.template_members(depth)),
        }
    }

    /// The members of a payload template.
    pub(crate) fn template_members(&self, depth: usize) -> Fields {
        let mut members = Map::new();
        for _ in 0..=self.below(4) {
            let name = if self.chance(30) { self.word(&["v", "w", "x"]) } else { self.key() };
            match self.below(10) {
                0..4 => members.insert(format!("{name}.$"), self.path().into()),
                4..7 => members.insert(format!("{name}.$"), self.intrinsic(2).into()),
                7 if depth > 0 => members.insert(name, self.template(depth - 1)),
                8 if self.chance(10) => members.insert(format!("{name}.$"), self.value(1)),
                _ => members.insert(name, self.value(1)),
            };
        }
        members
    }
}
