//! The commands, run on two small workflows in a temporary folder.

#![expect(clippy::unwrap_used, reason = "what fails here is the test")]

mod check;
mod generate;
mod list;
mod policies;
mod preview;
mod replay;
mod replay_history;
mod run;
mod workflows;

use std::cell::RefCell;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use clap::Parser;
use stepwright::Registry;
use stepwright_xtask::{Flags, Outcome, Terminal, Xtask};

use crate::workflows::{hello, nightly_release};

/// The workflows, in a crate at this folder.
fn registry(home: &Path) -> Registry {
    Registry::new(home).with(hello()).with(nightly_release())
}

/// A folder to write to, with what the commands say about it.
struct Bench {
    folder: tempfile::TempDir,
}

/// What a command said, and whether it was content.
#[derive(Debug, PartialEq)]
struct Reply {
    out: String,
    err: String,
    code: u8,
}

impl Bench {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs a command in the folder, on its workflows.
    fn run(&self, command: &str) -> Reply {
        self.run_on(registry(self.folder.path()), command)
    }

    fn run_on(&self, registry: Registry, command: &str) -> Reply {
        self.run_xtask(&Xtask::new(registry), command)
    }

    fn run_xtask(&self, xtask: &Xtask, command: &str) -> Reply {
        let flags = Flags::try_parse_from(format!("xtask {command}").split(' ')).unwrap();
        let (out, err) = (Buffer::default(), Buffer::default());
        let mut terminal = Terminal::new(out.clone(), err.clone(), flags.color, self.folder.path());
        let code = match xtask.run(&flags, &mut terminal) {
            Ok(Outcome::Clean) => 0,
            Ok(Outcome::Problems) => 1,
            Err(error) => {
                terminal.show_error(&error);
                2
            }
        };
        let place = self.folder.path().display().to_string();
        Reply {
            out: out.text().replace(&place, "[folder]"),
            err: err.text().replace(&place, "[folder]"),
            code,
        }
    }
}

impl Reply {
    /// What was said on both streams, and the exit code.
    fn all(&self) -> String {
        format!("{}{}exit code {}\n", self.out, self.err, self.code)
    }
}

/// What was written to a stream.
#[derive(Clone, Default)]
struct Buffer {
    bytes: Rc<RefCell<Vec<u8>>>,
}

impl Buffer {
    fn text(&self) -> String {
        String::from_utf8(self.bytes.borrow().clone()).unwrap()
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A stream that always fails.
struct Failing(io::ErrorKind);

impl Write for Failing {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(self.0.into())
    }
}

fn run_on_failing_output(command: &str, kind: io::ErrorKind) -> Result<Outcome, stepwright_xtask::Error> {
    let bench = Bench::new();
    let flags = Flags::try_parse_from(format!("xtask {command}").split(' ')).unwrap();
    let mut terminal = Terminal::new(Failing(kind), Failing(kind), flags.color, bench.folder.path());
    let outcome = Xtask::new(registry(bench.folder.path())).run(&flags, &mut terminal);
    outcome.and_then(|outcome| terminal.flush().map(|()| outcome))
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    for command in ["list", "gen", "gen --stdout", "preview hello", "policies", "check"] {
        let outcome = run_on_failing_output(command, io::ErrorKind::BrokenPipe);
        assert_eq!(outcome.unwrap(), Outcome::Clean, "{command}");
    }
}

#[test]
fn the_exit_code_is_true_even_if_nobody_reads() {
    let outcome = run_on_failing_output("gen --check", io::ErrorKind::BrokenPipe);
    assert_eq!(outcome.unwrap(), Outcome::Problems);
}

#[test]
fn a_full_disk_behind_the_output_is_an_error() {
    let error = run_on_failing_output("list", io::ErrorKind::StorageFull).unwrap_err();
    assert_eq!(error.to_string(), "cannot write the output");
}

#[test]
fn the_command_line_is_well_formed() {
    <Flags as clap::CommandFactory>::command().debug_assert();
}

#[test]
fn the_help_fits_the_screen() {
    use clap::CommandFactory;

    let mut command = Flags::command();
    command.build();
    let mut helps = vec![command.render_long_help().to_string()];
    helps.extend(command.get_subcommands_mut().map(|command| command.render_long_help().to_string()));
    for line in helps.iter().flat_map(|help| help.lines()) {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn a_wrong_name_is_answered_with_the_right_ones() {
    let bench = Bench::new();
    insta::assert_snapshot!(bench.run("preview NightlyRelaese").all(), @"
    error: no workflow is called `NightlyRelaese`
      = help: did you mean `nightly-release`?
      = note: the workflows are hello, nightly-release
    exit code 2
    ");
    insta::assert_snapshot!(bench.run("gen hello nothing-like-it").all(), @"
    error: no workflow is called `nothing-like-it`
      = note: the workflows are hello, nightly-release
    exit code 2
    ");
}

#[test]
fn names_can_be_spelt_in_three_ways() {
    let bench = Bench::new();
    let slug = bench.run("gen nightly-release --stdout");
    assert_eq!(slug.code, 0);
    assert_eq!(bench.run("gen nightly_release --stdout"), slug);
    assert_eq!(bench.run("gen NightlyRelease --stdout"), slug);
}

#[test]
fn an_empty_registry_is_told() {
    let bench = Bench::new();
    let empty = || Registry::new(bench.folder.path());
    for command in ["gen", "list", "policies", "check"] {
        assert_eq!(bench.run_on(empty(), command).code, 2, "{command}");
    }
    insta::assert_snapshot!(bench.run_on(empty(), "gen").all(), @"
    error: the registry of `[folder]` has no workflows
      = help: list their functions: `registry![order_fulfilment]`
    exit code 2
    ");
    insta::assert_snapshot!(bench.run_on(empty(), "preview hello").all(), @"
    error: no workflow is called `hello`
      = note: the registry has no workflows
    exit code 2
    ");
}
