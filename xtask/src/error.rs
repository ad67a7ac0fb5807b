//! What keeps a command from doing its work.

use std::{fmt, io};

/// A wrong argument, or a file that cannot be read or written.
#[derive(Debug)]
pub struct Error {
    message: String,
    notes: Vec<String>,
    example: Option<String>,
    source: Option<io::Error>,
}

impl Error {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), notes: Vec::new(), example: None, source: None }
    }

    /// Adds what to do, or what else one has to know.
    #[must_use]
    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds a text to copy, which is shown as it is after the notes.
    #[cfg(feature = "simulator")]
    #[must_use]
    pub(crate) fn example(mut self, example: impl Into<String>) -> Self {
        self.example = Some(example.into());
        self
    }

    /// Adds what the operating system said.
    #[must_use]
    pub(crate) fn because(mut self, source: io::Error) -> Self {
        self.source = Some(source);
        self
    }

    /// What to do, and what else one has to know.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// A text to copy.
    pub(crate) fn to_copy(&self) -> Option<&str> {
        self.example.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

/// For what is written to the terminal; errors of files are given their path where they happen.
impl From<io::Error> for Error {
    fn from(source: io::Error) -> Self {
        Self::new("cannot write the output").because(source)
    }
}
