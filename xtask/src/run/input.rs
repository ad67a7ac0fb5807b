//! What goes into a simulation: its input, and the answers of its tasks.

use std::path::Path;

use serde_json::Value;
use stepwright_codegen::asl::StateMachine;
use stepwright_sim::Mocks;

use crate::error::Error;
use crate::input::read;
use crate::terminal::Terminal;

/// How many of an input's problems are told.
const MOST_PROBLEMS: usize = 5;

/// Warns of an input that is not what the workflow takes; it may be meant to fail.
pub(super) fn compare(input: &Value, schema: &Value, terminal: &mut Terminal) -> Result<(), Error> {
    // The schema is one of ours; what its reader cannot make out is not the user's business.
    let Ok(validator) = jsonschema::validator_for(schema) else { return Ok(()) };
    for problem in validator.iter_errors(input).take(MOST_PROBLEMS) {
        let place = problem.instance_path().to_string();
        let place = if place.is_empty() { String::new() } else { format!(" at {place}") };
        let message = format!("the input is not what the workflow takes{place}: {problem}");
        terminal.warn(&message, "give it with `--input`, as JSON or as @FILE")?;
    }
    Ok(())
}

/// The answers in `FILE`, or those of a test case: `FILE#TestCase`.
pub(super) fn mocks(argument: &str, machine: &StateMachine, terminal: &Terminal) -> Result<Mocks, Error> {
    let is_file = terminal.resolve(Path::new(argument)).exists();
    let (file, case) = match argument.rsplit_once('#') {
        Some((file, case)) if !is_file => (file, Some(case)),
        Some(_) | None => (argument, None),
    };
    let text = read(file, terminal)?;
    Mocks::read(&text, case, machine).map_err(|problem| {
        let error = Error::new(format!("the mocks in `{file}` cannot be used: {problem}"));
        match problem.help() {
            Some(help) => error.note(format!("help: {help}")),
            None => error,
        }
    })
}
