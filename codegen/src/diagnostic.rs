//! What is wrong with a workflow or a definition, and how it is told.
//!
//! Rules report a [`Finding`] at a JSON pointer of the model. With the text of a file or the Rust locations of the
//! states it becomes a [`Diagnostic`], which [`render()`] shows the way rustc does. For programs
//! there are [`json()`], [`github()`] and [`Sarif`].

mod codes;
mod collection;
mod comments;
mod finding;
mod github;
mod json;
mod locator;
mod long_line;
mod pointer;
mod render;
mod sarif;
mod source;

pub use codes::{Code, Group, reference};
pub use collection::Diagnostics;
pub use comments::Comments;
pub use finding::{Finding, Focus, PointerLabel, in_file, in_rust};
pub use github::github;
pub use json::json;
pub use locator::Span;
pub use render::{Style, render, render_each};
pub use sarif::{Sarif, help_uri};
pub use source::{FsSources, NoSources, Sources};

pub(crate) use locator::Locator;
pub(crate) use pointer::push as push_token;

use std::borrow::Cow;
use std::fmt;
use std::panic::Location;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Certain to fail: nothing is emitted.
    Error,
    /// Likely a mistake.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// One problem, with everything that is known about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind, with a page in the reference.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong: one clause, lower case, no final period, code in backticks.
    pub message: String,
    /// Where to look first.
    pub location: Option<SourceLocation>,
    /// The path of the state, from the workflow's name down: `OrderFulfilment / PackAndTell / branch 1 / Ship`.
    pub state: Option<String>,
    /// Other places involved.
    pub labels: Vec<Label>,
    /// What else one has to know.
    pub notes: Vec<String>,
    /// What to do: a statement, ready to paste where it can be.
    pub help: Option<String>,
}

/// Another place that has to do with a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub location: SourceLocation,
    /// Its part in the problem: "first used here".
    pub text: String,
}

/// A place in what the user wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceLocation {
    /// A call in Rust; where it ends is not known.
    Rust {
        /// The path as rustc gives it.
        file: Cow<'static, str>,
        /// From 1.
        line: u32,
        /// From 1, in characters.
        column: u32,
    },
    /// A place in a definition.
    Json {
        /// The file, where there is one.
        file: Option<String>,
        /// The JSON pointer (RFC 6901); empty for the whole document.
        pointer: String,
        /// The place in the text; `None` where the text does not have what the pointer names.
        span: Option<Span>,
    },
}

impl From<&'static Location<'static>> for SourceLocation {
    fn from(location: &'static Location<'static>) -> Self {
        SourceLocation::Rust {
            file: Cow::Borrowed(location.file()),
            line: location.line(),
            column: location.column(),
        }
    }
}

impl SourceLocation {
    /// The file, where there is one.
    pub fn file(&self) -> Option<&str> {
        match self {
            Self::Rust { file, .. } => Some(file),
            Self::Json { file, .. } => file.as_deref(),
        }
    }

    /// Line and column, from 1, the column in characters; `None` where the place in the text is not known.
    pub fn line_and_column(&self) -> Option<(usize, usize)> {
        match self {
            Self::Rust { line, column, .. } => Some((*line as usize, *column as usize)),
            Self::Json { span, .. } => span.map(|span| (span.line, span.column)),
        }
    }

    /// The JSON pointer of a place in a definition.
    pub fn pointer(&self) -> Option<&str> {
        match self {
            Self::Rust { .. } => None,
            Self::Json { pointer, .. } => Some(pointer),
        }
    }
}

impl fmt::Display for SourceLocation {
    /// Writes `file:line:column`, or the pointer where there is no text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rust { file, line, column } => write!(f, "{file}:{line}:{column}"),
            Self::Json { file: Some(file), span: Some(span), .. } => {
                write!(f, "{file}:{}:{}", span.line, span.column)
            }
            Self::Json { file: None, span: Some(span), .. } => write!(f, "{}:{}", span.line, span.column),
            Self::Json { file: Some(file), pointer, span: None } => write!(f, "{file}#{pointer}"),
            Self::Json { file: None, pointer, span: None } => write!(f, "#{pointer}"),
        }
    }
}

impl Diagnostic {
    /// An error with that message and nothing else known yet.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message.into())
    }

    /// A warning with that message and nothing else known yet.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message.into())
    }

    fn new(code: Code, severity: Severity, message: String) -> Self {
        Self {
            code,
            severity,
            message,
            location: None,
            state: None,
            labels: Vec::new(),
            notes: Vec::new(),
            help: None,
        }
    }

    /// Sets where to look first.
    #[must_use]
    pub fn at(mut self, location: impl Into<SourceLocation>) -> Self {
        self.location = Some(location.into());
        self
    }

    /// Sets the path of the state.
    #[must_use]
    pub fn in_state(mut self, state: impl Into<String>) -> Self {
        self.state = Some(state.into());
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn label(mut self, location: impl Into<SourceLocation>, text: impl Into<String>) -> Self {
        self.labels.push(Label { location: location.into(), text: text.into() });
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
}

impl fmt::Display for Diagnostic {
    /// Writes it without source lines; [`render()`] has them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&render::one(self, &render::Texts::default(), Style::Plain))
    }
}
