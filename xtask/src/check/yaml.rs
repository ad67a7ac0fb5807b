//! Definitions in YAML: translated to JSON, with what stands where.
//!
//! The reader of definitions knows JSON only. What it finds in the translation is shown at its place in the YAML.

mod scalar;
mod translator;

use stepwright_codegen::diagnostic::{Code, Diagnostic, Diagnostics, Finding, SourceLocation, Span, in_file};

use translator::Translator;

/// The JSON that a text in YAML stands for.
#[derive(Debug)]
pub(crate) struct Translation {
    pub(crate) text: String,
    marks: Vec<Mark>,
}

/// What begins at a byte of the JSON, and where it stands in the YAML. Sorted by the byte.
#[derive(Debug, Clone, Copy)]
struct Mark {
    at: usize,
    span: Span,
}

/// Translates a text, or says why it is no definition in YAML.
pub(crate) fn translate(text: &str) -> Result<Translation, Vec<Finding>> {
    Translator::new(text).translate()
}

/// Ties findings about the YAML itself to their file.
pub(crate) fn diagnose(findings: Vec<Finding>, file: &str) -> Diagnostics {
    in_file(findings, Some(file), "")
}

impl Translation {
    /// The same diagnostics with their places in the YAML.
    pub(crate) fn back_to_yaml(&self, diagnostics: Diagnostics) -> Diagnostics {
        diagnostics.into_iter().map(|diagnostic| self.moved(diagnostic)).collect()
    }

    fn moved(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        let labels = diagnostic.labels.iter_mut().map(|label| &mut label.location);
        for location in diagnostic.location.iter_mut().chain(labels) {
            if let SourceLocation::Json { span: Some(span), .. } = location {
                *span = self.in_yaml(span.start);
            }
        }
        diagnostic
    }

    /// Where the YAML has what begins at a byte of the JSON, or is around it.
    fn in_yaml(&self, at: usize) -> Span {
        let after = self.marks.partition_point(|mark| mark.at <= at);
        let mark = after.checked_sub(1).and_then(|before| self.marks.get(before));
        mark.map_or(START, |mark| mark.span)
    }
}

/// Where a text begins.
const START: Span = Span { start: 0, end: 0, line: 1, column: 1 };

/// An error at a place in the YAML.
fn error(span: Span, message: impl Into<String>) -> Finding {
    let mut finding = Finding::error(Code::InvalidJson, "", message);
    finding.span = Some(span);
    finding
}
