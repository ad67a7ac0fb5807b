//! What goes into a simulation: its input, and the answers of its tasks.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::{Map, Value};
use stepwright_codegen::asl::StateMachine;
use stepwright_sim::Mocks;

use crate::error::Error;
use crate::terminal::Terminal;

/// The input: JSON, or `@` and the file that holds it; `{}` if nothing is said.
pub(super) fn input(argument: Option<&str>, terminal: &Terminal) -> Result<Value, Error> {
    let Some(argument) = argument else { return Ok(Value::Object(Map::new())) };
    let (name, text) = match argument.strip_prefix('@') {
        Some(file) => (format!("`{file}`"), read(file, terminal)?),
        None => ("the input".to_owned(), argument.to_owned()),
    };
    serde_json::from_str(&text).map_err(|error| {
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or(&reason);
        let place = format!("line {}, column {}", error.line(), error.column());
        Error::new(format!("{name} is no JSON: {reason} at {place}"))
            .note("help: write it like '{\"id\": 1}', a text as '\"text\"', a file as @FILE")
    })
}

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

fn read(file: &str, terminal: &Terminal) -> Result<String, Error> {
    fs::read_to_string(terminal.resolve(Path::new(file))).map_err(|error| {
        let help = match error.kind() {
            io::ErrorKind::InvalidData => "help: save it as UTF-8",
            _ => "help: check the path",
        };
        Error::new(format!("cannot read `{file}`")).because(error).note(help)
    })
}
