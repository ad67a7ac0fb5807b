//! A definition that was written by hand or by another tool.

use std::path::Path;

use stepwright_codegen::asl;
use stepwright_codegen::check::{self, Facts};
use stepwright_codegen::diagnostic::{Comments, Diagnostics, in_file};

#[cfg(feature = "yaml")]
use crate::check::yaml;
use crate::error::Error;
use crate::select::{File, Syntax};

/// A file with what it is written in.
pub(crate) struct Definition {
    pub(crate) file: File,
    syntax: Syntax,
}

impl Definition {
    pub(crate) fn new(path: &Path, file: File) -> Result<Self, Error> {
        let syntax = Syntax::of(path).unwrap_or(Syntax::Json);
        if syntax == Syntax::Yaml && cfg!(not(feature = "yaml")) {
            return Err(Error::new(format!("cannot check `{}`: it is YAML", file.name))
                .note("help: build stepwright-xtask with its feature `yaml`"));
        }
        Ok(Self { file, syntax })
    }

    /// What is wrong, with advice if that is wanted, and what its comments allow.
    pub(crate) fn check(&self, facts: &Facts, advice: bool) -> (Diagnostics, Comments) {
        match self.syntax {
            #[cfg(feature = "yaml")]
            Syntax::Yaml => match yaml::translate(&self.file.text) {
                Ok(json) => {
                    let diagnostics = check_json(&json.text, &self.file.name, facts, advice);
                    (json.back_to_yaml(diagnostics), comments(&json.text))
                }
                Err(findings) => (yaml::diagnose(findings, &self.file.name), Comments::default()),
            },
            _ => (check_json(&self.file.text, &self.file.name, facts, advice), comments(&self.file.text)),
        }
    }
}

fn check_json(text: &str, name: &str, facts: &Facts, advice: bool) -> Diagnostics {
    match asl::read(text) {
        Ok(document) => {
            let mut findings = check::check_with(document.machine(), facts);
            if advice {
                findings.extend(check::advise(document.machine(), facts));
            }
            document.diagnose(findings, Some(name))
        }
        Err(findings) => in_file(findings, Some(name), text),
    }
}

/// The comments of a text; of one that is no JSON nothing else is reported.
fn comments(text: &str) -> Comments {
    serde_json::from_str(text).map(|definition| Comments::of(&definition)).unwrap_or_default()
}
