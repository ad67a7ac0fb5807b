//! Which fields the JSON in a file has.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Map, Value};

/// The files below some folders of the repository, by their paths in it.
pub(super) fn files(root: &str, folders: &[&str]) -> Vec<String> {
    let mut files = Vec::new();
    for folder in folders {
        let entries = fs::read_dir(format!("{root}/{folder}")).expect("the folder can be read");
        for entry in entries.map(|entry| entry.expect("the folder can be read")) {
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                files.extend(self::files(root, &[&path]));
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

type Fields = BTreeSet<(String, String)>;

/// The fields, by object, in a definition or in the inline snapshots of a test.
pub(super) fn fields_in(text: &str) -> Fields {
    let mut fields = Fields::new();
    if let Ok(Value::Object(machine)) = serde_json::from_str(text) {
        object("StateMachine", &machine, &mut fields);
    }
    for part in text.split("@r#\"").skip(1) {
        let snapshot = part.split("\"#").next().unwrap_or_default().trim();
        // `start: A` stands in front of the states alone.
        let json = snapshot.strip_prefix("start:").and_then(|rest| rest.split_once('\n'));
        match serde_json::from_str(json.map_or(snapshot, |(_, states)| states)) {
            Ok(Value::Object(all)) if all.contains_key("States") => object("StateMachine", &all, &mut fields),
            Ok(Value::Object(all)) => states(&all, &mut fields),
            _ => {}
        }
    }
    fields
}

fn states(all: &Map<String, Value>, fields: &mut Fields) {
    for state in all.values().filter_map(Value::as_object) {
        if let Some(state_type) = state.get("Type").and_then(Value::as_str) {
            object(state_type, state, fields);
        }
    }
}

fn object(name: &str, members: &Map<String, Value>, fields: &mut Fields) {
    for (field, value) in members {
        fields.insert((name.to_owned(), field.clone()));
        if field == "States" {
            value.as_object().into_iter().for_each(|all| states(all, fields));
        } else if let Some(inner) = nested(field) {
            let list = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            list.iter().filter_map(Value::as_object).for_each(|value| object(inner, value, fields));
        }
    }
}

/// The object that a field holds, or a list of.
fn nested(field: &str) -> Option<&'static str> {
    Some(match field {
        "Choices" | "And" | "Or" | "Not" => "ChoiceRule",
        "Retry" => "Retrier",
        "Catch" => "Catcher",
        "Branches" => "Branch",
        "ItemProcessor" | "Iterator" => "ItemProcessor",
        "ProcessorConfig" => "ProcessorConfig",
        "ItemReader" => "ItemReader",
        "ReaderConfig" => "ReaderConfig",
        "ItemBatcher" => "ItemBatcher",
        "ResultWriter" => "ResultWriter",
        "WriterConfig" => "WriterConfig",
        _ => return None,
    })
}
