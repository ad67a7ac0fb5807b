//! Diagnostics as SARIF 2.1.0, which code scanning services and editors read.

use std::fmt::Write as _;

use indexmap::IndexSet;
use serde_json::{Value, json};

use crate::diagnostic::github::message;
use crate::diagnostic::{Code, Diagnostic, SourceLocation};

/// A log in the making.
///
/// ```
/// use stepwright_codegen::diagnostic::{Code, Diagnostic, Sarif};
///
/// let mut sarif = Sarif::default();
/// sarif.add(&Diagnostic::warning(Code::EndlessLoop, "a loop has no way out"));
/// let log = sarif.finish();
/// assert_eq!(log["runs"][0]["results"][0]["ruleId"], "SW0206");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Sarif {
    /// The codes that occur: the rules of the log.
    codes: IndexSet<Code>,
    results: Vec<Value>,
    failures: Vec<Value>,
}

impl Sarif {
    /// Adds a result.
    pub fn add(&mut self, diagnostic: &Diagnostic) {
        let (rule, _) = self.codes.insert_full(diagnostic.code);
        let mut result = json!({
            "ruleId": diagnostic.code.id(),
            "ruleIndex": rule,
            "level": diagnostic.severity.to_string(),
            "message": { "text": message(diagnostic) },
        });
        if let Some(location) = &diagnostic.location {
            let mut location = place(location);
            if let Some(state) = &diagnostic.state {
                location["logicalLocations"] = json!([{ "fullyQualifiedName": state }]);
            }
            result["locations"] = json!([location]);
        }
        if !diagnostic.labels.is_empty() {
            let related = diagnostic.labels.iter().map(|label| {
                let mut location = place(&label.location);
                location["message"] = json!({ "text": label.text });
                location
            });
            result["relatedLocations"] = related.collect();
        }
        if let Some(pointer) = diagnostic.location.as_ref().and_then(SourceLocation::pointer) {
            result["properties"] = json!({ "pointer": pointer });
        }
        self.results.push(result);
    }

    /// Adds what kept the check from being complete: a file that cannot be read.
    pub fn add_failure(&mut self, message: &str) {
        self.failures.push(json!({ "level": "error", "message": { "text": message } }));
    }

    /// The log.
    pub fn finish(self) -> Value {
        let mut invocation = json!({ "executionSuccessful": self.failures.is_empty() });
        if !self.failures.is_empty() {
            invocation["toolExecutionNotifications"] = Value::Array(self.failures);
        }
        json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": {
                    "driver": {
                        "name": "stepwright",
                        "semanticVersion": env!("CARGO_PKG_VERSION"),
                        "informationUri": env!("CARGO_PKG_REPOSITORY"),
                        "rules": self.codes.into_iter().map(rule).collect::<Vec<_>>(),
                    },
                },
                "invocations": [invocation],
                "columnKind": "unicodeCodePoints",
                "results": self.results,
            }],
        })
    }
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.id(),
        "name": format!("{code:?}"),
        "shortDescription": { "text": code.title() },
        "fullDescription": { "text": code.explanation().replace('`', "") },
        "help": { "text": code.explanation().replace('`', ""), "markdown": code.explanation() },
        "helpUri": help_uri(code),
    })
}

/// The section about a code in the reference, `docs/diagnostics.md`. It is absolute, as SARIF demands.
pub fn help_uri(code: Code) -> String {
    // The anchors that GitHub gives headings: lower case, hyphens for spaces, no punctuation.
    let heading = format!("{}: {}", code.id(), code.title()).to_lowercase().replace(' ', "-");
    let anchor = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let anchor: String = anchor.collect();
    format!("{}/blob/main/docs/diagnostics.md#{anchor}", env!("CARGO_PKG_REPOSITORY"))
}

fn place(location: &SourceLocation) -> Value {
    let Some(file) = location.file() else { return json!({}) };
    let mut place = json!({ "artifactLocation": { "uri": uri(file) } });
    if let Some((line, column)) = location.line_and_column() {
        place["region"] = json!({ "startLine": line, "startColumn": column });
    }
    json!({ "physicalLocation": place })
}

/// A path as a URI reference: relative, or with the scheme `file`.
fn uri(path: &str) -> String {
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte.into());
            }
            _ => write!(uri, "%{byte:02X}").expect("invariant: writing to a string does not fail"),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::{help_uri, uri};
    use crate::diagnostic::Code;

    #[test]
    fn paths_are_uris() {
        assert_eq!(uri("a b/ä#1.json"), "a%20b/%C3%A4%231.json");
        assert_eq!(uri("/tmp/x:y.json"), "file:///tmp/x%3Ay.json");
    }

    #[test]
    fn anchors_are_those_of_the_headings() {
        assert!(
            help_uri(Code::NextOrEnd)
                .ends_with("/docs/diagnostics.md#sw0207-a-state-needs-either-next-or-end-true")
        );
    }
}
