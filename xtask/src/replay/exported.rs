//! Replays a history that was exported from AWS on a definition.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use stepwright::Registry;
use stepwright_sim::replay::{ExportedHistory, Rerun, replay_history};

use super::{BAD, GOOD};
use crate::Outcome;
use crate::error::Error;
use crate::run::subject;
use crate::terminal::Terminal;
use crate::text::{WIDTH, count, cut_end, enumerate, wrap};

/// Runs the execution of a history again, and shows whether it takes the same way.
pub(super) fn run(
    registry: &Registry,
    definition: &str,
    history: &Path,
    terminal: &mut Terminal,
) -> Result<Outcome, Error> {
    let path = terminal.resolve(history);
    let name = terminal.show(&path);
    let history = read(&path, &name)?;
    let Some(subject) = subject(registry, definition, terminal)? else { return Ok(Outcome::Problems) };
    let machine = &subject.machine;
    if !history.is_of(machine) {
        return Err(Error::new(format!("`{name}` is the history of another state machine"))
            .note(format!("note: `{definition}` has none of its states, {}", some_of(&history.states())))
            .note("help: export an execution of this one, or choose another definition"));
    }
    let rerun = replay_history(&history, machine)
        .map_err(|error| Error::new(format!("cannot replay `{name}`: {error}")))?;
    show(&rerun, &name, terminal)?;
    Ok(if rerun.is_same() { Outcome::Clean } else { Outcome::Problems })
}

fn read(path: &Path, name: &str) -> Result<ExportedHistory, Error> {
    let text = fs::read_to_string(path).map_err(|error| {
        let help = match error.kind() {
            io::ErrorKind::InvalidData => "help: save it as UTF-8",
            _ => "help: check the path",
        };
        Error::new(format!("cannot read `{name}`")).because(error).note(help)
    })?;
    ExportedHistory::read(&text).map_err(|error| {
        Error::new(format!("cannot replay `{name}`: {error}")).note(format!("help: {}", error.help()))
    })
}

/// How far the text of a difference is indented.
const INDENT: usize = 2;

fn show(rerun: &Rerun, name: &str, terminal: &mut Terminal) -> io::Result<()> {
    let same = count(rerun.same, "state");
    if rerun.is_same() && rerun.is_complete {
        let end = rerun.status.map_or("not ended yet", |status| status.as_str());
        writeln!(terminal.out, "{GOOD}takes the same way{GOOD:#}: {same}, {end}")?;
    } else if rerun.is_same() {
        writeln!(terminal.out, "{GOOD}takes the same way{GOOD:#} as far as that can be told: {same}")?;
    } else {
        writeln!(terminal.out, "{BAD}takes another way{BAD:#} than {name}")?;
    }
    for deviation in &rerun.deviations {
        lines(&deviation.what, terminal)?;
        for (what, text) in [("recorded", &deviation.recorded), ("now", &deviation.simulated)] {
            if let Some(text) = text {
                let text = text.replace(char::is_control, " ");
                writeln!(terminal.out, "    {what:<8}  {}", cut_end(&text, WIDTH - 14))?;
            }
        }
    }
    for (what, names) in [("not visited any more", &rerun.gone), ("visited for the first time", &rerun.new)] {
        if !names.is_empty() {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            lines(&format!("{what}: {}", some_of(&names)), terminal)?;
        }
    }
    if !rerun.is_same() && rerun.same > 0 {
        writeln!(terminal.out, "the same until then: {same}")?;
    }
    for note in &rerun.notes {
        for line in wrap(&format!("note: {note}"), WIDTH) {
            writeln!(terminal.out, "{line}")?;
        }
    }
    Ok(())
}

/// The first of the names of states.
fn some_of(names: &[&str]) -> String {
    const MOST: usize = 6;
    let mut shown: Vec<String> = names.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    if names.len() > MOST {
        shown.push(format!("{} more", names.len() - MOST));
    }
    enumerate(&shown)
}

/// Writes a sentence below the headline.
fn lines(text: &str, terminal: &mut Terminal) -> io::Result<()> {
    let text = text.replace(char::is_control, " ");
    for (index, line) in wrap(&text, WIDTH - INDENT - 2).iter().enumerate() {
        let indent = if index == 0 { INDENT } else { INDENT + 2 };
        writeln!(terminal.out, "{:indent$}{line}", "")?;
    }
    Ok(())
}
