//! How findings are told: to people, or to programs.

use std::collections::BTreeSet;
use std::error::Error as _;
use std::io::Write;

use stepwright_codegen::diagnostic::{Sarif, SourceLocation, Sources, Style, github, json, render_each};

use crate::Outcome;
use crate::check::policy::Told;
use crate::error::Error;
use crate::flags::Format;
use crate::terminal::Terminal;
use crate::text::{count, enumerate};

/// What has been found so far.
#[derive(Debug)]
pub(crate) struct Report {
    format: Format,
    pub(crate) workflows: usize,
    pub(crate) definitions: usize,
    errors: usize,
    warnings: usize,
    allowed: usize,
    /// The files with findings.
    files: BTreeSet<String>,
    sarif: Sarif,
}

impl Report {
    pub(crate) fn new(format: Format) -> Self {
        Self {
            format,
            workflows: 0,
            definitions: 0,
            errors: 0,
            warnings: 0,
            allowed: 0,
            files: BTreeSet::new(),
            sarif: Sarif::default(),
        }
    }

    /// Tells what was found in one workflow or definition.
    pub(crate) fn add(
        &mut self,
        told: Told,
        sources: &dyn Sources,
        terminal: &mut Terminal,
    ) -> Result<(), Error> {
        let Told { diagnostics, allowed } = told;
        self.allowed += allowed;
        self.errors += diagnostics.errors().count();
        self.warnings += diagnostics.warnings().count();
        for diagnostic in &diagnostics {
            let file = diagnostic.location.as_ref().and_then(SourceLocation::file);
            self.files.extend(file.map(str::to_owned));
            match self.format {
                Format::Human => {}
                Format::Json => writeln!(terminal.out, "{}", json(diagnostic))?,
                Format::Github => writeln!(terminal.out, "{}", github(diagnostic))?,
                Format::Sarif => self.sarif.add(diagnostic),
            }
        }
        if self.format == Format::Human {
            // In colour: the stream knows whether they are wanted.
            terminal.err.write_all(render_each(&diagnostics, sources, Style::Color).as_bytes())?;
        }
        Ok(())
    }

    /// Ends the report. The errors about what could not be read are for programs only; people are shown them afterwards.
    pub(crate) fn finish(self, failures: &[Error], terminal: &mut Terminal) -> Result<Outcome, Error> {
        let outcome = if self.errors > 0 { Outcome::Problems } else { Outcome::Clean };
        match self.format {
            Format::Human if self.workflows + self.definitions > 0 => {
                writeln!(terminal.out, "{}", self.summary())?;
            }
            Format::Human | Format::Json => {}
            Format::Github => {
                for failure in failures {
                    writeln!(
                        terminal.out,
                        "::error::{}",
                        reason(failure).replace('%', "%25").replace('\n', "%0A")
                    )?;
                }
            }
            Format::Sarif => {
                let mut sarif = self.sarif;
                for failure in failures {
                    sarif.add_failure(&reason(failure));
                }
                writeln!(terminal.out, "{:#}", sarif.finish())?;
            }
        }
        Ok(outcome)
    }

    /// "1 workflow and 200 definitions: 3 errors, 12 warnings in 7 files".
    fn summary(&self) -> String {
        let found = [(self.errors, "error"), (self.warnings, "warning")];
        let mut summary = match counted(&found) {
            found if found.is_empty() => "no problems".to_owned(),
            found => found.join(", "),
        };
        if !self.files.is_empty() && self.workflows + self.definitions > 1 {
            summary = format!("{summary} in {}", count(self.files.len(), "file"));
        }
        if self.allowed > 0 {
            summary = format!("{summary}, {} allowed", self.allowed);
        }
        let subjects = [(self.workflows, "workflow"), (self.definitions, "definition")];
        format!("{}: {summary}", enumerate(&counted(&subjects)))
    }
}

fn counted(numbers: &[(usize, &str)]) -> Vec<String> {
    numbers.iter().filter(|(number, _)| *number > 0).map(|(number, noun)| count(*number, noun)).collect()
}

fn reason(error: &Error) -> String {
    error.source().map_or_else(|| error.to_string(), |source| format!("{error}: {source}"))
}
