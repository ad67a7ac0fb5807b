//! All problems of a workflow, in the order of its source.

use std::fmt;

use crate::diagnostic::{Diagnostic, NoSources, Severity, SourceLocation, Style, render};

/// All that is wrong with a workflow or a definition: sorted in source order, each problem once.
///
/// `Display` shows them without source lines; [`render()`] has these.
#[must_use = "diagnostics are of no use unless somebody reads them"]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    // Invariant: sorted by `place`, without duplicates.
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// No problems.
    pub fn new() -> Self {
        Self::default()
    }

    /// All, in source order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Those that are certain to fail.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.iter().filter(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Those that are likely mistakes.
    pub fn warnings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.iter().filter(|diagnostic| diagnostic.severity == Severity::Warning)
    }

    /// Whether one of them is an error.
    pub fn has_errors(&self) -> bool {
        self.errors().next().is_some()
    }

    /// Whether there are none at all.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }
}

/// Where a diagnostic stands in the source. Those without a location come first.
fn place(diagnostic: &Diagnostic) -> Option<(&str, usize, usize, &str)> {
    diagnostic.location.as_ref().map(|location| match location {
        SourceLocation::Rust { file, line, column } => (file.as_ref(), *line as usize, *column as usize, ""),
        SourceLocation::Json { file, pointer, span } => {
            let (line, column) = span.map_or((0, 0), |span| (span.line, span.column));
            (file.as_deref().unwrap_or_default(), line, column, pointer.as_str())
        }
    })
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, more: I) {
        self.list.extend(more);
        // Stable, so that at the same place the order of the rules stays.
        self.list.sort_by(|a, b| place(a).cmp(&place(b)));
        let mut kept: Vec<Diagnostic> = Vec::with_capacity(self.list.len());
        let mut first_here = 0;
        for diagnostic in self.list.drain(..) {
            if kept.last().is_some_and(|last| place(last) != place(&diagnostic)) {
                first_here = kept.len();
            }
            if !kept[first_here..].contains(&diagnostic) {
                kept.push(diagnostic);
            }
        }
        self.list = kept;
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(diagnostics: I) -> Self {
        let mut collection = Self::default();
        collection.extend(diagnostics);
        collection
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'d> IntoIterator for &'d Diagnostics {
    type Item = &'d Diagnostic;
    type IntoIter = std::slice::Iter<'d, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&render(self, &NoSources, Style::Plain))
    }
}

impl std::error::Error for Diagnostics {}
