//! Which workflows and definitions a command is about.

mod search;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use stepwright::Registry;
use stepwright::plan::Plan;

use crate::error::Error;
use crate::terminal::Terminal;

pub(crate) use search::Syntax;

/// How the file of a definition ends.
pub(crate) const EXTENSION: &str = ".asl.json";

/// A workflow of the registry.
#[derive(Debug)]
pub(crate) struct Selected {
    /// The name of its file and on the command line.
    pub(crate) slug: String,
    /// What it builds.
    pub(crate) plan: Plan,
}

/// The workflows of these names, each once; all if there are none.
pub(crate) fn workflows(registry: &Registry, names: &[String]) -> Result<Vec<Selected>, Error> {
    if names.is_empty() {
        return all(registry);
    }
    let mut found: Vec<Selected> = Vec::new();
    for name in names {
        let workflow = workflow(registry, name)?;
        if !found.iter().any(|known| known.slug == workflow.slug) {
            found.push(workflow);
        }
    }
    Ok(found)
}

/// All workflows, of which there is at least one.
pub(crate) fn all(registry: &Registry) -> Result<Vec<Selected>, Error> {
    if registry.entries().is_empty() {
        let home = registry.home().display();
        return Err(Error::new(format!("the registry of `{home}` has no workflows"))
            .note("help: list their functions: `registry![order_fulfilment]`"));
    }
    let entries = registry.entries().iter();
    Ok(entries.map(|entry| Selected { slug: entry.slug.clone(), plan: entry.plan() }).collect())
}

/// The workflow of this name.
pub(crate) fn workflow(registry: &Registry, name: &str) -> Result<Selected, Error> {
    match registry.find(name) {
        Some(entry) => Ok(Selected { slug: entry.slug.clone(), plan: entry.plan() }),
        None => Err(unknown(registry, name)),
    }
}

fn unknown(registry: &Registry, name: &str) -> Error {
    let slugs: Vec<&str> = registry.entries().iter().map(|entry| entry.slug.as_str()).collect();
    let mut error = Error::new(format!("no workflow is called `{name}`"));
    if let Some(near) = nearest(name, &slugs) {
        error = error.note(format!("help: did you mean `{near}`?"));
    }
    if slugs.is_empty() {
        error.note("note: the registry has no workflows")
    } else {
        error.note(format!("note: the workflows are {}", slugs.join(", ")))
    }
}

/// The name that may have been meant.
fn nearest<'s>(name: &str, slugs: &[&'s str]) -> Option<&'s str> {
    let name = kebab(name);
    let distances = slugs.iter().map(|slug| (strsim::damerau_levenshtein(&name, slug), *slug));
    let (distance, near) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= (name.chars().count() / 3).max(1)).then_some(near)
}

/// `OrderFulfilment` and `order_fulfilment` as `order-fulfilment`.
fn kebab(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        slug.extend(if c == '_' { '-' } else { c }.to_lowercase());
    }
    slug
}

/// What an argument stands for, before files are read.
#[derive(Debug)]
pub(crate) enum Place {
    /// A workflow of the registry.
    Workflow(Box<Selected>),
    /// The file of a definition.
    File(PathBuf),
}

/// What an argument stands for.
#[derive(Debug)]
pub(crate) enum Target {
    /// A workflow of the registry.
    Workflow(Box<Selected>),
    /// A definition that was written by hand or by another tool.
    File(File),
}

/// The text of a definition.
#[derive(Debug)]
pub(crate) struct File {
    /// What to call it.
    pub(crate) name: String,
    pub(crate) text: String,
}

/// What the arguments stand for; all workflows if there are none. Definitions are in JSON.
pub(crate) fn targets(
    registry: &Registry,
    arguments: &[String],
    terminal: &Terminal,
) -> Result<Vec<Target>, Error> {
    let mut failures = Vec::new();
    let places = places(registry, arguments, &[Syntax::Json], &mut failures, terminal)?;
    if !failures.is_empty() {
        return Err(failures.swap_remove(0));
    }
    let target = |place| match place {
        Place::Workflow(workflow) => Ok(Target::Workflow(workflow)),
        Place::File(path) => Ok(Target::File(read(&path, terminal)?)),
    };
    places.into_iter().map(target).collect()
}

/// Where what the arguments stand for is found, each once; all workflows if there are none.
///
/// What exists as a file or folder or ends like a definition is one, and all else is the name of a workflow. `syntaxes` are those
/// of the definitions that are looked for in folders. What cannot be searched is added to `failures`.
pub(crate) fn places(
    registry: &Registry,
    arguments: &[String],
    syntaxes: &[Syntax],
    failures: &mut Vec<Error>,
    terminal: &Terminal,
) -> Result<Vec<Place>, Error> {
    if arguments.is_empty() {
        return Ok(all(registry)?.into_iter().map(Box::new).map(Place::Workflow).collect());
    }
    let (mut places, mut seen) = (Vec::new(), BTreeSet::new());
    for argument in arguments {
        let path = terminal.resolve(Path::new(argument));
        let files = if path.is_dir() {
            search::below(&path, syntaxes, failures, terminal)?
        } else if path.exists() || Syntax::of(&path).is_some() {
            vec![path]
        } else {
            places.push(Place::Workflow(Box::new(workflow(registry, argument)?)));
            continue;
        };
        places.extend(files.into_iter().filter(|file| seen.insert(file.clone())).map(Place::File));
    }
    Ok(places)
}

/// The text of a definition.
pub(crate) fn read(path: &Path, terminal: &Terminal) -> Result<File, Error> {
    let name = terminal.show(path);
    let bytes = fs::read(path).map_err(|error| {
        let message = format!("cannot read `{name}`");
        let help = match error.kind() {
            io::ErrorKind::NotFound => "help: check the path; workflows are named without `.json`",
            _ => "help: make it readable, or leave it out",
        };
        Error::new(message).because(error).note(help)
    })?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(File { name, text }),
        Err(_) => Err(Error::new(format!("cannot read `{name}`: it is not UTF-8 text"))
            .note("help: a definition is a text file; save it as UTF-8")),
    }
}

/// The files of definitions in a folder itself, sorted; none if there is no such folder.
pub(crate) fn definitions_in(folder: &Path, terminal: &Terminal) -> Result<Vec<PathBuf>, Error> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut found = entries_of(folder, terminal)?;
    found.retain(|path| is_definition(path));
    found.sort();
    Ok(found)
}

pub(crate) fn entries_of(folder: &Path, terminal: &Terminal) -> Result<Vec<PathBuf>, Error> {
    let unreadable = |error| {
        Error::new(format!("cannot read the folder `{}`", terminal.show(folder)))
            .because(error)
            .note("help: make it readable, or name another one")
    };
    let entries = fs::read_dir(folder).map_err(unreadable)?;
    entries.map(|entry| entry.map(|entry| entry.path()).map_err(unreadable)).collect()
}

fn is_definition(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(EXTENSION) && !name.starts_with('.') && !path.is_dir()
}

#[cfg(test)]
mod tests {
    use super::{kebab, nearest};

    #[test]
    fn names_are_compared_as_slugs() {
        assert_eq!(kebab("OrderFulfilment"), "order-fulfilment");
        assert_eq!(kebab("order_fulfilment"), "order-fulfilment");
    }

    #[test]
    fn a_near_name_is_suggested_and_a_far_one_is_not() {
        let slugs = ["hello", "order-fulfilment"];
        assert_eq!(nearest("OrderFulfillment", &slugs), Some("order-fulfilment"));
        assert_eq!(nearest("helo", &slugs), Some("hello"));
        assert_eq!(nearest("nightly", &slugs), None);
    }
}
