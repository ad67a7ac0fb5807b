//! `check`: looks for mistakes.

use std::collections::BTreeMap;
use std::io::Write;

use stepwright::Registry;
use stepwright_codegen::diagnostic::{Diagnostics, in_file};
use stepwright_codegen::{asl, check, compile_plan};

use crate::Outcome;
use crate::compile::{rust_source, show};
use crate::error::Error;
use crate::flags::CheckFlags;
use crate::select::{File, Target, targets};
use crate::terminal::Terminal;
use crate::text::{count, enumerate};

/// Compiles workflows and checks definitions, and shows all that is wrong.
pub(crate) fn run(
    registry: &Registry,
    flags: &CheckFlags,
    terminal: &mut Terminal,
) -> Result<Outcome, Error> {
    let mut diagnostics = Diagnostics::new();
    let mut texts = BTreeMap::new();
    let mut workflows = 0;
    for target in targets(registry, &flags.targets, terminal)? {
        match target {
            Target::Workflow(workflow) => {
                workflows += 1;
                diagnostics.extend(match compile_plan(&workflow.plan) {
                    Ok(compiled) => compiled.warnings,
                    Err(errors) => errors,
                });
            }
            Target::File(file) => {
                diagnostics.extend(check_file(&file));
                texts.insert(file.name, file.text);
            }
        }
    }
    let sources = |file: &str| texts.get(file).cloned().or_else(|| rust_source(registry.home(), file));
    show(&diagnostics, &sources, terminal)?;
    let all_is_well = if diagnostics.is_empty() { ": no problems" } else { "" };
    writeln!(terminal.out, "checked {}{all_is_well}", subjects(workflows, texts.len()))?;
    Ok(if diagnostics.has_errors() { Outcome::Problems } else { Outcome::Clean })
}

fn check_file(file: &File) -> Diagnostics {
    match asl::read(&file.text) {
        Ok(document) => document.diagnose(check::check(document.machine()), Some(&file.name)),
        Err(findings) => in_file(findings, Some(&file.name), &file.text),
    }
}

/// "2 workflows and 1 file".
fn subjects(workflows: usize, files: usize) -> String {
    let parts = [(workflows, "workflow"), (files, "file")];
    let parts: Vec<String> =
        parts.iter().filter(|(number, _)| *number > 0).map(|(number, noun)| count(*number, noun)).collect();
    enumerate(&parts)
}
