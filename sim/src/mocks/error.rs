//! What is wrong with a file of mocks.

use std::fmt;

use serde_json::Value;
use stepwright_codegen::asl;

/// A file that holds no replies for the tasks of a machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MocksError {
    place: Option<(usize, usize)>,
    pointer: String,
    message: String,
    help: Option<String>,
}

impl MocksError {
    pub(super) fn syntax(error: &serde_json::Error) -> Self {
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or(&reason);
        Self {
            place: Some((error.line(), error.column())),
            pointer: String::new(),
            message: format!("no JSON: {reason}"),
            help: None,
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

impl fmt::Display for MocksError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((line, column)) = self.place {
            write!(f, "line {line}, column {column}")?;
        }
        match (self.place, self.pointer.as_str()) {
            (Some(_), "") => f.write_str(": ")?,
            (Some(_), pointer) => write!(f, " ({pointer}): ")?,
            (None, "") => {}
            (None, pointer) => write!(f, "{pointer}: ")?,
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for MocksError {}

/// A problem at a place that is named by a JSON pointer.
#[derive(Debug)]
pub(super) struct Problem {
    pointer: String,
    message: String,
    help: Option<String>,
}

impl Problem {
    pub(super) fn new(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), message: message.into(), help: None }
    }

    /// Something else was expected.
    pub(super) fn shape(pointer: impl Into<String>, expected: &str, found: &Value) -> Self {
        let found = match found {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        Self::new(pointer, format!("expected {expected}, found {found}"))
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Ties it to the text.
    pub(super) fn locate(self, text: &str) -> MocksError {
        let place = asl::locate(text, &self.pointer).map(|span| (span.line, span.column));
        MocksError { place, pointer: self.pointer, message: self.message, help: self.help }
    }
}

/// The JSON pointer of a member.
pub(super) fn pointer(parent: &str, name: &str) -> String {
    format!("{parent}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// The name that may have been meant.
pub(super) fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let folded = name.to_lowercase();
    let distance = |other: &str| strsim::damerau_levenshtein(&folded, &other.to_lowercase());
    let (distance, near) =
        names.map(|other| (distance(other), other)).min_by_key(|(distance, _)| *distance)?;
    (distance <= (name.chars().count() / 3).max(1)).then_some(near)
}
