//! What a rule found, in terms of the model: at a JSON pointer.

use crate::diagnostic::codes::Code;
use crate::diagnostic::locator::{Locator, Span};
use crate::diagnostic::pointer::{StateAt, state_at};
use crate::diagnostic::{Diagnostic, Diagnostics, Label, Severity, SourceLocation};

/// Which part of a member to point at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    /// The value; of an object or array its key, or where it starts.
    #[default]
    Value,
    /// The key.
    Key,
}

/// One problem of a machine, not tied to a file or to Rust code yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its kind.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong: one clause, lower case, no final period, code in backticks.
    pub message: String,
    /// The JSON pointer (RFC 6901) of the field or state.
    pub pointer: String,
    /// Which part of it to show.
    pub focus: Focus,
    /// The place in the text, where it is known already: a pointer does not tell duplicate keys apart.
    pub span: Option<Span>,
    /// Other places involved.
    pub labels: Vec<PointerLabel>,
    /// What else one has to know.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
}

/// Another place that has to do with a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointerLabel {
    /// Its JSON pointer.
    pub pointer: String,
    /// Its part in the problem.
    pub text: String,
}

impl Finding {
    /// An error at a JSON pointer.
    pub fn error(code: Code, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, pointer.into(), message.into())
    }

    /// A warning at a JSON pointer.
    pub fn warning(code: Code, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, pointer.into(), message.into())
    }

    fn new(code: Code, severity: Severity, pointer: String, message: String) -> Self {
        Self {
            code,
            severity,
            message,
            pointer,
            focus: Focus::Value,
            span: None,
            labels: Vec::new(),
            notes: Vec::new(),
            help: None,
        }
    }

    /// Points at the key instead of the value.
    #[must_use]
    pub fn on_key(mut self) -> Self {
        self.focus = Focus::Key;
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn label(mut self, pointer: impl Into<String>, text: impl Into<String>) -> Self {
        self.labels.push(PointerLabel { pointer: pointer.into(), text: text.into() });
        self
    }

    /// Adds something else one has to know.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Sets what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Sets what to do, where something is known.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// The path of the state it is in: `PackAndTell / branch 1 / Ship`; `None` outside of all states.
    ///
    /// Branches count from 0, like their JSON pointers.
    pub fn state_path(&self) -> Option<String> {
        let path = state_at(&self.pointer).path;
        (!path.is_empty()).then(|| path.join(" / "))
    }

    /// The name of the state it is in; `None` outside of all states.
    pub fn state_name(&self) -> Option<String> {
        state_at(&self.pointer).name
    }
}

/// Ties findings to the text of the definition they are about. `file` is what to call it.
pub fn in_file(findings: Vec<Finding>, file: Option<&str>, text: &str) -> Diagnostics {
    if findings.is_empty() {
        return Diagnostics::new();
    }
    let locator = Locator::new(text);
    let place = |pointer: String, focus, span: Option<Span>| {
        let span = span.or_else(|| locator.by_pointer(&pointer, focus));
        SourceLocation::Json { file: file.map(str::to_owned), pointer, span }
    };
    findings
        .into_iter()
        .map(|finding| {
            let state = finding.state_path();
            let labels = finding.labels.into_iter();
            let labels = labels
                .map(|label| Label { location: place(label.pointer, Focus::Value, None), text: label.text })
                .collect();
            Diagnostic {
                code: finding.code,
                severity: finding.severity,
                message: finding.message,
                location: Some(place(finding.pointer, finding.focus, finding.span)),
                state,
                labels,
                notes: finding.notes,
                help: finding.help,
            }
        })
        .collect()
}

/// Ties findings to the Rust code that the machine comes from.
///
/// `workflow` heads the paths of states. `locate` gives the location of a state by its name, and the workflow's own
/// for `None`. A label whose location is not known becomes a note; one at the location of the finding itself adds nothing
/// and is left out.
pub fn in_rust(
    findings: Vec<Finding>,
    workflow: &str,
    locate: impl Fn(Option<&str>) -> Option<SourceLocation>,
) -> Diagnostics {
    let place = |at: &StateAt| locate(at.name.as_deref()).or_else(|| locate(None));
    let path = |at: &StateAt| [&[workflow.to_owned()], at.path.as_slice()].concat().join(" / ");
    findings
        .into_iter()
        .map(|finding| {
            let at = state_at(&finding.pointer);
            let mut diagnostic = Diagnostic {
                code: finding.code,
                severity: finding.severity,
                message: finding.message,
                location: place(&at),
                state: Some(path(&at)),
                labels: Vec::new(),
                notes: finding.notes,
                help: finding.help,
            };
            for label in finding.labels {
                let at = state_at(&label.pointer);
                match locate(at.name.as_deref()) {
                    location @ Some(_) if location == diagnostic.location => {}
                    Some(location) => diagnostic.labels.push(Label { location, text: label.text }),
                    None => diagnostic.notes.push(format!("{}: {}", path(&at), label.text)),
                }
            }
            diagnostic
        })
        .collect()
}
