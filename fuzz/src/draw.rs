//! Draws definitions from the whole language, in both query languages, with right and wrong types.

mod choice;
mod expression;
mod fields;
mod intrinsic;
mod map;
mod path;
#[path = "../../codegen/src/check/data_flow/expression/tests/picks.rs"]
mod picks;
#[path = "../../codegen/src/check/data_flow/expression/tests/random.rs"]
mod random;
mod state;
mod task;
mod value;

use std::cell::Cell;

use serde_json::{Map, Value, json};
use stepwright_codegen::asl::QueryLanguage;
use stepwright_sim::data::Random;

/// Draws definitions and what goes with them. The same seed draws the same.
#[derive(Debug)]
pub struct Drawer {
    random: Random,
    names: Cell<usize>,
    habit: Habit,
}

/// What may make a case slow is not drawn together, so that one takes milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Habit {
    /// States lead on, never back; everything else may be drawn.
    Straight,
    /// States may lead back. Neither child executions nor what takes much work: they would be repeated without end.
    Circles,
}

/// Members of an object that are there or not.
type Fields = Map<String, Value>;

impl Drawer {
    /// A drawer for a seed.
    pub fn new(seed: u64) -> Self {
        let random = Random::new(seed);
        let habit = if random.below(5) == 0 { Habit::Circles } else { Habit::Straight };
        Self { random, names: Cell::new(0), habit }
    }

    /// A whole number below `end`.
    pub(crate) fn below(&self, end: usize) -> usize {
        usize::try_from(self.random.below(end as u64)).expect("invariant: it is below a usize")
    }

    /// Whether something with this probability happens.
    pub(crate) fn chance(&self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of a few.
    pub(crate) fn one<'a, T>(&self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }

    /// One of a few texts.
    pub(crate) fn word(&self, choices: &[&str]) -> String {
        (*self.one(choices)).to_owned()
    }

    /// A few of something: at least `least`, at most four more.
    fn few<T>(&self, least: usize, mut draw: impl FnMut() -> T) -> Vec<T> {
        let count = least + self.below(4).min(self.below(5));
        (0..count).map(|_| draw()).collect()
    }

    /// Adds a field, with a probability.
    fn maybe(&self, percent: usize, fields: &mut Fields, name: &str, draw: impl FnOnce() -> Value) {
        if self.chance(percent) {
            fields.insert(name.to_owned(), draw());
        }
    }

    /// Whether states never lead back.
    pub(crate) fn is_straight(&self) -> bool {
        self.habit == Habit::Straight
    }

    /// A machine.
    pub fn machine(&self) -> Value {
        let language = self.language();
        let depth = self.below(4);
        let mut machine = self.scope(depth, language);
        if language == QueryLanguage::Jsonata || self.chance(20) {
            machine.insert("QueryLanguage".to_owned(), language.as_str().into());
        }
        self.maybe(15, &mut machine, "TimeoutSeconds", || {
            self.one(&[0, 1, 30, 600, 99_999_999]).to_owned().into()
        });
        self.maybe(10, &mut machine, "Version", || "1.0".into());
        self.maybe(10, &mut machine, "Comment", || self.text().into());
        // Rarely, as the reader takes nothing that does not belong.
        self.maybe(2, &mut machine, "Extra", || self.value(2));
        Value::Object(machine)
    }

    fn language(&self) -> QueryLanguage {
        *self.one(QueryLanguage::ALL)
    }

    /// A scope: `StartAt` and `States`. `depth` says how far states may contain others.
    fn scope(&self, depth: usize, language: QueryLanguage) -> Fields {
        let names = self.few(1, || self.state_name());
        let mut states = Map::new();
        for (index, name) in names.iter().enumerate() {
            let may_lead_back = self.habit == Habit::Circles && self.chance(25);
            let targets = &names[if may_lead_back { 0 } else { index + 1 }..];
            states.insert(name.clone(), self.state(targets, depth, language));
        }
        let start = if self.chance(1) { "Nowhere" } else { &names[0] };
        let mut scope = Map::new();
        scope.insert("StartAt".to_owned(), start.into());
        scope.insert("States".to_owned(), states.into());
        scope
    }

    fn state_name(&self) -> String {
        let number = self.names.replace(self.names.get() + 1);
        match self.below(40) {
            0 => format!("Ünï/{number}~\u{1f980}"),
            1 => format!("{}{number}", "long ".repeat(20)),
            _ => format!("S{number}"),
        }
    }

    /// Where a state leads: one of the targets, hardly ever to none of them.
    fn target(&self, targets: &[String]) -> Option<String> {
        match targets {
            _ if self.chance(1) => Some("Nowhere".to_owned()),
            [] => None,
            targets => Some(self.one(targets).clone()),
        }
    }

    /// The input of the execution.
    pub fn input(&self) -> Value {
        if self.chance(15) { self.value(3) } else { self.document() }
    }

    /// An object in which the usual Paths find something.
    pub(crate) fn document(&self) -> Value {
        json!({
            "a": self.value(1),
            "a b": { "c": 1 },
            "n": self.below(5),
            "items": self.few(0, || self.value(1)),
            "text": self.text(),
            "when": if self.chance(70) { "2025-01-01T00:00:10Z".to_owned() } else { self.time() },
            "deep": { "a": { "b": [1, { "a": true }] } },
        })
    }

    /// What an object in Amazon S3 holds.
    pub fn body(&self) -> String {
        match self.below(6) {
            0 => "a,b\n1,2\n3,\"x,\n\"\"y\"\n\n4".to_owned(),
            1 => self.few(0, || self.value(1).to_string()).join("\n"),
            2 => json!({ "list": self.few(0, || self.value(1)), "Manifest": [{ "Key": "k" }] }).to_string(),
            3 => self.text(),
            _ => Value::Array(self.few(0, || self.value(2))).to_string(),
        }
    }
}
