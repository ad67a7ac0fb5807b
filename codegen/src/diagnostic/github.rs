//! Diagnostics as commands of GitHub workflows, which become annotations of a pull request.

use std::fmt::Write as _;

use crate::diagnostic::{Diagnostic, SourceLocation};

/// A diagnostic as a workflow command, without a line feed at the end.
///
/// ```
/// use stepwright_codegen::diagnostic::{Code, Diagnostic, github};
///
/// let diagnostic = Diagnostic::warning(Code::EndlessLoop, "100 % endless").help("leave it");
/// assert_eq!(github(&diagnostic), "::warning title=SW0206%3A a loop has no way out::100 %25 endless%0Ahelp: leave it");
/// ```
pub fn github(diagnostic: &Diagnostic) -> String {
    let title = format!("{}: {}", diagnostic.code, diagnostic.code.title());
    let location = diagnostic.location.as_ref();
    let mut properties = Vec::new();
    if let Some(file) = location.and_then(SourceLocation::file) {
        properties.push(("file", file.to_owned()));
    }
    if let Some((line, column)) = location.and_then(SourceLocation::line_and_column) {
        properties.extend([("line", line.to_string()), ("col", column.to_string())]);
    }
    properties.push(("title", title));
    let properties: Vec<String> =
        properties.into_iter().map(|(name, value)| format!("{name}={}", property(&value))).collect();
    format!("::{} {}::{}", diagnostic.severity, properties.join(","), data(&message(diagnostic)))
}

/// The message with all that is known, as several lines.
pub(crate) fn message(diagnostic: &Diagnostic) -> String {
    let mut message = diagnostic.message.clone();
    let mut line = |name: &str, text: &str| {
        write!(message, "\n{name}: {text}").expect("invariant: writing to a string does not fail");
    };
    if let Some(state) = &diagnostic.state {
        line("state", state);
    }
    for note in &diagnostic.notes {
        line("note", note);
    }
    if let Some(help) = &diagnostic.help {
        line("help", help);
    }
    message
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
