//! What a state may have several of: texts, Retriers and Catchers.

use serde_json::{Value, json};

use super::mutant::Mutant;

/// A string somewhere in a state.
pub(super) struct Text<'d> {
    pub(super) pointer: String,
    /// The pointer from the state.
    pub(super) field: String,
    pub(super) content: &'d str,
}

impl Text<'_> {
    /// Puts another expression in its place.
    pub(super) fn expression(&self, expression: impl AsRef<str>) -> Mutant {
        self.replaced(format!("{{% {} %}}", expression.as_ref()))
    }

    /// Puts another text in its place.
    pub(super) fn replaced(&self, text: impl Into<String>) -> Mutant {
        Mutant::at(&self.pointer).set(&self.pointer, json!(text.into()))
    }

    /// Whether it asks if something is there, so that the rules keep quiet about what it names.
    pub(super) fn asks(&self) -> bool {
        self.content.contains('?') || self.content.contains("$exists")
    }

    /// Replaces a part that is there exactly once.
    pub(super) fn with_part(&self, part: &str, other: &str) -> Option<Mutant> {
        (self.content.matches(part).count() == 1)
            .then(|| self.expression(self.content.replacen(part, other, 1)))
    }
}

/// A Retrier or Catcher.
pub(super) struct Handler<'d> {
    /// `Retry` or `Catch`.
    pub(super) field: &'static str,
    pub(super) at: usize,
    pub(super) pointer: String,
    pub(super) list_at: String,
    pub(super) json: &'d Value,
    pub(super) list: &'d [Value],
}

impl Handler<'_> {
    /// Its Error Names.
    pub(super) fn errors(&self) -> Vec<&str> {
        self.json["ErrorEquals"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// Whether it is for all errors, and so alone and last.
    pub(super) fn is_for_all(&self) -> bool {
        self.errors().contains(&"States.ALL")
    }

    /// Adds an Error Name, which is to be reported.
    pub(super) fn with_error(&self, error: &str) -> Mutant {
        let mut errors = self.errors();
        errors.push(error);
        let list = format!("{}/ErrorEquals", self.pointer);
        Mutant::at(format!("{list}/{}", errors.len() - 1)).set(list, json!(errors))
    }

    /// Gives it a field, which is to be reported.
    pub(super) fn with(&self, field: &str, value: Value) -> Mutant {
        let at = format!("{}/{field}", self.pointer);
        Mutant::at(&at).set(&at, value)
    }

    /// Puts another one like it behind it, for that error; what is to be reported is given from the list.
    pub(super) fn followed_by(&self, error: &str, reported: &str) -> Mutant {
        let mut list = self.list.to_vec();
        let mut other = self.json.clone();
        other["ErrorEquals"] = json!([error]);
        list.insert(self.at + 1, other);
        Mutant::at(format!("{}/{reported}", self.list_at)).set(&self.list_at, Value::Array(list))
    }
}
