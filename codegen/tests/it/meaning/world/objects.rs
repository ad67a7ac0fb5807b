//! What is in Amazon S3: files with items of the type that a Map expects, made when they are asked for.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::{Value, json};
use stepwright::plan::{FileFormat, ReaderConfig};

use super::{Drawing, hash};
use crate::random_workflows::Picks;

/// The files by bucket and key.
#[derive(Debug, Default)]
pub(in crate::meaning) struct Objects {
    files: RefCell<BTreeMap<(String, String), File>>,
}

#[derive(Debug)]
struct File {
    format: FileFormat,
    items: Vec<Value>,
    text: String,
}

impl Objects {
    /// The items of one file; `None` if there is another kind of file already, or none of this kind can be made.
    pub(in crate::meaning) fn items(
        &self,
        (bucket, key): (&str, &str),
        config: &ReaderConfig,
        schema: &Value,
        seed: u64,
    ) -> Option<Vec<Value>> {
        let format = config.format?;
        if bucket.is_empty() || key.is_empty() || config.manifest.is_some() {
            return None;
        }
        let mut files = self.files.borrow_mut();
        let name = (bucket.to_owned(), key.to_owned());
        if let Some(file) = files.get(&name) {
            return (file.format == format).then(|| file.items.clone());
        }
        let mut picks = Picks::new(seed ^ hash(&format!("{bucket}/{key}"), &[], std::time::Duration::ZERO));
        let count = picks.below(5);
        let items: Vec<Value> =
            (0..count).map(|_| Drawing::new(schema.clone(), picks.next()).value()).collect();
        let text = match format {
            FileFormat::Csv => csv(&items, config)?,
            FileFormat::Json => {
                let mut whole = json!(items);
                for name in
                    config.pointer.iter().flat_map(|pointer| pointer.trim_start_matches('/').rsplit('/'))
                {
                    whole = json!({ name: whole });
                }
                whole.to_string()
            }
            FileFormat::Jsonl => items.iter().flat_map(|item| [item.to_string(), "\n".to_owned()]).collect(),
            FileFormat::Parquet => return None,
        };
        files.insert(name, File { format, items: items.clone(), text });
        Some(items)
    }

    /// The items of the files whose keys begin with a prefix: there are two.
    pub(in crate::meaning) fn flattened(
        &self,
        (bucket, prefix): (&str, &str),
        config: &ReaderConfig,
        schema: &Value,
        seed: u64,
    ) -> Option<Vec<Value>> {
        let keys = [format!("{prefix}/1"), format!("{prefix}/2")];
        let mut items = Vec::new();
        for key in &keys {
            items.append(&mut self.items((bucket, key), config, schema, seed)?);
        }
        let files = self.files.borrow();
        let listed = files.keys().filter(|(of, key)| of == bucket && key.starts_with(prefix));
        (!prefix.is_empty() && listed.count() == keys.len()).then_some(items)
    }

    /// The bucket, the key and the text of each file that was asked for.
    pub(in crate::meaning) fn files(&self) -> Vec<(String, String, String)> {
        let file = |((bucket, key), file): (&(String, String), &File)| {
            (bucket.clone(), key.clone(), file.text.clone())
        };
        self.files.borrow().iter().map(file).collect()
    }
}

/// A file in CSV, of items that are objects with texts in them.
fn csv(items: &[Value], config: &ReaderConfig) -> Option<String> {
    if config.delimiter.is_some() {
        return None;
    }
    let columns: Vec<String> = match (&config.headers, items.first()) {
        (Some(headers), _) => headers.clone(),
        (None, Some(first)) => first.as_object()?.keys().cloned().collect(),
        (None, None) => vec!["nothing".to_owned()],
    };
    // A backslash escapes what is behind it. Source: Developer Guide, "CSV files".
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\"\""));
    let line = |cells: Vec<String>| cells.join(",") + "\n";
    let mut text = String::new();
    if config.headers.is_none() {
        text += &line(columns.iter().map(|column| quoted(column)).collect());
    }
    for item in items {
        let cells: Option<Vec<String>> =
            columns.iter().map(|column| item.get(column)?.as_str().map(quoted)).collect();
        text += &line(cells?);
    }
    Some(text)
}
