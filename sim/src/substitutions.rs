//! What a deployment fills into a definition.

use std::collections::BTreeMap;

use serde_json::Value;
use stepwright_codegen::asl::{self, StateMachine};

use crate::error::Error;

/// Texts by the name that they are filled in for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Substitutions(BTreeMap<String, String>);

impl Substitutions {
    pub(crate) fn insert(&mut self, name: &str, text: String) {
        self.0.insert(format!("${{{name}}}"), text);
    }

    /// The machine, deployed.
    pub(crate) fn deploy(&self, machine: &StateMachine) -> Result<StateMachine, Error> {
        if self.0.is_empty() {
            return Ok(machine.clone());
        }
        let deployed = self.fill(asl::to_value(machine)).to_string();
        asl::read(&deployed).map(asl::Document::into_machine).map_err(|findings| {
            let problem = findings.first().map(|finding| finding.message.clone()).unwrap_or_default();
            Error::broken("what was substituted", problem)
        })
    }

    fn fill(&self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.fill_text(text)),
            Value::Array(items) => items.into_iter().map(|item| self.fill(item)).collect(),
            Value::Object(fields) => {
                fields.into_iter().map(|(name, field)| (self.fill_text(name), self.fill(field))).collect()
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => value,
        }
    }

    fn fill_text(&self, text: String) -> String {
        self.0.iter().fold(text, |text, (name, value)| text.replace(name, value))
    }
}
