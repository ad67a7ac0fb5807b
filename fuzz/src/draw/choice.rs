//! Choice states: every operator, nested, with operands of the right and of the wrong type.

use serde_json::{Value, json};
use stepwright_codegen::asl::QueryLanguage;

use super::{Drawer, Fields};

const ORDERS: &[&str] = &["Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals"];
const TYPES: &[&str] = &["IsNull", "IsPresent", "IsNumeric", "IsString", "IsBoolean", "IsTimestamp"];
const PATTERNS: &[&str] = &["*", "a*", "*a*b*", "\\*", "\\", "", "**********x", "te?t", "é*\u{1f980}"];

impl Drawer {
    pub(super) fn choice(&self, fields: &mut Fields, targets: &[String], language: QueryLanguage) {
        let rules: Vec<Value> = self.few(1, || self.rule(targets, language));
        fields.insert("Choices".to_owned(), rules.into());
        self.maybe(75, fields, "Default", || self.target(targets).into());
    }

    fn rule(&self, targets: &[String], language: QueryLanguage) -> Value {
        let mut rule = match language {
            QueryLanguage::JsonPath => self.test(3),
            QueryLanguage::Jsonata => {
                let mut rule = Fields::new();
                rule.insert("Condition".to_owned(), self.condition().into());
                self.maybe(30, &mut rule, "Output", || self.with_expressions(1));
                rule
            }
        };
        self.assign(20, &mut rule, language);
        rule.insert("Next".to_owned(), self.target(targets).unwrap_or_default().into());
        rule.into()
    }

    fn condition(&self) -> String {
        match self.below(3) {
            0 => self.word(&["{% true %}", "{% false %}"]),
            1 => "{% $states.input.n = 1 %}".to_owned(),
            _ => self.expression(),
        }
    }

    fn test(&self, depth: usize) -> Fields {
        let mut test = Fields::new();
        match self.below(if depth == 0 { 4 } else { 7 }) {
            4 => drop(test.insert("Not".to_owned(), self.test(depth - 1).into())),
            5 => drop(test.insert("And".to_owned(), json!(self.few(1, || self.test(depth - 1))))),
            6 => drop(test.insert("Or".to_owned(), json!(self.few(1, || self.test(depth - 1))))),
            _ => self.comparison(&mut test),
        }
        test
    }

    fn comparison(&self, test: &mut Fields) {
        test.insert("Variable".to_owned(), self.path().into());
        let order = self.one(ORDERS);
        let (kind, operand): (&str, Value) = match self.below(6) {
            0 => ("String", self.text().into()),
            1 => ("Numeric", self.number()),
            2 => ("Timestamp", self.time().into()),
            3 => {
                let is_path = self.chance(50);
                let name = if is_path { "BooleanEqualsPath" } else { "BooleanEquals" };
                let operand = if is_path { self.path().into() } else { self.chance(50).into() };
                test.insert(name.to_owned(), operand);
                return;
            }
            4 => return drop(test.insert("StringMatches".to_owned(), self.word(PATTERNS).into())),
            _ => return drop(test.insert(self.word(TYPES), self.chance(70).into())),
        };
        if self.chance(40) {
            test.insert(format!("{kind}{order}Path"), self.path().into());
        } else {
            test.insert(format!("{kind}{order}"), operand);
        }
    }
}
