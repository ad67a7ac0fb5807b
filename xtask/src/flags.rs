//! The command line.

use std::path::PathBuf;

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};

/// Compiles workflows to the Amazon States Language, checks, shows and runs them
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 80, after_help = AFTER_HELP)]
pub struct Flags {
    /// Whether to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorChoice,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const AFTER_HELP: &str = "\
A workflow's name can be written `order-fulfilment`, `order_fulfilment` or
`OrderFulfilment`.

Examples:
  cargo xtask list                      what there is
  cargo xtask gen                       write the definitions to deploy
  cargo xtask gen --check               in CI: are they up to date?
  cargo xtask preview order-fulfilment  look at one
  cargo xtask check                     look for mistakes, write nothing
  cargo xtask run order-fulfilment      simulate it

Exit codes:
  0  all is well
  1  problems were found, files are stale, or an execution failed
  2  a wrong argument, or a file that cannot be read or written";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Compile workflows and write their definitions
    Gen(GenFlags),
    /// Show the definition of a workflow, with colours
    Preview(PreviewFlags),
    /// List the workflows
    List(ListFlags),
    /// Show how states are retried, and for how long
    Policies(PoliciesFlags),
    /// Look for mistakes in workflows and in definitions written by hand
    Check(CheckFlags),
    /// Simulate an execution in virtual time
    #[cfg(feature = "simulator")]
    Run(RunFlags),
    /// Simulate recorded executions again, and compare
    #[cfg(feature = "simulator")]
    Replay(ReplayFlags),
}

/// What `gen` is told.
#[derive(Debug, Args)]
#[command(after_help = GEN_HELP)]
pub struct GenFlags {
    /// The workflows to compile [default: all]
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// The folder to write to [default: `asl` in the crate of the workflows]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Print the JSON and write no files: the definition itself, or of several an
    /// object with a definition for each name
    #[arg(long, conflicts_with_all = ["out", "check"])]
    pub stdout: bool,
    /// Write nothing; fail if a file is missing, stale or belongs to no workflow
    #[arg(long)]
    pub check: bool,
}

const GEN_HELP: &str = "\
Each workflow becomes one file, `<name>.asl.json`. Files are written only if all
workflows are free of errors, and only those that change.

Examples:
  cargo xtask gen
  cargo xtask gen order-fulfilment --out deploy/asl
  cargo xtask gen order-fulfilment --stdout | jq .States
  cargo xtask gen --check";

/// What `preview` is told.
#[derive(Debug, Args)]
#[command(after_help = PREVIEW_HELP)]
pub struct PreviewFlags {
    /// The workflow to show
    pub name: String,
}

const PREVIEW_HELP: &str = "\
On a terminal, what does not fit is shown through `$PAGER`, or `less`; an empty
`PAGER` turns that off. `NO_COLOR` and `CLICOLOR_FORCE` are respected.

Examples:
  cargo xtask preview order-fulfilment
  cargo xtask preview order-fulfilment --color always | less -R";

/// What `list` is told: nothing.
#[derive(Debug, Args)]
pub struct ListFlags {}

/// What `policies` is told.
#[derive(Debug, Args)]
#[command(after_help = POLICIES_HELP)]
pub struct PoliciesFlags {
    /// Workflows, or definitions in JSON: files, or folders to search
    /// [default: all workflows]
    #[arg(value_name = "NAME|FILE|FOLDER")]
    pub targets: Vec<String>,
}

const POLICIES_HELP: &str = "\
Equal policies share a letter, so that drift is seen at a glance. The worst case
is the time that a state takes if every attempt runs into its timeout and every
retry is used up.

Examples:
  cargo xtask policies
  cargo xtask policies order-fulfilment
  cargo xtask policies legacy/nightly.asl.json";

/// What `check` is told.
#[derive(Debug, Args)]
#[command(after_help = CHECK_HELP)]
pub struct CheckFlags {
    /// Workflows, or definitions: files, or folders to search
    /// [default: all workflows]
    #[arg(value_name = "NAME|FILE|FOLDER")]
    pub targets: Vec<String>,
    /// How to tell what was found
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// What to take for errors
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub deny: Option<Deny>,
    /// Leave out warnings of this code; can be repeated, `SW0206,SW0404` too
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub allow: Vec<String>,
    /// Tell what is good practice, too: `SW08xx`
    #[arg(long)]
    pub advice: bool,
    /// An input of the definitions: JSON, or the file that holds it. What they
    /// fail with on it is found. Can be repeated: what they fail with on all
    #[arg(long, value_name = "JSON|FILE")]
    pub input: Vec<String>,
    /// The definitions are deployed as Express workflows
    #[arg(long)]
    pub express: bool,
}

/// How `check` tells what it found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With source lines, and a summary
    Human,
    /// A JSON object for each finding, one a line
    Json,
    /// Commands of GitHub workflows, which become annotations
    Github,
    /// A log in SARIF 2.1.0
    Sarif,
}

/// What `check` takes for errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// All warnings that are not allowed
    Warnings,
}

const CHECK_HELP: &str = r#"What exists as a file or folder, or ends in `.json`, `.yaml` or `.yml`, is taken
for one; all else is the name of a workflow.

Folders are searched at any depth for `*.asl.json`, `*.asl.yaml`, `*.asl.yml`
and other `*.json` files with `StartAt` and `States`. Left out are hidden files
and folders, `target`, `node_modules` and links to folders.

Warnings can be allowed by code: everywhere with `--allow`, or in a definition
by the `Comment` of the machine, a state or anything else around the place:
  "Comment": "stepwright: allow SW0206: an operator stops it"
(in Rust: `.comment("stepwright: allow SW0206: …")`).
Errors cannot: what has one is rejected, or fails for certain.

Examples:
  cargo xtask check
  cargo xtask check order-fulfilment
  cargo xtask check legacy/nightly.asl.json infra/state-machines
  cargo xtask check legacy --advice --allow SW0801
  cargo xtask check legacy/nightly.asl.json --input sample.json
  cargo xtask check infra --format github --deny warnings
  cargo xtask check infra --format sarif > check.sarif

Exit codes:
  0  no errors
  1  errors were found; with `--deny warnings`, warnings too
  2  a wrong argument, or a file that cannot be read; the others are checked"#;

/// What `run` is told.
#[cfg(feature = "simulator")]
#[derive(Debug, Args)]
#[command(after_help = RUN_HELP)]
pub struct RunFlags {
    /// A workflow, or the file of a definition
    #[arg(value_name = "NAME|FILE")]
    pub target: String,
    /// The input of the execution [default: {}]
    #[arg(long, value_name = "JSON|@FILE")]
    pub input: Option<String>,
    /// What the tasks answer
    #[arg(long, value_name = "FILE")]
    pub mocks: Option<String>,
    /// What random numbers depend on: jitter, UUIDs
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Write the events to a file, in the shape that the API gives them
    #[arg(long, value_name = "FILE")]
    pub history: Option<PathBuf>,
    /// Show the input and output of each state
    #[arg(long)]
    pub data: bool,
}

#[cfg(feature = "simulator")]
const RUN_HELP: &str = r#"The mocks are a JSON object that gives each Task state, by its name or by its
resource, a reply or a list of replies; the last one is given again and again:
  {
    "ChargeCard": [
      { "error": "Busy", "cause": "try later" },
      { "ok": { "id": "c-1" }, "after": 20 }
    ]
  }
`after` is in seconds. Without mocks, a file to start from is shown. The file
MockConfigFile.json of Step Functions Local will do, too; `FILE#TestCase` names
the test case to take.

Examples:
  cargo xtask run order-fulfilment --input @order.json --mocks mocks.json
  cargo xtask run legacy/nightly.asl.json --input '{"version": 4}' --data

Exit codes:
  0  the execution succeeded
  1  it failed, timed out or was aborted, or the definition is broken
  2  a wrong argument, a missing mock, or a file that cannot be read or written"#;

/// What `replay` is told.
#[cfg(feature = "simulator")]
#[derive(Debug, Args)]
#[command(after_help = REPLAY_HELP)]
pub struct ReplayFlags {
    /// A recorded execution, or a folder of them
    #[arg(value_name = "FILE|FOLDER", required_unless_present_any = ["definition", "history"])]
    pub path: Option<PathBuf>,
    /// A workflow, or the file of a definition, on which to replay a history
    #[arg(long, value_name = "NAME|FILE", requires = "history", conflicts_with = "path")]
    pub definition: Option<String>,
    /// The history of an execution, as exported from AWS
    #[arg(long, value_name = "FILE", requires = "definition", conflicts_with = "path")]
    pub history: Option<PathBuf>,
}

#[cfg(feature = "simulator")]
const REPLAY_HELP: &str = "\
A recording is a JSON file with `definition`, `input`, `tasks`, `history` and
`outcome`. Its tasks answer as they were recorded, and the events that follow
are compared. Folders are searched at any depth; other JSON files are left out.

With `--definition` and `--history`: would an execution still take the same way
if its definition was changed? The history is what this writes:
  aws stepfunctions get-execution-history --execution-arn ARN --output json
Tasks answer as they did then, by the names of their states, and take as long.
Compared are the states, their data, errors and retries; not the order in which
concurrent branches get on, nor names, times and random numbers.

Examples:
  cargo xtask replay recordings
  cargo xtask replay recordings/refund.json
  cargo xtask replay --definition order-fulfilment --history monday.json

Exit codes:
  0  all recordings agree, or the execution takes the same way
  1  there are differences, or the definition is broken
  2  a wrong argument, or a file that cannot be read or replayed";
