//! States, but for those that have a file of their own.

use serde_json::{Value, json};
use stepwright_codegen::asl::{QueryLanguage, StateType};

use super::{Drawer, Fields};

impl Drawer {
    /// A state. `targets` are the states it may lead to.
    pub(super) fn state(&self, targets: &[String], depth: usize, outer: QueryLanguage) -> Value {
        let language = match outer {
            QueryLanguage::JsonPath if self.chance(20) => QueryLanguage::Jsonata,
            outer => outer,
        };
        let state_type = self.state_type(depth, targets);
        let mut fields = Fields::new();
        fields.insert("Type".to_owned(), state_type.as_str().into());
        if language != outer || self.chance(5) {
            fields.insert("QueryLanguage".to_owned(), language.as_str().into());
        }
        match state_type {
            StateType::Task => self.task(&mut fields, language),
            StateType::Pass => self.pass(&mut fields, language),
            StateType::Choice => self.choice(&mut fields, targets, language),
            StateType::Wait => self.wait(&mut fields, language),
            StateType::Succeed => {}
            StateType::Fail => self.fail(&mut fields, language),
            StateType::Parallel => self.parallel(&mut fields, depth - 1, language),
            StateType::Map => self.map(&mut fields, depth - 1, language),
        }
        self.common(&mut fields, state_type, targets, language);
        self.maybe(
            1,
            &mut fields,
            &self.word(&["Result", "Seconds", "Output", "InputPath", "Catch"]),
            || self.value(2),
        );
        fields.into()
    }

    fn state_type(&self, depth: usize, targets: &[String]) -> StateType {
        match self.below(if depth == 0 { 15 } else { 22 }) {
            0 => StateType::Succeed,
            1 => StateType::Fail,
            2..5 if !targets.is_empty() => StateType::Choice,
            5 | 6 => StateType::Wait,
            7..11 => StateType::Task,
            15..18 => StateType::Parallel,
            18..22 => StateType::Map,
            _ => StateType::Pass,
        }
    }

    fn common(
        &self,
        fields: &mut Fields,
        state_type: StateType,
        targets: &[String],
        language: QueryLanguage,
    ) {
        if state_type == StateType::Fail {
            return;
        }
        match language {
            QueryLanguage::JsonPath => {
                self.maybe(20, fields, "InputPath", || self.filter_path());
                self.maybe(20, fields, "OutputPath", || self.filter_path());
            }
            QueryLanguage::Jsonata => self.maybe(40, fields, "Output", || self.with_expressions(2)),
        }
        if matches!(state_type, StateType::Task | StateType::Parallel | StateType::Map) {
            self.result_fields(fields, language);
            self.handlers(fields, targets, language);
        }
        if state_type != StateType::Succeed {
            self.assign(25, fields, language);
        }
        if matches!(state_type, StateType::Succeed | StateType::Choice) {
            return;
        }
        match self.target(targets) {
            Some(target) if self.chance(80) => fields.insert("Next".to_owned(), target.into()),
            _ => fields.insert("End".to_owned(), true.into()),
        };
    }

    fn pass(&self, fields: &mut Fields, language: QueryLanguage) {
        if language == QueryLanguage::JsonPath {
            self.maybe(40, fields, "Parameters", || self.template(2));
            self.maybe(30, fields, "Result", || self.value(3));
            self.maybe(40, fields, "ResultPath", || self.result_path());
        }
    }

    fn wait(&self, fields: &mut Fields, language: QueryLanguage) {
        match (self.below(4), language) {
            (0, _) => fields.insert("Seconds".to_owned(), self.seconds()),
            (1, _) => fields.insert("Timestamp".to_owned(), self.time().into()),
            (2, QueryLanguage::Jsonata) => {
                let seconds =
                    if self.chance(60) { "{% $states.input.n %}".to_owned() } else { self.expression() };
                fields.insert("Seconds".to_owned(), seconds.into())
            }
            (_, QueryLanguage::Jsonata) => fields.insert("Timestamp".to_owned(), self.expression().into()),
            (2, QueryLanguage::JsonPath) => {
                let path = if self.chance(60) { "$.n".to_owned() } else { self.path() };
                fields.insert("SecondsPath".to_owned(), path.into())
            }
            (_, QueryLanguage::JsonPath) => {
                let path = if self.chance(60) { "$.when".to_owned() } else { self.path() };
                fields.insert("TimestampPath".to_owned(), path.into())
            }
        };
    }

    fn fail(&self, fields: &mut Fields, language: QueryLanguage) {
        for name in ["Error", "Cause"] {
            match (self.below(3), language) {
                (0, _) => fields.insert(name.to_owned(), self.error().into()),
                (1, QueryLanguage::Jsonata) => fields.insert(name.to_owned(), self.expression().into()),
                (1, QueryLanguage::JsonPath) => {
                    let value = if self.chance(50) { self.path() } else { self.intrinsic(2) };
                    fields.insert(format!("{name}Path"), value.into())
                }
                _ => None,
            };
        }
    }

    fn parallel(&self, fields: &mut Fields, depth: usize, language: QueryLanguage) {
        let branches: Vec<Value> = self.few(1, || self.scope(depth, language).into());
        fields.insert("Branches".to_owned(), json!(branches));
        self.request(30, fields, language);
    }
}
