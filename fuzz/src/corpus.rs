//! Definitions that others wrote.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// Real definitions, to be mutated.
#[derive(Debug, Default)]
pub struct Corpus {
    definitions: Vec<Value>,
}

impl Corpus {
    /// Adds the definitions in a folder and the folders in it: the JSON files that have `StartAt`.
    ///
    /// # Errors
    ///
    /// The folder, or a file in it, cannot be read.
    pub fn add(&mut self, folder: &Path) -> io::Result<()> {
        let entries = fs::read_dir(folder)?;
        let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<PathBuf>>>()?;
        // A case has to be the same wherever it is run.
        paths.sort();
        for path in paths {
            if path.is_dir() {
                self.add(&path)?;
            } else if path.extension().is_some_and(|extension| extension == "json") {
                let definition = serde_json::from_str(&fs::read_to_string(&path)?).ok();
                self.definitions
                    .extend(definition.filter(|definition: &Value| definition.get("StartAt").is_some()));
            }
        }
        Ok(())
    }

    /// The definitions, always in the same order.
    pub fn definitions(&self) -> &[Value] {
        &self.definitions
    }
}
