//! The definitions below a folder.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{EXTENSION, entries_of};
use crate::error::Error;
use crate::terminal::Terminal;

/// What a definition is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Syntax {
    Json,
    Yaml,
}

impl Syntax {
    /// What the name of a file promises.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        match path.extension().and_then(OsStr::to_str)? {
            "json" => Some(Self::Json),
            "yaml" | "yml" => Some(Self::Yaml),
            _ => None,
        }
    }
}

/// Folders in which nobody writes definitions. Hidden ones are left out, too.
const LEFT_OUT: [&str; 2] = ["target", "node_modules"];

/// The files of definitions in a folder, at any depth, sorted. What cannot be searched is added to `failures`.
pub(crate) fn below(
    folder: &Path,
    syntaxes: &[Syntax],
    failures: &mut Vec<Error>,
    terminal: &Terminal,
) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = entries_of(&folder, terminal).unwrap_or_else(|error| {
            failures.push(error);
            Vec::new()
        });
        for path in entries.into_iter().filter(|path| !is_hidden(path)) {
            if !path.is_dir() {
                found.extend(is_definition(&path, syntaxes).then_some(path));
            } else if !path.is_symlink() && !is_left_out(&path) {
                // A linked folder is not entered: it may lead back to where it is.
                folders.push(path);
            }
        }
    }
    if found.is_empty() && failures.is_empty() {
        return Err(nothing_in(folder, syntaxes, terminal));
    }
    found.sort();
    Ok(found)
}

fn nothing_in(folder: &Path, syntaxes: &[Syntax], terminal: &Terminal) -> Error {
    let yaml = if syntaxes.contains(&Syntax::Yaml) { ", `*.asl.yaml`, `*.asl.yml`" } else { "" };
    Error::new(format!("the folder `{}` has no definitions", terminal.show(folder)))
        .note(format!(
            "note: definitions are `*{EXTENSION}`{yaml} and other `*.json` with `StartAt` and `States`"
        ))
        .note("help: name the files themselves if theirs are other names")
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(OsStr::to_str).unwrap_or_default()
}

fn is_hidden(path: &Path) -> bool {
    name(path).starts_with('.')
}

fn is_left_out(path: &Path) -> bool {
    LEFT_OUT.contains(&name(path))
}

/// Whether a file is a definition, by its name or, in JSON, by its keys.
fn is_definition(path: &Path, syntaxes: &[Syntax]) -> bool {
    // What is neither is a link that leads nowhere, to be told, or a pipe that may never end.
    if !path.is_file() && path.exists() {
        return false;
    }
    match Syntax::of(path).filter(|syntax| syntaxes.contains(syntax)) {
        Some(Syntax::Json) => name(path).ends_with(EXTENSION) || looks_like_definition(path),
        Some(Syntax::Yaml) => {
            path.file_stem().is_some_and(|stem| Path::new(stem).extension() == Some(OsStr::new("asl")))
        }
        None => false,
    }
}

/// Whether a JSON file is an object with `StartAt` and `States`. One that cannot be read is none: there is nothing to tell.
fn looks_like_definition(path: &Path) -> bool {
    let Ok(text) = fs::read_to_string(path) else { return false };
    if !text.contains("\"StartAt\"") {
        return false;
    }
    serde_json::from_str::<Keys>(&text).is_ok()
}

/// What a definition has at the least.
#[derive(Debug, Deserialize)]
struct Keys {
    #[serde(rename = "StartAt")]
    _start_at: IgnoredAny,
    #[serde(rename = "States")]
    _states: IgnoredAny,
}
