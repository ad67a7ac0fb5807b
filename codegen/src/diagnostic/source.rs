//! Where the renderer gets the user's source lines from.

use std::fs;
use std::path::PathBuf;

/// Gives the text of the files that diagnostics point into. The library itself reads none.
pub trait Sources {
    /// The text of a file, named as in the diagnostic; `None` when it cannot be had.
    fn read(&self, file: &str) -> Option<String>;
}

impl<F: Fn(&str) -> Option<String>> Sources for F {
    fn read(&self, file: &str) -> Option<String> {
        self(file)
    }
}

/// No texts: diagnostics show file, line and column.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoSources;

impl Sources for NoSources {
    fn read(&self, _file: &str) -> Option<String> {
        None
    }
}

/// Reads files, relative ones from a root: the workspace root for the paths that rustc records.
#[derive(Debug, Clone)]
pub struct FsSources {
    /// The folder that relative paths start from.
    pub root: PathBuf,
}

impl Sources for FsSources {
    fn read(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.root.join(file)).ok()
    }
}
