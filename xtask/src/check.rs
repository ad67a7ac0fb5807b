//! `check`: looks for mistakes.

mod definition;
mod policy;
mod report;
#[cfg(feature = "yaml")]
mod yaml;

use stepwright::Registry;
use stepwright_codegen::check::Facts;
use stepwright_codegen::diagnostic::{Comments, Diagnostics};
use stepwright_codegen::{Compiled, compile_plan};

use crate::Outcome;
use crate::check::definition::Definition;
use crate::check::policy::{Policy, warn_of_unknown_codes};
use crate::check::report::Report;
use crate::compile::rust_source;
use crate::error::Error;
use crate::flags::CheckFlags;
use crate::input::input;
use crate::select::{Place, Syntax, places, read};
use crate::terminal::Terminal;

/// Compiles workflows and checks definitions, and shows all that is wrong.
///
/// A file that cannot be read does not keep the others from being checked.
pub(crate) fn run(
    registry: &Registry,
    flags: &CheckFlags,
    terminal: &mut Terminal,
) -> Result<Outcome, Error> {
    let policy = Policy::new(flags)?;
    let facts = facts(flags, terminal)?;
    let mut failures = Vec::new();
    let syntaxes = [Syntax::Json, Syntax::Yaml];
    let places = places(registry, &flags.targets, &syntaxes, &mut failures, terminal)?;
    let mut report = Report::new(flags.format);
    for place in places {
        match place {
            Place::Workflow(workflow) => {
                let diagnostics = match compile_plan(&workflow.plan) {
                    Ok(compiled) if flags.advice => with_advice(&compiled),
                    Ok(compiled) => compiled.warnings,
                    Err(errors) => errors,
                };
                report.workflows += 1;
                let sources = |file: &str| rust_source(registry.home(), file);
                report.add(policy.apply(diagnostics, &Comments::default()), &sources, terminal)?;
            }
            Place::File(path) => match read(&path, terminal).and_then(|file| Definition::new(&path, file)) {
                Ok(definition) => {
                    let (diagnostics, comments) = definition.check(&facts, flags.advice);
                    warn_of_unknown_codes(&comments, &definition.file.name, terminal)?;
                    report.definitions += 1;
                    let sources = |_: &str| Some(definition.file.text.clone());
                    report.add(policy.apply(diagnostics, &comments), &sources, terminal)?;
                }
                Err(error) => failures.push(error),
            },
        }
    }
    let outcome = report.finish(&failures, terminal)?;
    let Some(last) = failures.pop() else { return Ok(outcome) };
    for failure in &failures {
        terminal.show_error(failure);
    }
    Err(last)
}

/// What the arguments say of the definitions.
fn facts(flags: &CheckFlags, terminal: &Terminal) -> Result<Facts, Error> {
    let facts = if flags.express { Facts::default().express() } else { Facts::default() };
    flags.input.iter().try_fold(facts, |facts, argument| Ok(facts.input(&input(argument, terminal)?)))
}

fn with_advice(compiled: &Compiled) -> Diagnostics {
    compiled.warnings.iter().chain(&compiled.advice()).cloned().collect()
}
