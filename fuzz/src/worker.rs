//! Tries cases out in a process of its own, so that neither an exhausted stack nor an endless case ends the search.

use std::io::{self, BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::case::Case;
use crate::corpus::Corpus;
use crate::shrink::{kind, shorten, shrink};
use crate::target::Target;
use crate::trial::{Outcome, caught, quiet_panics, without_panic};

/// How long a case may take.
pub const LIMIT: Duration = Duration::from_secs(10);

/// What a worker tells.
#[derive(Debug, Serialize, Deserialize)]
pub enum Note {
    /// A case begins.
    Begun(u64),
    /// It came out well.
    Passed(Outcome),
    /// It did not: this is wrong.
    Failed(String),
    /// The smallest definition that shows the same failure.
    Shrunk(String),
}

/// A failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The seed of the case.
    pub seed: u64,
    /// What is wrong.
    pub message: String,
    /// A definition that shows it, where there is a smaller one than that of the case.
    pub text: Option<String>,
}

/// Tries cases out, one seed after another, and tells about it in lines of JSON.
///
/// # Errors
///
/// Nobody listens.
pub fn work(
    seeds: impl Iterator<Item = u64>,
    corpus: &Corpus,
    target: Option<Target>,
    out: &mut impl Write,
) -> io::Result<()> {
    quiet_panics();
    let mut known = Vec::new();
    let mut tell = |note: &Note| {
        serde_json::to_writer(&mut *out, note)?;
        writeln!(out)?;
        out.flush()
    };
    for seed in seeds {
        tell(&Note::Begun(seed))?;
        let subject = Subject::of(seed, corpus, target);
        match subject.try_out() {
            Ok(outcome) => tell(&Note::Passed(outcome))?,
            Err(message) => {
                tell(&Note::Failed(message.clone()))?;
                if !known.contains(&kind(&message)) {
                    known.push(kind(&message));
                    tell(&Note::Shrunk(subject.shrunk(&message)))?;
                }
            }
        }
    }
    Ok(())
}

/// What is tried out.
enum Subject {
    Whole(Case),
    Part(Target, Vec<u8>),
}

impl Subject {
    fn of(seed: u64, corpus: &Corpus, target: Option<Target>) -> Self {
        match target {
            None => Self::Whole(Case::of(seed, corpus)),
            Some(target) => Self::Part(target, target.draw(seed, corpus)),
        }
    }

    fn try_out(&self) -> Result<Outcome, String> {
        match self {
            Self::Whole(case) => caught(case),
            Self::Part(target, bytes) => without_panic(|| target.try_in_time(bytes)).map(|()| Outcome::Done),
        }
    }

    /// The text of a smaller one that fails in the same way.
    fn shrunk(&self, message: &str) -> String {
        match self {
            Self::Whole(case) => shrink(case, message).text,
            Self::Part(target, bytes) => {
                let fails = |text: &str| without_panic(|| target.try_in_time(text.as_bytes()));
                let fails = |text: &str| fails(text).is_err_and(|other| kind(&other) == kind(message));
                shorten(&String::from_utf8_lossy(bytes), fails)
            }
        }
    }
}

/// A process that tries cases out.
#[derive(Debug)]
pub struct Worker {
    process: Child,
    notes: Receiver<Note>,
}

/// Why a worker says no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// It takes too long.
    Busy,
    /// It is gone.
    Gone,
}

impl Worker {
    /// Starts this program again as a worker.
    ///
    /// # Errors
    ///
    /// The program cannot be started.
    pub fn start(seed: u64, cases: u64, corpus: &[PathBuf], target: Option<Target>) -> io::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("--worker").args(["--seed", &seed.to_string(), "--cases", &cases.to_string()]);
        for folder in corpus {
            command.arg("--corpus").arg(folder);
        }
        if let Some(target) = target {
            command.args(["--target", target.name()]);
        }
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let stdout = process.stdout.take().expect("invariant: the output is piped");
        let (sender, notes) = channel();
        thread::spawn(move || {
            let lines = BufReader::new(stdout).lines().map_while(Result::ok);
            let mut notes = lines.map_while(|line| serde_json::from_str(&line).ok());
            notes.all(|note| sender.send(note).is_ok())
        });
        Ok(Self { process, notes })
    }

    /// What it tells next.
    ///
    /// # Errors
    ///
    /// It does not tell anything within [`LIMIT`], or never again.
    pub fn note(&self) -> Result<Note, Silence> {
        self.notes.recv_timeout(LIMIT).map_err(|error| match error {
            RecvTimeoutError::Timeout => Silence::Busy,
            RecvTimeoutError::Disconnected => Silence::Gone,
        })
    }

    /// Ends the process; whether it had ended by itself and well.
    pub fn stop(mut self) -> bool {
        let ended = self.process.try_wait().ok().flatten();
        // It may end in between, and nothing is to be done about one that cannot be ended.
        let _ = self.process.kill();
        let status = self.process.wait().ok();
        ended.or(status).is_some_and(|status| status.success())
    }
}
