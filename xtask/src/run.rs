//! `run`: simulates an execution.

mod input;
mod tasks;

use std::io::Write;
use std::path::Path;

use anstyle::{AnsiColor, Style};
use serde_json::{Value, json};
use stepwright::Registry;
use stepwright_codegen::asl::{self, StateMachine};
use stepwright_codegen::check;
use stepwright_codegen::diagnostic::in_file;
use stepwright_sim::{Execution, Mocks, Simulation, Span, Status, Tasks, Timeline};

use crate::compile::{compile, show};
use crate::error::Error;
use crate::flags::RunFlags;
use crate::generate::write;
use crate::run::tasks::{MocksFirst, Watched};
use crate::select::{Target, targets};
use crate::terminal::Terminal;
use crate::text::{count, enumerate};
use crate::{Outcome, Xtask};

/// Simulates a workflow or a definition, and shows what happens.
pub(crate) fn run(xtask: &Xtask, flags: &RunFlags, terminal: &mut Terminal) -> Result<Outcome, Error> {
    let input = match &flags.input {
        Some(argument) => crate::input::input(argument, terminal)?,
        None => json!({}),
    };
    let Some(Subject { machine, input_schema }) = subject(&xtask.registry, &flags.target, terminal)? else {
        return Ok(Outcome::Problems);
    };
    if let Some(schema) = &input_schema {
        input::compare(&input, schema, terminal)?;
    }
    let mocks = match &flags.mocks {
        Some(argument) => input::mocks(argument, &machine, terminal)?,
        None => Mocks::default(),
    };
    let mut simulation = Simulation::new(&machine).input(input);
    if let Some(seed) = flags.seed {
        simulation = simulation.seed(seed);
    }
    let mut tasks = MocksFirst { mocks, others: xtask.stand_ins_of(&flags.target)? };
    let mut watched = Watched::new(&mut tasks, terminal);
    let result = simulation.run_with(&mut watched);
    watched.finish();
    let execution = match result {
        Ok(execution) => execution,
        Err(error) if error.is_missing_stand_in() => return Err(missing(&tasks, &machine)),
        Err(error) => return Err(Error::new(error.to_string())),
    };
    if let Some(path) = &flags.history {
        write_history(&execution, path, terminal)?;
    }
    let timeline =
        if flags.data { Timeline::with_data(&execution.history) } else { Timeline::of(&execution.history) };
    write!(terminal.out, "{timeline}")?;
    conclude(&execution, terminal)
}

/// What is run.
#[derive(Debug)]
pub(crate) struct Subject {
    /// Its machine.
    pub(crate) machine: StateMachine,
    /// What its input looks like, where that is known.
    input_schema: Option<Value>,
}

/// What is run by this name; `None` if it is broken, which was shown.
pub(crate) fn subject(
    registry: &Registry,
    target: &str,
    terminal: &mut Terminal,
) -> Result<Option<Subject>, Error> {
    let mut targets = targets(registry, &[target.to_owned()], terminal)?;
    let (1, Some(only)) = (targets.len(), targets.pop()) else {
        return Err(Error::new(format!("`{target}` is a folder with several definitions"))
            .note("help: name the file of the one to run"));
    };
    match only {
        Target::Workflow(workflow) => {
            let outputs = compile(registry, vec![*workflow], terminal)?;
            let output = outputs.and_then(|mut outputs| outputs.pop());
            Ok(output.map(|output| {
                let compiled = output.compiled;
                Subject { machine: compiled.machine, input_schema: compiled.input_schema }
            }))
        }
        Target::File(file) => match asl::read(&file.text) {
            Ok(document) => {
                let diagnostics = document.diagnose(check::check(document.machine()), Some(&file.name));
                show(&diagnostics, &|_: &str| Some(file.text.clone()), terminal)?;
                let is_fine = !diagnostics.has_errors();
                Ok(is_fine.then(|| Subject { machine: document.into_machine(), input_schema: None }))
            }
            Err(findings) => {
                let diagnostics = in_file(findings, Some(&file.name), &file.text);
                show(&diagnostics, &|_: &str| Some(file.text.clone()), terminal)?;
                Ok(None)
            }
        },
    }
}

/// A task was reached that has no mock: what to write.
fn missing(tasks: &MocksFirst, machine: &StateMachine) -> Error {
    let mut missing = tasks.mocks.missing(machine);
    missing.retain(|(state, resource)| !tasks.stands_in(state, resource));
    let states: Vec<String> = missing.iter().map(|(state, _)| format!("`{state}`")).collect();
    let verb = if missing.len() == 1 { "has" } else { "have" };
    Error::new(format!("{} {verb} no mock", count(missing.len(), "task")))
        .note(format!("note: nothing answers {}", enumerate(&states)))
        .note("help: write down what they answer, and name the file with `--mocks`:")
        .example(example(&missing))
}

/// A mocks file to start from, with a line for each task.
fn example(tasks: &[(String, String)]) -> String {
    let example = Mocks::example(tasks);
    let members = example.as_object().into_iter().flatten();
    let lines: Vec<String> =
        members.map(|(state, reply)| format!("  {}: {reply}", Value::from(state.as_str()))).collect();
    format!("{{\n{}\n}}", lines.join(",\n"))
}

fn write_history(execution: &Execution, path: &Path, terminal: &Terminal) -> Result<(), Error> {
    let path = terminal.resolve(path);
    let text = format!("{:#}\n", execution.history.to_json());
    write::replace(&path, &text).map_err(|error| {
        Error::new(format!("cannot write `{}`", terminal.show(&path)))
            .because(error)
            .note("help: make the folder writable, or choose another file with `--history`")
    })
}

/// Shows what came out.
fn conclude(execution: &Execution, terminal: &mut Terminal) -> Result<Outcome, Error> {
    let is_well = execution.status == Status::Succeeded;
    let color = if is_well { AnsiColor::Green } else { AnsiColor::Red };
    let style: Style = color.on_default().bold();
    let status = execution.status.as_str();
    let entered = usize::try_from(execution.transitions).unwrap_or(usize::MAX);
    let retries = match execution.retries.len() {
        0 => String::new(),
        1 => ", 1 retry".to_owned(),
        number => format!(", {number} retries"),
    };
    let figures = format!("after {}: {}{retries}", Span(execution.elapsed), count(entered, "state"));
    writeln!(terminal.out, "\n{style}{status}{style:#} {figures}")?;
    if let Some(output) = &execution.output {
        writeln!(terminal.out, "{output:#}")?;
    }
    for (what, text) in [("error", &execution.error), ("cause", &execution.cause)] {
        if let Some(text) = text {
            let text = text.replace(|c: char| c.is_control() && c != '\n', " ");
            writeln!(terminal.out, "{what}: {text}")?;
        }
    }
    Ok(if is_well { Outcome::Clean } else { Outcome::Problems })
}
