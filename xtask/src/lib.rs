//! The commands of stepwright: what `cargo xtask` does with the workflows of a team.
//!
//! A team's whole xtask is a binary of one line, and an alias in `.cargo/config.toml` that runs it:
//!
//! ```no_run
//! # mod my_workflows {
//! #     use stepwright::prelude::*;
//! #     #[workflow]
//! #     fn hello(s: &mut Scope, name: Ref<String>) -> Ref<String> {
//! #         s.pass("Greet", fmt!("Hello, {}!", name))
//! #     }
//! #     pub fn registry() -> Registry { registry![hello] }
//! # }
//! fn main() -> std::process::ExitCode {
//!     stepwright_xtask::main(my_workflows::registry())
//! }
//! ```
//!
//! There is one file for each command. They add nothing to what `stepwright-codegen` and `stepwright-sim` can do but
//! files, tables and colours.

#![deny(missing_docs)]

mod check;
mod flags;
mod generate;
mod list;
mod policies;
mod preview;
mod replay;
mod run;

mod compile;
mod error;
mod select;
mod table;
mod terminal;
mod text;

use std::process::ExitCode;

use clap::Parser;
use stepwright::Registry;

pub use crate::error::Error;
pub use crate::flags::{
    CheckFlags, Command, Flags, GenFlags, ListFlags, PoliciesFlags, PreviewFlags, ReplayFlags, RunFlags,
};
pub use crate::terminal::Terminal;

/// What came of a command that did its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is well.
    Clean,
    /// Something is wrong with the workflows or their files, or an execution failed, and was shown.
    Problems,
}

/// Runs the command that the program's arguments ask for, on these workflows.
///
/// The exit code is 0 if all is well, 1 if problems were found and 2 for a wrong argument or a file that cannot
/// be read or written.
#[expect(clippy::needless_pass_by_value, reason = "reads best in the one line that calls it")]
pub fn main(registry: Registry) -> ExitCode {
    let flags = Flags::parse();
    let mut terminal = Terminal::standard(flags.color);
    let result = run(&registry, &flags, &mut terminal);
    match result.and_then(|outcome| terminal.flush().map(|()| outcome)) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Problems) => ExitCode::from(1),
        Err(error) => {
            terminal.show_error(&error);
            ExitCode::from(2)
        }
    }
}

/// Runs a command on these workflows.
///
/// # Errors
///
/// What keeps the command from doing its work: a name that no workflow has, a file that cannot be read or
/// written. What is wrong with the workflows themselves is shown on the terminal.
pub fn run(registry: &Registry, flags: &Flags, terminal: &mut Terminal) -> Result<Outcome, Error> {
    match &flags.command {
        Command::Gen(flags) => generate::run(registry, flags, terminal),
        Command::Preview(flags) => preview::run(registry, flags, terminal),
        Command::List(ListFlags {}) => list::run(registry, terminal),
        Command::Policies(flags) => policies::run(registry, flags, terminal),
        Command::Check(flags) => check::run(registry, flags, terminal),
        Command::Run(flags) => run::run(registry, flags, terminal),
        Command::Replay(flags) => replay::run(flags, terminal),
    }
}
