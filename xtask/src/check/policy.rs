//! What is told of what was found, and as what.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use stepwright_codegen::diagnostic::{Code, Diagnostic, Diagnostics, Severity, SourceLocation};

use crate::error::Error;
use crate::flags::{CheckFlags, Deny};
use crate::terminal::Terminal;

/// What `--allow` and `--deny` ask for.
#[derive(Debug)]
pub(crate) struct Policy {
    allowed: BTreeSet<Code>,
    deny_warnings: bool,
}

/// What is left of the diagnostics of a workflow or definition.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) diagnostics: Diagnostics,
    /// How many warnings are not shown.
    pub(crate) allowed: usize,
}

impl Policy {
    pub(crate) fn new(flags: &CheckFlags) -> Result<Self, Error> {
        let allowed: Result<_, Error> = flags.allow.iter().map(|name| code(name)).collect();
        Ok(Self { allowed: allowed?, deny_warnings: flags.deny == Some(Deny::Warnings) })
    }

    /// Leaves out the warnings that are allowed. Errors stay: what has one fails for certain.
    pub(crate) fn apply(&self, diagnostics: Diagnostics, comments: &Comments) -> Told {
        let before = diagnostics.len();
        let kept = diagnostics.into_iter().filter_map(|diagnostic| self.tell(diagnostic, comments));
        let diagnostics: Diagnostics = kept.collect();
        Told { allowed: before - diagnostics.len(), diagnostics }
    }

    fn tell(&self, mut diagnostic: Diagnostic, comments: &Comments) -> Option<Diagnostic> {
        let code = diagnostic.code;
        let pointer = diagnostic.location.as_ref().and_then(SourceLocation::pointer);
        let is_allowed =
            self.allowed.contains(&code) || pointer.is_some_and(|pointer| comments.allow(code, pointer));
        match (diagnostic.severity, is_allowed) {
            (Severity::Warning, true) => return None,
            (Severity::Warning, false) if self.deny_warnings => diagnostic.severity = Severity::Error,
            (Severity::Error, true) => {
                diagnostic
                    .notes
                    .push(format!("{code} is allowed as a warning; this is an error, which stays"));
            }
            _ => {}
        }
        Some(diagnostic)
    }
}

/// The code of that number.
fn code(name: &str) -> Result<Code, Error> {
    if let Some(code) = Code::ALL.iter().find(|code| code.id().eq_ignore_ascii_case(name)) {
        return Ok(*code);
    }
    let error = Error::new(format!("there is no code `{name}`"));
    Err(match near(name) {
        Some(near) => error.note(format!("help: did you mean `{near}`, {}?", near.title())),
        None => error.note("help: a code is `SW` and four digits, as in `warning[SW0206]`"),
    })
}

/// The code that may have been meant: its digits or its name in Rust are like that.
fn near(name: &str) -> Option<Code> {
    let named = |code: &&Code| format!("{code:?}").eq_ignore_ascii_case(name);
    let digits: String = name.chars().filter(char::is_ascii_digit).collect();
    let distance = |code: &Code| strsim::damerau_levenshtein(&digits, &code.id()[2..]);
    let by_number = || Code::ALL.iter().min_by_key(|code| distance(code)).filter(|code| distance(code) <= 1);
    Code::ALL.iter().find(named).or_else(by_number).copied()
}

/// What starts the list of codes in a `Comment`.
const ALLOW: &str = "stepwright: allow ";

/// What the comments of a definition allow: `"Comment": "stepwright: allow SW0206"`.
#[derive(Debug, Default)]
pub(crate) struct Comments {
    /// The codes, by the JSON pointers of the objects that have the comments.
    allowed: BTreeMap<String, BTreeSet<Code>>,
    unknown: Vec<String>,
}

impl Comments {
    /// Those of a definition in JSON. Nothing else is reported of a text that is no JSON.
    pub(crate) fn of(text: &str) -> Self {
        let mut comments = Self::default();
        if text.contains(ALLOW) {
            let json = serde_json::from_str(text).unwrap_or(Value::Null);
            comments.collect(&json, "");
        }
        comments
    }

    fn collect(&mut self, json: &Value, pointer: &str) {
        match json {
            Value::Object(members) => {
                if let Some(Value::String(comment)) = members.get("Comment") {
                    self.read(comment, pointer);
                }
                for (key, value) in members {
                    let key = key.replace('~', "~0").replace('/', "~1");
                    self.collect(value, &format!("{pointer}/{key}"));
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.collect(item, &format!("{pointer}/{index}"));
                }
            }
            _ => {}
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

    /// Whether a comment of what is around a place allows a code.
    fn allow(&self, code: Code, pointer: &str) -> bool {
        let around =
            |at: &str| pointer.strip_prefix(at).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self.allowed.iter().any(|(at, codes)| codes.contains(&code) && around(at))
    }

    /// A code that does not exist allows nothing, which is not what was meant.
    pub(crate) fn warn_of_unknown_codes(&self, file: &str, terminal: &mut Terminal) -> Result<(), Error> {
        for name in &self.unknown {
            let help = match near(name) {
                Some(near) => format!("did you mean `{near}`, {}?", near.title()),
                None => "a code is `SW` and four digits".to_owned(),
            };
            terminal.warn(&format!("a comment in `{file}` allows `{name}`, which does not exist"), &help)?;
        }
        Ok(())
    }
}
