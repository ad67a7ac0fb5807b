//! `replay`: simulates recorded executions again.

mod exported;

use std::fmt::Display;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anstyle::{AnsiColor, Style};
use serde_json::Value;
use stepwright::Registry;
use stepwright_sim::replay::{Recording, Unreadable, replay};

use crate::Outcome;
use crate::error::Error;
use crate::flags::ReplayFlags;
use crate::select::entries_of;
use crate::terminal::Terminal;
use crate::text::{WIDTH, count, cut_end, wrap};

const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();

/// How many recordings agree.
#[derive(Debug, Default)]
struct Tally {
    agree: usize,
    differ: usize,
    /// Files that hold something else.
    others: usize,
}

/// Simulates recordings, or an exported history on a definition, and shows what takes another way.
pub(crate) fn run(
    registry: &Registry,
    flags: &ReplayFlags,
    terminal: &mut Terminal,
) -> Result<Outcome, Error> {
    match (&flags.definition, &flags.history, &flags.path) {
        (Some(definition), Some(history), _) => exported::run(registry, definition, history, terminal),
        (_, _, Some(path)) => run_recordings(path, terminal),
        _ => Err(Error::new("there is nothing to replay")
            .note("help: name a recording, or use `--definition` and `--history`")),
    }
}

/// Simulates the recordings and shows which of them take another way.
fn run_recordings(path: &Path, terminal: &mut Terminal) -> Result<Outcome, Error> {
    let path = terminal.resolve(path);
    let is_folder = path.is_dir();
    let paths = if is_folder { files_below(&path, terminal)? } else { vec![path] };
    let mut tally = Tally::default();
    for path in paths {
        let name = terminal.show(&path);
        let text = fs::read_to_string(&path).map_err(|error| {
            Error::new(format!("cannot read `{name}`")).because(error).note("help: check the path")
        })?;
        match recordings(&text) {
            Ok(recordings) if recordings.is_empty() && is_folder => tally.others += 1,
            Ok(recordings) if recordings.is_empty() => {
                return Err(Error::new(format!("`{name}` is no recording of an execution"))
                    .note("help: it needs a `definition` and an `outcome`, or `cases`"));
            }
            Ok(recordings) => {
                let are_several = recordings.len() > 1;
                for (recording, number) in recordings.iter().zip(1..) {
                    let case = format!("{name}: case {number}");
                    compare(recording, if are_several { &case } else { &name }, &mut tally, terminal)?;
                }
            }
            Err(error) if is_folder => {
                tally.differ += 1;
                fails(&name, &error, terminal)?;
            }
            Err(error) => {
                return Err(Error::new(format!("cannot replay `{name}`: {error}")));
            }
        }
    }
    conclude(&tally, terminal)
}

/// The recordings in a text; none if it is about something else.
fn recordings(text: &str) -> Result<Vec<Recording>, Unreadable> {
    // What is no JSON is left to the reader, which says so.
    let file: Option<Value> = serde_json::from_str(text).ok();
    let has = |name: &str| file.as_ref().is_none_or(|file| file.get(name).is_some());
    if file.is_some() && has("cases") {
        Recording::read_cases(text)
    } else if has("definition") && has("outcome") {
        Recording::read(text).map(|recording| vec![recording])
    } else {
        Ok(Vec::new())
    }
}

fn compare(
    recording: &Recording,
    name: &str,
    tally: &mut Tally,
    terminal: &mut Terminal,
) -> Result<(), Error> {
    let differences = match replay(recording) {
        Ok(differences) => differences,
        Err(error) => {
            tally.differ += 1;
            return fails(name, &error, terminal);
        }
    };
    let Some(first) = differences.first() else {
        tally.agree += 1;
        writeln!(terminal.out, "{GOOD}agrees{GOOD:#}   {name}")?;
        return Ok(());
    };
    tally.differ += 1;
    writeln!(terminal.out, "{BAD}differs{BAD:#}  {name}")?;
    for (what, text) in [("at", &first.at), ("recorded", &first.recorded), ("simulated", &first.simulated)] {
        let text = text.replace(char::is_control, " ");
        writeln!(terminal.out, "         {what:<9}  {}", cut_end(&text, WIDTH - 20))?;
    }
    Ok(())
}

/// Says what keeps a recording from being replayed.
fn fails(name: &str, error: &dyn Display, terminal: &mut Terminal) -> Result<(), Error> {
    writeln!(terminal.out, "{BAD}differs{BAD:#}  {name}")?;
    for line in wrap(&error.to_string(), WIDTH - 9) {
        writeln!(terminal.out, "         {line}")?;
    }
    Ok(())
}

fn conclude(tally: &Tally, terminal: &mut Terminal) -> Result<Outcome, Error> {
    let Tally { agree, differ, others } = tally;
    let recordings = count(agree + differ, "recording");
    let others = match others {
        0 => String::new(),
        others => format!("; {} left out: no recordings of executions", count(*others, "file")),
    };
    let verb = |number: usize, verb: &str| format!("{number} {verb}{}", if number == 1 { "s" } else { "" });
    writeln!(terminal.out, "{recordings}: {}, {}{others}", verb(*agree, "agree"), verb(*differ, "differ"))?;
    Ok(if *differ == 0 { Outcome::Clean } else { Outcome::Problems })
}

/// The JSON files in a folder, at any depth, sorted.
fn files_below(folder: &Path, terminal: &Terminal) -> Result<Vec<PathBuf>, Error> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for path in entries_of(&folder, terminal)? {
            // A linked folder is not entered: it may lead back to where it is.
            if path.is_dir() && !path.is_symlink() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") && !path.is_dir() {
                found.push(path);
            }
        }
    }
    if found.is_empty() {
        return Err(Error::new(format!("the folder `{}` has no `*.json` files", terminal.show(folder)))
            .note("help: name a folder with recorded executions"));
    }
    found.sort();
    Ok(found)
}
