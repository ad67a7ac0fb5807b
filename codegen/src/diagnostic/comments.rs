//! Warnings that are allowed where they are found.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, push_token};

/// What starts the list of codes in a `Comment`.
const ALLOW: &str = "stepwright: allow ";

/// What the comments of a definition allow: `"Comment": "stepwright: allow SW0206: an operator stops it"`, of the machine, a
/// state or anything else around the place. In Rust that is `.comment("stepwright: allow SW0206")`.
///
/// ```
/// use serde_json::json;
/// use stepwright_codegen::diagnostic::{Code, Comments};
///
/// let comments = Comments::of(&json!({ "States": { "A": { "Comment": "stepwright: allow SW0206, SW0801" } } }));
/// assert!(comments.allow(Code::EndlessLoop, "/States/A/Next"));
/// assert!(!comments.allow(Code::EndlessLoop, "/States/B/Next"));
/// ```
#[derive(Debug, Default)]
pub struct Comments {
    /// The codes, by the JSON pointers of the objects that have the comments.
    allowed: BTreeMap<String, BTreeSet<Code>>,
    unknown: Vec<String>,
}

impl Comments {
    /// Those of a definition.
    pub fn of(definition: &Value) -> Self {
        let mut comments = Self::default();
        comments.collect(definition, &mut String::new());
        comments
    }

    // Values nest below 128, as JSON that was read.
    fn collect(&mut self, json: &Value, pointer: &mut String) {
        let length = pointer.len();
        match json {
            Value::Object(members) => {
                if let Some(Value::String(comment)) = members.get("Comment") {
                    self.read(comment, pointer);
                }
                for (key, value) in members {
                    push_token(pointer, key);
                    self.collect(value, pointer);
                    pointer.truncate(length);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    push_token(pointer, &index.to_string());
                    self.collect(item, pointer);
                    pointer.truncate(length);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn read(&mut self, comment: &str, pointer: &str) {
        let Some((_, list)) = comment.split_once(ALLOW) else { return };
        // The list ends where the word is no code: "stepwright: allow SW0206, SW0404: it is stopped by an operator".
        for word in list.split([',', ' ']).filter(|word| !word.is_empty()) {
            let name = word.trim_end_matches(|c: char| c.is_ascii_punctuation());
            if !name.starts_with("SW") || !name[2..].bytes().all(|byte| byte.is_ascii_digit()) {
                break;
            }
            match Code::ALL.iter().find(|code| code.id() == name) {
                Some(code) => {
                    self.allowed.entry(pointer.to_owned()).or_default().insert(*code);
                }
                None => self.unknown.push(name.to_owned()),
            }
            if name.len() < word.len() {
                break;
            }
        }
    }

    /// What is allowed though there is no such code.
    pub fn unknown(&self) -> &[String] {
        &self.unknown
    }

    /// Whether a comment of a state, or of what is around it, allows what was found of it in Rust.
    pub(crate) fn allow_in_rust(&self, diagnostic: &Diagnostic) -> bool {
        let path = diagnostic.state.as_deref().unwrap_or_default();
        let is_state = |name: &str, token: &str| {
            let mut own = String::new();
            push_token(&mut own, name);
            own[1..] == *token
        };
        let is_around = |at: &str| match at.rsplit_once("/States/") {
            Some((_, token)) => path.split(" / ").any(|name| is_state(name, token)),
            None => at.is_empty(),
        };
        self.allowed.iter().any(|(at, codes)| codes.contains(&diagnostic.code) && is_around(at))
    }

    /// Whether a comment of what is around a place, given as a JSON pointer, allows a code.
    pub fn allow(&self, code: Code, pointer: &str) -> bool {
        let around =
            |at: &str| pointer.strip_prefix(at).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self.allowed.iter().any(|(at, codes)| codes.contains(&code) && around(at))
    }
}
