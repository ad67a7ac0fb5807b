//! Diagnostics for programs.

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Label, SourceLocation};

/// A diagnostic as one JSON object. All fields are always there; what is not known is `null`.
///
/// ```
/// use stepwright_codegen::diagnostic::{Code, Diagnostic, json};
///
/// let diagnostic = Diagnostic::warning(Code::EndlessLoop, "a loop has no way out").help("leave it");
/// assert_eq!(json(&diagnostic)["code"], "SW0206");
/// assert_eq!(json(&diagnostic)["severity"], "warning");
/// ```
pub fn json(diagnostic: &Diagnostic) -> Value {
    let location = diagnostic.location.as_ref();
    let (line, column) = position(location);
    json!({
        "file": location.and_then(SourceLocation::file),
        "code": diagnostic.code.id(),
        "severity": diagnostic.severity.to_string(),
        "message": diagnostic.message,
        "pointer": location.and_then(SourceLocation::pointer),
        "line": line,
        "column": column,
        "state": diagnostic.state,
        "help": diagnostic.help,
        "notes": diagnostic.notes,
        "labels": diagnostic.labels.iter().map(label).collect::<Vec<_>>(),
    })
}

fn label(label: &Label) -> Value {
    let (line, column) = position(Some(&label.location));
    json!({
        "file": label.location.file(),
        "message": label.text,
        "pointer": label.location.pointer(),
        "line": line,
        "column": column,
    })
}

fn position(location: Option<&SourceLocation>) -> (Option<usize>, Option<usize>) {
    location.and_then(SourceLocation::line_and_column).unzip()
}
