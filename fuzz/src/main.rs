//! `cargo run --release -p stepwright-fuzz`: tries out random definitions until one fails to end or makes something panic.

mod measure;
mod search;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;

use clap::Parser;
use stepwright_fuzz::worker::work;
use stepwright_fuzz::{Case, Corpus, Target};

/// How much stack a case has: that of a test's thread.
const STACK: usize = 2 * 1_024 * 1_024;

/// Tries out random definitions with random task results: every one has to come to an end, and nothing may panic.
#[derive(Debug, Clone, Parser)]
#[command(name = "stepwright-fuzz")]
struct Flags {
    /// The seed of the first case; each one after it has the next number.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// How many cases; 10,000 if there is no limit of time either.
    #[arg(long)]
    cases: Option<u64>,
    /// How long to search.
    #[arg(long)]
    seconds: Option<u64>,
    /// A folder with definitions in JSON files. Every other case is then a mutation of one of them.
    #[arg(long, value_name = "FOLDER")]
    corpus: Vec<PathBuf>,
    /// Tries out one part only: the same cases as with libFuzzer, drawn at random.
    #[arg(long, value_enum)]
    target: Option<Target>,
    /// Prints the case of a seed, and does not run it.
    #[arg(long, value_name = "SEED")]
    print: Option<u64>,
    /// Tells how the time grows with the size of a case, for kinds of cases whose name contains this.
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "")]
    growth: Option<String>,
    /// What the program starts itself as, to be safe from what it finds.
    #[arg(long, hide = true)]
    worker: bool,
}

impl Flags {
    /// The cases to try out.
    fn cases(&self) -> u64 {
        self.cases.unwrap_or(if self.seconds.is_some() { u64::MAX - self.seed } else { 10_000 })
    }
}

fn main() -> ExitCode {
    let flags = Flags::parse();
    match run(&flags) {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(flags: &Flags) -> io::Result<ExitCode> {
    if let Some(name) = &flags.growth {
        return measure::measure(name);
    }
    let mut corpus = Corpus::default();
    for folder in &flags.corpus {
        let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", folder.display()));
        corpus.add(folder).map_err(named)?;
    }
    if let (Some(seed), Some(target)) = (flags.print, flags.target) {
        io::stdout().write_all(&target.draw(seed, &corpus))?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(seed) = flags.print {
        print(&Case::of(seed, &corpus))?;
        return Ok(ExitCode::SUCCESS);
    }
    if flags.worker {
        let seeds = flags.seed..flags.seed.saturating_add(flags.cases());
        let target = flags.target;
        let work = move || work(seeds, &corpus, target, &mut io::stdout());
        let thread = thread::Builder::new().stack_size(STACK).spawn(work)?;
        let result = thread.join().unwrap_or_else(|_| Err(io::Error::other("the worker panicked")));
        return result.map(|()| ExitCode::SUCCESS);
    }
    search::search(flags)
}

/// Prints the definition, and what it is run with.
fn print(case: &Case) -> io::Result<()> {
    let mut out = io::stdout();
    match serde_json::from_str::<serde_json::Value>(&case.text) {
        Ok(definition) => writeln!(out, "{definition:#}")?,
        Err(_) => writeln!(out, "{}", case.text)?,
    }
    writeln!(out, "\ninput: {}\ntype: {:?}", case.input, case.execution_type)?;
    case.objects.iter().try_for_each(|(key, body)| writeln!(out, "object bucket/{key}: {body:?}"))
}
