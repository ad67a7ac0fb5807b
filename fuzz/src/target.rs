//! What is fuzzed: a part of the project each, fed with bytes.
//!
//! The bytes are a text and, after a NUL, what goes with it: a definition and its input, an expression and its data. All that is
//! needed follows from them, so that a file with them is a whole case, for [`Target::try_out`] as for libFuzzer.

mod bytes;
mod checking;
mod definition;
mod expression;
mod grammar;
mod rendering;
mod translation;

use std::fs;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use clap::ValueEnum;

use crate::corpus::Corpus;
use crate::draw::Drawer;
use crate::mutate;
use bytes::parts;

/// How long the work on a case may take: a case has a few kilobytes.
const LIMIT: Duration = Duration::from_secs(1);

/// A part of the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Target {
    /// Reads any text as a definition, and writes what it has read.
    Read,
    /// Checks definitions, with facts and without, and holds what is certain to fail against the simulator.
    Check,
    /// Reads Paths and Intrinsic Functions, and evaluates them.
    Grammar,
    /// Checks and evaluates expressions in `JSONata`.
    Jsonata,
    /// Shows diagnostics in all formats, at any places.
    Diagnostics,
    /// Checks definitions in YAML.
    Yaml,
}

impl Target {
    /// All of them.
    pub const ALL: &[Self] =
        &[Self::Read, Self::Check, Self::Grammar, Self::Jsonata, Self::Diagnostics, Self::Yaml];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Check => "check",
            Self::Grammar => "grammar",
            Self::Jsonata => "jsonata",
            Self::Diagnostics => "diagnostics",
            Self::Yaml => "yaml",
        }
    }

    /// Tries a case out, which may take a second.
    ///
    /// # Errors
    ///
    /// As for [`Self::try_out`], and if it takes longer.
    pub fn try_in_time(self, bytes: &[u8]) -> Result<(), String> {
        let started = now();
        self.try_out(bytes)?;
        if now().duration_since(started) <= LIMIT {
            return Ok(());
        }
        // Perhaps the machine is only busy.
        let before = working_time();
        self.try_out(bytes)?;
        let taken = working_time().saturating_sub(before);
        if taken <= LIMIT { Ok(()) } else { Err(format!("it takes {} ms", taken.as_millis())) }
    }

    /// Tries a case out, however long it takes.
    ///
    /// # Errors
    ///
    /// What is not as it should be. A panic is not caught.
    pub fn try_out(self, bytes: &[u8]) -> Result<(), String> {
        match self {
            Self::Read => definition::try_out(bytes),
            Self::Check => checking::try_out(bytes),
            Self::Grammar => grammar::try_out(bytes),
            Self::Jsonata => expression::try_out(bytes),
            Self::Diagnostics => rendering::try_out(bytes),
            Self::Yaml => translation::try_out(bytes),
        }
    }

    /// Does what is to take no more time than is in proportion to the size of a case: an expression that is evaluated may well.
    pub fn work_on(self, bytes: &[u8]) {
        match self {
            Self::Jsonata => drop(expression::check(bytes)),
            // What is wrong with it is told elsewhere.
            _ => drop(self.try_out(bytes)),
        }
    }

    /// The case of a seed. With definitions in the corpus, every other case about definitions is a mutation of one of them.
    pub fn draw(self, seed: u64, corpus: &Corpus) -> Vec<u8> {
        let drawer = Drawer::new(seed);
        match self {
            Self::Read => definition::draw(&drawer, corpus),
            Self::Check => checking::draw(&drawer, corpus),
            Self::Grammar => grammar::draw(&drawer),
            Self::Jsonata => expression::draw(&drawer),
            Self::Diagnostics => rendering::draw(&drawer, corpus),
            Self::Yaml => translation::draw(&drawer, corpus),
        }
        .into_bytes()
    }

    /// Changes a case where its parts have a structure: members of JSON, expressions.
    pub fn mutate(self, bytes: &[u8], seed: u64) -> Vec<u8> {
        let drawer = Drawer::new(seed);
        let (text, rest) = parts(bytes);
        let text = match serde_json::from_str(&text) {
            Ok(mut definition) => {
                mutate::mutate(&mut definition, &drawer);
                definition.to_string()
            }
            Err(_) => mutate::garble(&text, &drawer),
        };
        bytes::joined(&text, &rest).into_bytes()
    }
}

/// How long this thread has been working: what others do on the machine does not count, if the system tells.
pub fn working_time() -> Duration {
    let statistics = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = statistics.split(' ').next().and_then(|nanos| nanos.parse().ok());
    nanos.map_or_else(|| now().duration_since(*BEGINNING), Duration::from_nanos)
}

/// Where the system does not tell, time is counted from here.
static BEGINNING: LazyLock<Instant> = LazyLock::new(now);

#[expect(clippy::disallowed_methods, reason = "how long a case takes is no part of it")]
fn now() -> Instant {
    Instant::now()
}
