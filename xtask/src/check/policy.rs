//! What is told of what was found, and as what.

use std::collections::BTreeSet;

use stepwright_codegen::diagnostic::{Code, Comments, Diagnostic, Diagnostics, Severity, SourceLocation};

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

/// A code that does not exist allows nothing, which is not what was meant.
pub(crate) fn warn_of_unknown_codes(
    comments: &Comments,
    file: &str,
    terminal: &mut Terminal,
) -> Result<(), Error> {
    for name in comments.unknown() {
        let help = match near(name) {
            Some(near) => format!("did you mean `{near}`, {}?", near.title()),
            None => "a code is `SW` and four digits".to_owned(),
        };
        terminal.warn(&format!("a comment in `{file}` allows `{name}`, which does not exist"), &help)?;
    }
    Ok(())
}
