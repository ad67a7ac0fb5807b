//! A definition that has been read, with its text.

use crate::asl::json::Json;
use crate::asl::machine::StateMachine;
use crate::asl::object::Shape;
use crate::asl::read::Reader;
use crate::diagnostic::{Code, Diagnostics, Finding, Focus, Locator, Span, in_file};

/// A state machine and the text it was read from.
#[derive(Debug, Clone)]
pub struct Document {
    machine: StateMachine,
    text: String,
}

/// Documents are equal when their machines are, however they are written.
impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        self.machine == other.machine
    }
}

impl Document {
    /// The machine.
    pub fn machine(&self) -> &StateMachine {
        &self.machine
    }

    /// Gives the text away for the machine.
    pub fn into_machine(self) -> StateMachine {
        self.machine
    }

    /// The text it was read from.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Ties findings about the machine to their places in the text; `file` is what to call it.
    pub fn diagnose(&self, findings: Vec<Finding>, file: Option<&str>) -> Diagnostics {
        in_file(findings, file, &self.text)
    }
}

/// Reads a definition.
///
/// # Errors
///
/// All problems that keep the text from being a [`StateMachine`] (codes `SW06xx`), each with its place in the text.
/// What the machine means is not looked at: that is [`check`](crate::check::check).
pub fn read(text: &str) -> Result<Document, Vec<Finding>> {
    let json: Json = serde_json::from_str(text).map_err(|error| vec![syntax(text, &error)])?;
    let mut reader = Reader::new();
    let machine = StateMachine::read(&json, &mut reader);
    match machine {
        Some(machine) if reader.is_happy() => Ok(Document { machine, text: text.to_owned() }),
        _ => Err(reader.into_findings(text)),
    }
}

/// The place in a JSON text that a JSON pointer (RFC 6901) names: a scalar's value; of an object or array the key that
/// holds it, or where it starts. `None` when there is no such place, or the text is no JSON.
pub fn locate(text: &str, pointer: &str) -> Option<Span> {
    Locator::new(text).by_pointer(pointer, Focus::Value)
}

/// What `serde_json` says about a text that is no JSON.
fn syntax(text: &str, error: &serde_json::Error) -> Finding {
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or(&reason);
    let (message, help) = if reason.starts_with("recursion limit") {
        ("the definition is nested too deeply".to_owned(), Some("nest at most 128 objects and arrays"))
    } else if text.trim().is_empty() {
        (
            "the definition is empty".to_owned(),
            Some("a definition is a JSON object with `StartAt` and `States`"),
        )
    } else {
        (format!("the definition is no JSON: {reason}"), hint(reason, text))
    };
    let mut finding = Finding::error(Code::InvalidJson, "", message).maybe_help(help.map(str::to_owned));
    finding.span = Some(Locator::new(text).at_line(error.line(), error.column()));
    finding
}

fn hint(reason: &str, text: &str) -> Option<&'static str> {
    if text.starts_with('\u{feff}') {
        return Some("save the file as UTF-8 without a byte order mark");
    }
    match reason {
        "trailing comma" => Some("remove the comma before the closing bracket"),
        "key must be a string" => Some("write keys in double quotes; JSON has no comments"),
        "trailing characters" => Some("a definition is one JSON object with nothing after it"),
        _ => None,
    }
}
