//! `gen --check`: compares the files with what would be written.

use std::io::Write;
use std::path::{Path, PathBuf};

use anstyle::{AnsiColor, Style};

use crate::Outcome;
use crate::error::Error;
use crate::flags::GenFlags;
use crate::generate::{Definition, write};
use crate::select::definitions_in;
use crate::terminal::Terminal;
use crate::text::{WIDTH, count, cut_end};

const BAD: Style = AnsiColor::Red.on_default().bold();

/// The definitions in the folder that belong to no workflow.
pub(crate) fn strays(
    definitions: &[Definition],
    folder: &Path,
    terminal: &Terminal,
) -> Result<Vec<PathBuf>, Error> {
    let mut found = definitions_in(folder, terminal)?;
    found.retain(|path| !definitions.iter().any(|definition| definition.path == *path));
    Ok(found)
}

/// Shows the files that are missing, stale or too many, and the command that mends it.
pub(crate) fn verify(
    definitions: &[Definition],
    strays: &[PathBuf],
    flags: &GenFlags,
    terminal: &mut Terminal,
) -> Result<Outcome, Error> {
    let mut outdated = 0;
    for definition in definitions {
        let name = terminal.show(&definition.path);
        match write::read(&definition.path, &name)? {
            Some(old) if old == definition.json.as_bytes() => continue,
            Some(old) => stale(&name, &String::from_utf8_lossy(&old), &definition.json, terminal)?,
            None => writeln!(terminal.err, "{BAD}missing{BAD:#}: {name}")?,
        }
        outdated += 1;
    }
    for path in strays {
        let name = terminal.show(path);
        writeln!(terminal.err, "{BAD}stray{BAD:#}: {name} belongs to no workflow")?;
    }
    if outdated == 0 && strays.is_empty() {
        let verb = if definitions.len() == 1 { "is" } else { "are" };
        writeln!(terminal.out, "{} {verb} up to date", count(definitions.len(), "file"))?;
        return Ok(Outcome::Clean);
    }
    writeln!(terminal.err, "run")?;
    if outdated > 0 {
        writeln!(terminal.err, "  {}", command(flags))?;
    }
    for path in strays {
        writeln!(terminal.err, "  rm {}", terminal.show(path))?;
    }
    Ok(Outcome::Problems)
}

/// Shows the first line that differs.
fn stale(name: &str, old: &str, new: &str, terminal: &mut Terminal) -> Result<(), Error> {
    let (mut had, mut needed, mut line) = (old.lines(), new.lines(), 1);
    let (had, needed) = loop {
        match (had.next(), needed.next()) {
            (Some(had), Some(needed)) if had == needed => line += 1,
            pair => break pair,
        }
    };
    writeln!(terminal.err, "{BAD}stale{BAD:#}: {name}, from line {line} on:")?;
    for (sign, text) in [('-', had), ('+', needed)] {
        if let Some(text) = text {
            writeln!(terminal.err, "  {sign} {}", cut_end(text.trim(), WIDTH - 4))?;
        }
    }
    Ok(())
}

/// The command that writes the same files.
fn command(flags: &GenFlags) -> String {
    let mut words = vec!["cargo xtask gen".to_owned()];
    words.extend(flags.names.iter().cloned());
    words.extend(flags.out.iter().map(|out| format!("--out {}", out.display())));
    words.join(" ")
}
