//! JSON that an argument gives, or the file that it names.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::Value;

use crate::error::Error;
use crate::terminal::Terminal;

/// An input: JSON, or the file that holds it, with `@` before it or without.
pub(crate) fn input(argument: &str, terminal: &Terminal) -> Result<Value, Error> {
    let path = Path::new(argument);
    let is_file = terminal.resolve(path).is_file() || path.extension().is_some_and(|it| it == "json");
    let (name, text) = match argument.strip_prefix('@').or(is_file.then_some(argument)) {
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

/// The text of a file.
pub(crate) fn read(file: &str, terminal: &Terminal) -> Result<String, Error> {
    fs::read_to_string(terminal.resolve(Path::new(file))).map_err(|error| {
        let help = match error.kind() {
            io::ErrorKind::InvalidData => "help: save it as UTF-8",
            _ => "help: check the path",
        };
        Error::new(format!("cannot read `{file}`")).because(error).note(help)
    })
}
