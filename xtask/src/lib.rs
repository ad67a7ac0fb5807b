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
mod input;
mod list;
mod policies;
mod preview;
#[cfg(feature = "simulator")]
mod replay;
#[cfg(feature = "simulator")]
mod run;

mod compile;
mod error;
mod select;
mod table;
mod terminal;
mod text;

#[cfg(feature = "simulator")]
use std::fmt;
use std::process::ExitCode;

use clap::Parser;
use stepwright::Registry;
#[cfg(feature = "simulator")]
use stepwright_sim::Tasks;

pub use crate::error::Error;
pub use crate::flags::{
    CheckFlags, Command, Deny, Flags, Format, GenFlags, ListFlags, PoliciesFlags, PreviewFlags,
};
#[cfg(feature = "simulator")]
pub use crate::flags::{ReplayFlags, RunFlags};
pub use crate::terminal::Terminal;

/// What came of a command that did its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is well.
    Clean,
    /// Something is wrong with the workflows or their files, or an execution failed, and was shown.
    Problems,
}

/// Runs the command that the program's arguments ask for, on these workflows: [`Xtask::main`] of an xtask without more.
pub fn main(registry: Registry) -> ExitCode {
    Xtask::new(registry).main()
}

/// The commands of a team: its workflows, and what stands in for their tasks when they are run.
///
/// ```no_run
/// # use stepwright::prelude::*;
/// # use stepwright_sim::StandIns;
/// # #[task(lambda = "${Greet}")]
/// # fn greet(name: String) -> String;
/// # #[workflow]
/// # fn hello(s: &mut Scope, name: Ref<String>) -> Ref<String> { s.task(greet(name)) }
/// fn main() -> std::process::ExitCode {
///     stepwright_xtask::Xtask::new(registry![hello])
///         .stand_ins("hello", || StandIns::new().on::<greet, _>(|args| Ok(format!("Hello, {}!", args.name))))
///         .main()
/// }
/// ```
#[derive(Debug)]
pub struct Xtask {
    registry: Registry,
    #[cfg(feature = "simulator")]
    stand_ins: Vec<StandInsOf>,
}

/// Makes the stand-ins of a workflow.
#[cfg(feature = "simulator")]
struct StandInsOf {
    workflow: String,
    make: Box<dyn Fn() -> Box<dyn Tasks>>,
}

#[cfg(feature = "simulator")]
impl fmt::Debug for StandInsOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StandInsOf").field("workflow", &self.workflow).finish_non_exhaustive()
    }
}

impl Xtask {
    /// The commands for these workflows.
    pub fn new(registry: Registry) -> Self {
        Self {
            registry,
            #[cfg(feature = "simulator")]
            stand_ins: Vec::new(),
        }
    }

    /// Lets `run` simulate a workflow without mocks: `make` says what stands in for its tasks. Where mocks are given, they come
    /// first.
    #[cfg(feature = "simulator")]
    #[must_use]
    pub fn stand_ins<T: Tasks + 'static>(
        mut self,
        workflow: impl Into<String>,
        make: impl Fn() -> T + 'static,
    ) -> Self {
        let make = Box::new(move || Box::new(make()) as Box<dyn Tasks>);
        self.stand_ins.push(StandInsOf { workflow: workflow.into(), make });
        self
    }

    /// Runs the command that the program's arguments ask for.
    ///
    /// The exit code is 0 if all is well, 1 if problems were found and 2 for a wrong argument or a file that cannot
    /// be read or written.
    pub fn main(&self) -> ExitCode {
        let flags = Flags::parse();
        let mut terminal = Terminal::standard(flags.color);
        let result = self.run(&flags, &mut terminal);
        match result.and_then(|outcome| terminal.flush().map(|()| outcome)) {
            Ok(Outcome::Clean) => ExitCode::SUCCESS,
            Ok(Outcome::Problems) => ExitCode::from(1),
            Err(error) => {
                terminal.show_error(&error);
                ExitCode::from(2)
            }
        }
    }

    /// Runs a command.
    ///
    /// # Errors
    ///
    /// What keeps the command from doing its work: a name that no workflow has, a file that cannot be read or
    /// written. What is wrong with the workflows themselves is shown on the terminal.
    pub fn run(&self, flags: &Flags, terminal: &mut Terminal) -> Result<Outcome, Error> {
        let registry = &self.registry;
        match &flags.command {
            Command::Gen(flags) => generate::run(registry, flags, terminal),
            Command::Preview(flags) => preview::run(registry, flags, terminal),
            Command::List(ListFlags {}) => list::run(registry, terminal),
            Command::Policies(flags) => policies::run(registry, flags, terminal),
            Command::Check(flags) => check::run(registry, flags, terminal),
            #[cfg(feature = "simulator")]
            Command::Run(flags) => run::run(self, flags, terminal),
            #[cfg(feature = "simulator")]
            Command::Replay(flags) => replay::run(registry, flags, terminal),
        }
    }

    /// What stands in for the tasks of a workflow, if anything does.
    #[cfg(feature = "simulator")]
    fn stand_ins_of(&self, workflow: &str) -> Result<Option<Box<dyn Tasks>>, Error> {
        let slug = |name: &str| self.registry.find(name).map(|entry| entry.slug.clone());
        for stand_ins in &self.stand_ins {
            let Some(of) = slug(&stand_ins.workflow) else {
                return Err(Error::new(format!("no workflow is called `{}`", stand_ins.workflow))
                    .note("help: mend the name that `Xtask::stand_ins` is given"));
            };
            if Some(of) == slug(workflow) {
                return Ok(Some((stand_ins.make)()));
            }
        }
        Ok(None)
    }
}
