//! `gen`: writes the definitions.

mod verify;
pub(crate) mod write;

use std::io::Write;
use std::path::PathBuf;

use serde_json::{Map, Value};
use stepwright::Registry;
use stepwright_codegen::asl;

use crate::compile::{Output, compile};
use crate::error::Error;
use crate::flags::GenFlags;
use crate::generate::write::Written;
use crate::table::{Column, Table};
use crate::terminal::Terminal;
use crate::text::count;
use crate::{Outcome, select};

/// The folder of the definitions, in the crate of the workflows.
const FOLDER: &str = "asl";

/// A file and what belongs into it.
#[derive(Debug)]
struct Definition {
    slug: String,
    states: usize,
    substitutions: usize,
    json: String,
    path: PathBuf,
}

/// Compiles workflows, and then writes, prints or compares their definitions.
pub(crate) fn run(registry: &Registry, flags: &GenFlags, terminal: &mut Terminal) -> Result<Outcome, Error> {
    distinct(registry)?;
    let workflows = select::workflows(registry, &flags.names)?;
    let Some(outputs) = compile(registry, workflows, terminal)? else { return Ok(Outcome::Problems) };
    if flags.stdout {
        terminal.out.write_all(print(&outputs).as_bytes())?;
        return Ok(Outcome::Clean);
    }
    let folder = folder(registry, flags, terminal)?;
    let definition = |Output { slug, compiled }| Definition {
        path: folder.join(format!("{slug}{}", select::EXTENSION)),
        states: compiled.state_count(),
        substitutions: compiled.substitutions.len(),
        json: compiled.to_json(),
        slug,
    };
    let definitions: Vec<Definition> = outputs.into_iter().map(definition).collect();
    let strays =
        if flags.names.is_empty() { verify::strays(&definitions, &folder, terminal)? } else { Vec::new() };
    if flags.check {
        return verify::verify(&definitions, &strays, flags, terminal);
    }
    write_all(&definitions, terminal)?;
    for path in strays {
        let path = terminal.show(&path);
        let help = format!("delete it: `rm {path}`");
        terminal.warn(&format!("`{path}` belongs to no workflow"), &help)?;
    }
    Ok(Outcome::Clean)
}

/// Where the definitions are.
fn folder(registry: &Registry, flags: &GenFlags, terminal: &Terminal) -> Result<PathBuf, Error> {
    let folder = match &flags.out {
        Some(out) => terminal.resolve(out),
        None => registry.home().join(FOLDER),
    };
    if folder.exists() && !folder.is_dir() {
        let message = format!("`{}` is a file, but definitions go into a folder", terminal.show(&folder));
        return Err(Error::new(message).note("help: move the file away, or choose a folder with `--out`"));
    }
    Ok(folder)
}

/// Two workflows of one name would be written to one file.
fn distinct(registry: &Registry) -> Result<(), Error> {
    let entries = registry.entries();
    for (index, entry) in entries.iter().enumerate() {
        if let Some(other) = entries[..index].iter().find(|other| other.slug == entry.slug) {
            let message = format!("two workflows are called `{}`", entry.slug);
            return Err(Error::new(message)
                .note(format!("note: they are at {} and {}", other.location, entry.location))
                .note("help: give one of the functions another name, or leave one out of the registry"));
        }
    }
    Ok(())
}

/// The definition of a workflow; of several, an object that has them by name.
fn print(outputs: &[Output]) -> String {
    if let [output] = outputs {
        return output.compiled.to_json();
    }
    let definition = |output: &Output| (output.slug.clone(), asl::to_value(&output.compiled.machine));
    let definitions: Map<String, Value> = outputs.iter().map(definition).collect();
    format!("{:#}\n", Value::Object(definitions))
}

fn write_all(definitions: &[Definition], terminal: &mut Terminal) -> Result<(), Error> {
    let mut table = Table::new([
        Column::left("WORKFLOW").cut_end(),
        Column::right("STATES"),
        Column::right("SUBSTITUTIONS"),
        Column::right("SIZE"),
        Column::left("FILE").cut_start(),
    ]);
    let mut changed = 0;
    for definition in definitions {
        let path = terminal.show(&definition.path);
        match write::write(&definition.path, &path, &definition.json)? {
            Written::Changed => changed += 1,
            Written::Unchanged => {}
        }
        table.row([
            definition.slug.clone(),
            definition.states.to_string(),
            definition.substitutions.to_string(),
            size(definition.json.len()),
            path,
        ]);
    }
    writeln!(terminal.out, "{}", table.header())?;
    for line in table.lines() {
        writeln!(terminal.out, "{line}")?;
    }
    let unchanged = definitions.len() - changed;
    writeln!(terminal.out, "{} written, {unchanged} unchanged", count(changed, "file"))?;
    Ok(())
}

/// "812 B", "4.8 kB", in thousands.
fn size(bytes: usize) -> String {
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let tenths = (bytes + 50) / 100;
    format!("{}.{} kB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_rounded() {
        assert_eq!([999, 1000, 4849, 4850].map(size), ["999 B", "1.0 kB", "4.8 kB", "4.9 kB"]);
    }
}
