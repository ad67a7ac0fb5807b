//! The program that shows what does not fit the screen.

use std::env;
use std::io::{self, Write};
use std::process::{Command, Stdio};

use crate::error::Error;
use crate::terminal::stream;

/// A program and its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pager {
    program: String,
    arguments: Vec<String>,
}

/// Leaves at once if the text fits (`F`), shows colours (`R`) and leaves the text on the screen (`X`).
const LESS: &str = "-FRX";

impl Pager {
    /// The user's pager; `None` if there shall be none.
    pub(crate) fn from_environment() -> Option<Self> {
        Self::of(env::var("PAGER").ok().as_deref())
    }

    fn of(variable: Option<&str>) -> Option<Self> {
        let default = format!("less {LESS}");
        let mut words = variable.unwrap_or(&default).split_whitespace().map(str::to_owned);
        Some(Self { program: words.next()?, arguments: words.collect() })
    }

    /// Shows the text and waits until the user has read it. `false` if there is no such program.
    pub(crate) fn show(&self, text: &str, color: anstream::ColorChoice) -> Result<bool, Error> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).stdin(Stdio::piped());
        if env::var_os("LESS").is_none() {
            command.env("LESS", LESS);
        }
        let Ok(mut pager) = command.spawn() else { return Ok(false) };
        let written = match pager.stdin.take() {
            Some(input) => write(input, text, color),
            None => Ok(()),
        };
        let ended = pager.wait();
        written.and(ended.map(drop)).map_err(|error| {
            Error::new(format!("cannot show the text with `{}`", self.program))
                .because(error)
                .note("help: set PAGER to another program, or to nothing")
        })?;
        Ok(true)
    }
}

/// Writes the text and closes the input, which tells the pager that this is all. A pager that is left early is
/// no error.
fn write(input: impl Write + 'static, text: &str, color: anstream::ColorChoice) -> io::Result<()> {
    let mut input = stream(input, color);
    input.write_all(text.as_bytes())?;
    input.flush()
}

#[cfg(test)]
mod tests {
    use super::Pager;

    fn pager(program: &str, arguments: &[&str]) -> Pager {
        let arguments = arguments.iter().map(ToString::to_string).collect();
        Pager { program: program.to_owned(), arguments }
    }

    #[test]
    fn the_variable_names_the_pager() {
        assert_eq!(Pager::of(None), Some(pager("less", &["-FRX"])));
        assert_eq!(Pager::of(Some("more -e")), Some(pager("more", &["-e"])));
        assert_eq!(Pager::of(Some("")), None);
    }

    #[test]
    fn a_missing_program_is_told() {
        let shown = pager("stepwright-has-no-such-pager", &[]).show("text", anstream::ColorChoice::Never);
        assert!(!shown.unwrap());
    }

    #[cfg(unix)]
    #[test]
    fn a_pager_that_is_left_early_is_no_error() {
        // More than a pipe holds, to one that reads nothing.
        let shown = pager("true", &[]).show(&"text\n".repeat(100_000), anstream::ColorChoice::Never);
        assert!(shown.unwrap());
    }
}
