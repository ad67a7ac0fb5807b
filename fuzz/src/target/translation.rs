//! Definitions in YAML.

use std::fs;
use std::io;

use clap::{ColorChoice, Parser};
use serde_json::Value;
use stepwright::Registry;
use stepwright_xtask::{Flags, Terminal, Xtask};

use super::definition;
use crate::corpus::Corpus;
use crate::draw::Drawer;
use crate::mutate;

/// Has a file with the text checked.
pub(super) fn try_out(bytes: &[u8]) -> Result<(), String> {
    let failed = |error: io::Error| format!("the file cannot be written: {error}");
    let folder = tempfile::tempdir().map_err(failed)?;
    fs::write(folder.path().join("a.yaml"), String::from_utf8_lossy(bytes).as_bytes()).map_err(failed)?;
    let flags = ["xtask", "check", "--advice", "a.yaml"];
    let flags = Flags::try_parse_from(flags).map_err(|error| error.to_string())?;
    let mut terminal = Terminal::new(io::sink(), io::sink(), ColorChoice::Always, folder.path());
    let outcome = Xtask::new(Registry::new(folder.path())).run(&flags, &mut terminal);
    outcome.map(drop).map_err(|error| format!("the file is not checked: {error}"))
}

/// A definition in YAML, often a broken one.
pub(super) fn draw(drawer: &Drawer, corpus: &Corpus) -> String {
    let text = definition::definition(drawer, corpus);
    let text = match serde_json::from_str::<Value>(&text) {
        Ok(value) if drawer.chance(80) => {
            let mut yaml = String::new();
            write(&value, 0, drawer, &mut yaml);
            yaml
        }
        _ => definition::laid_out(&text, drawer),
    };
    if drawer.chance(50) { garble(&text, drawer) } else { text }
}

/// Writes a value in one of the ways of YAML.
fn write(value: &Value, depth: usize, drawer: &Drawer, yaml: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(members) if !members.is_empty() && !drawer.chance(10) => {
            for (name, member) in members {
                let name =
                    if drawer.chance(50) { Value::from(name.as_str()).to_string() } else { name.clone() };
                let text = format!("\n{indent}{name}: {}", decoration(drawer));
                yaml.push_str(&text);
                write(member, depth + 1, drawer, yaml);
            }
        }
        Value::Array(items) if !items.is_empty() && !drawer.chance(10) => {
            for item in items {
                let text = format!("\n{indent}- {}", decoration(drawer));
                yaml.push_str(&text);
                write(item, depth + 1, drawer, yaml);
            }
        }
        Value::String(text) if drawer.chance(10) => {
            let block = format!("{}\n{indent}  {text}", drawer.one(&["|", ">", "|-", ">+"]));
            yaml.push_str(&block);
        }
        Value::String(text) if drawer.chance(40) => yaml.push_str(text),
        _ => yaml.push_str(&value.to_string()),
    }
}

/// What may stand before a value.
fn decoration(drawer: &Drawer) -> &'static str {
    let all: [&'static str; 7] = ["&a ", "*a #", "!!str ", "!Sub ", "! ", "# comment\n", "&b *a "];
    let one: &&str = drawer.one(&all);
    if drawer.chance(3) { one } else { "" }
}

fn garble(text: &str, drawer: &Drawer) -> String {
    const TOKENS: &[&str] = &[
        "---\n",
        "...\n",
        ": ",
        "- ",
        "? ",
        "&a",
        "*a",
        "|",
        ">",
        "%YAML 1.2\n",
        "<<: *a",
        "\t",
        "\r",
        "\u{85}",
    ];
    let text = mutate::garble(text, drawer);
    let ends: Vec<usize> = text.char_indices().map(|(index, _)| index).collect();
    let Some(at) = ends.get(drawer.below(ends.len() + 1)) else { return text };
    format!("{}{}{}", &text[..*at], drawer.one(TOKENS), &text[*at..])
}
