//! The search: starts workers, listens to them, and tells what they found.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use stepwright_fuzz::Outcome;
use stepwright_fuzz::worker::{Failure, LIMIT, Note, Silence, Worker};

use crate::Flags;

/// What has been found so far.
#[derive(Debug, Default)]
struct Findings {
    tried: u64,
    outcomes: BTreeMap<&'static str, u64>,
    failures: Vec<Failure>,
}

#[expect(clippy::disallowed_methods, reason = "how long the search takes is no part of any case")]
fn now() -> Instant {
    Instant::now()
}

/// Searches as long as the flags say, and prints what was found.
pub(crate) fn search(flags: &Flags) -> io::Result<ExitCode> {
    let started = now();
    let limit = flags.seconds.map(Duration::from_secs);
    let is_over = || limit.is_some_and(|limit| now().duration_since(started) >= limit);
    let mut findings = Findings::default();
    let end = flags.seed.saturating_add(flags.cases());
    let mut next = flags.seed;
    while next < end && !is_over() {
        let worker = Worker::start(next, end - next, &flags.corpus, flags.target)?;
        listen(&worker, &mut next, &mut findings, &is_over)?;
        worker.stop();
    }
    if io::stderr().is_terminal() {
        write!(io::stderr(), "\r\x1b[K")?;
    }
    report(&findings, flags)?;
    Ok(if findings.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Listens to a worker until it is silent or the time is over. `next` is the seed to go on with.
fn listen(
    worker: &Worker,
    next: &mut u64,
    findings: &mut Findings,
    is_over: &dyn Fn() -> bool,
) -> io::Result<()> {
    let mut under_way = None;
    while !is_over() {
        match worker.note() {
            Ok(Note::Begun(seed)) => {
                (under_way, *next) = (Some(seed), seed + 1);
                findings.progress()?;
            }
            Ok(Note::Passed(outcome)) => {
                under_way = None;
                findings.passed(outcome);
            }
            Ok(Note::Failed(message)) => {
                under_way = None;
                findings.failed(*next - 1, message);
            }
            Ok(Note::Shrunk(text)) => {
                if let Some(failure) = findings.failures.last_mut() {
                    failure.text = Some(text);
                }
            }
            Err(silence) => {
                if let Some(seed) = under_way {
                    findings.failed(
                        seed,
                        match silence {
                            Silence::Busy => format!("it takes more than {} seconds", LIMIT.as_secs()),
                            Silence::Gone => {
                                "the process is gone: out of stack or memory, or aborted".to_owned()
                            }
                        },
                    );
                }
                return Ok(());
            }
        }
    }
    Ok(())
}

impl Findings {
    fn passed(&mut self, outcome: Outcome) {
        let name = match outcome {
            Outcome::NotRead => "not read",
            Outcome::NotRun => "not run to the end",
            Outcome::Succeeded => "succeeded",
            Outcome::Failed => "failed",
            Outcome::Done => "as they should be",
        };
        self.tried += 1;
        *self.outcomes.entry(name).or_default() += 1;
    }

    fn failed(&mut self, seed: u64, message: String) {
        self.tried += 1;
        self.failures.push(Failure { seed, message, text: None });
    }

    fn progress(&self) -> io::Result<()> {
        let mut err = io::stderr();
        if err.is_terminal() && self.tried.is_multiple_of(100) {
            write!(err, "\r\x1b[K{} cases, {} failures", self.tried, self.failures.len())?;
            err.flush()?;
        }
        Ok(())
    }
}

/// Failures that are told in full; of the others only seed and message.
const IN_FULL: usize = 10;

fn report(findings: &Findings, flags: &Flags) -> io::Result<()> {
    let mut out = io::stdout();
    let corpus: Vec<_> =
        flags.corpus.iter().map(|folder| format!(" --corpus {}", folder.display())).collect();
    let target = flags.target.map(|target| format!(" --target {}", target.name()));
    let corpus = corpus.concat() + &target.unwrap_or_default();
    let mut told = 0;
    for Failure { seed, message, text } in &findings.failures {
        writeln!(out, "seed {seed}: {message}")?;
        let Some(text) = text.as_ref().filter(|_| told < IN_FULL) else { continue };
        told += 1;
        let shown = serde_json::from_str(text).map(|json: serde_json::Value| format!("{json:#}"));
        writeln!(out, "{}", shown.as_deref().unwrap_or(text))?;
        writeln!(
            out,
            "  again: cargo run --release -p stepwright-fuzz -- --seed {seed} --cases 1{corpus}\n"
        )?;
    }
    let outcomes: Vec<String> =
        findings.outcomes.iter().map(|(name, count)| format!("{count} {name}")).collect();
    writeln!(out, "{} cases: {}", findings.tried, outcomes.join(", "))?;
    writeln!(out, "{} failures", findings.failures.len())
}
