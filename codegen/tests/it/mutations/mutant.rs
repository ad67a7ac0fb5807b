//! A defect that is not seeded yet: what to change, and what has to be found.

use serde_json::{Map, Value};

/// Changes to a definition, and the pointer at which the one finding has to be.
#[derive(Debug, Clone)]
pub(super) struct Mutant {
    pub(super) pointer: String,
    edits: Vec<Edit>,
    /// What is replaced in the text that comes of it.
    replaced: Vec<(&'static str, &'static str)>,
}

#[derive(Debug, Clone)]
enum Edit {
    Set(String, Value),
    Remove(String),
    Rename(String, String),
}

impl Mutant {
    /// One whose finding is at a pointer.
    pub(super) fn at(pointer: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), edits: Vec::new(), replaced: Vec::new() }
    }

    /// Has the finding somewhere else than what is changed.
    pub(super) fn found_at(self, pointer: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), ..self }
    }

    /// Sets a member or element; a member that is not there is added.
    pub(super) fn set(mut self, pointer: impl Into<String>, value: Value) -> Self {
        self.edits.push(Edit::Set(pointer.into(), value));
        self
    }

    pub(super) fn remove(mut self, pointer: impl Into<String>) -> Self {
        self.edits.push(Edit::Remove(pointer.into()));
        self
    }

    /// Gives a member another name; it keeps its place.
    pub(super) fn rename(mut self, pointer: impl Into<String>, name: impl Into<String>) -> Self {
        self.edits.push(Edit::Rename(pointer.into(), name.into()));
        self
    }

    /// Replaces something in the text, for what no JSON value is.
    pub(super) fn replace_in_text(mut self, from: &'static str, to: &'static str) -> Self {
        self.replaced.push((from, to));
        self
    }

    /// The text of the definition with the defect.
    pub(super) fn text(&self, definition: &Value) -> String {
        let mut json = definition.clone();
        self.edits.iter().for_each(|edit| edit.apply(&mut json));
        let text = serde_json::to_string_pretty(&json).expect("JSON can be written");
        self.replaced.iter().fold(text, |text, (from, to)| {
            assert!(text.contains(from), "the definition has no {from}");
            text.replace(from, to)
        })
    }
}

impl Edit {
    fn apply(&self, json: &mut Value) {
        let (Self::Set(pointer, _) | Self::Remove(pointer) | Self::Rename(pointer, _)) = self;
        let (parent, token) = pointer.rsplit_once('/').expect("what is edited is in something");
        let name = token.replace("~1", "/").replace("~0", "~");
        let parent = json.pointer_mut(parent).unwrap_or_else(|| panic!("there is no {parent}"));
        match (self, parent) {
            (Self::Set(_, value), Value::Object(members)) => drop(members.insert(name, value.clone())),
            (Self::Set(_, value), Value::Array(items)) => {
                items[name.parse::<usize>().expect("elements are numbered")] = value.clone();
            }
            (Self::Remove(_), Value::Object(members)) => {
                members.shift_remove(&name).unwrap_or_else(|| panic!("there is no {pointer}"));
            }
            (Self::Rename(_, new), Value::Object(members)) => rename(members, &name, new),
            (_, parent) => panic!("{pointer} cannot be edited in {parent}"),
        }
    }
}

fn rename(members: &mut Map<String, Value>, old: &str, new: &str) {
    let kept = std::mem::take(members);
    members.extend(
        kept.into_iter().map(|(name, value)| (if name == old { new.to_owned() } else { name }, value)),
    );
}

/// A name as a token of a JSON pointer.
pub(super) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
