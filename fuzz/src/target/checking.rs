//! Checking definitions.

use std::collections::BTreeSet;

use serde_json::Value;
use stepwright_codegen::asl::{self, Document};
use stepwright_codegen::check::{self, Facts};
use stepwright_codegen::diagnostic::{Finding, Severity};
use stepwright_sim::history::EventKind;
use stepwright_sim::{Call, Execution, Reply, Simulation, Status, Tasks};

use super::bytes::{joined, number, parts, value};
use super::definition;
use crate::corpus::Corpus;
use crate::draw::Drawer;

/// Checks a definition with all kinds of facts.
pub(super) fn try_out(bytes: &[u8]) -> Result<(), String> {
    let (text, rest) = parts(bytes);
    let Ok(document) = asl::read(&text) else { return Ok(()) };
    let input = value(&rest);
    for facts in facts(&document, &input) {
        let mut findings = check::check_with(document.machine(), &facts);
        findings.extend(check::advise(document.machine(), &facts));
        definition::are_inside(&document.diagnose(findings, None), &text)?;
    }
    is_true(&document, &input)
}

/// Facts with an input, and with schemas: those are no schemas most of the time.
fn facts(document: &Document, input: &Value) -> [Facts; 4] {
    let schemas = Facts::default().input_schema(input);
    let states = document.machine().states.keys();
    let schemas = states.fold(schemas, |facts, state| facts.result_schema(state, input));
    [
        Facts::default(),
        Facts::default().input(input).express(),
        Facts::default().input(input).input(&Value::Null).input(&input["items"]),
        schemas,
    ]
}

/// Holds what is said to be certain to fail with an input against an execution with it.
pub(super) fn is_true(document: &Document, input: &Value) -> Result<(), String> {
    let findings = check::check_with(document.machine(), &Facts::default().input(input));
    let mut errors = findings.into_iter().filter(|finding| finding.severity == Severity::Error).peekable();
    if errors.peek().is_none() {
        return Ok(());
    }
    let errors: Vec<Finding> = errors.collect();
    // What else is wrong may be so without any execution that shows it.
    if !errors.iter().all(|error| error.code.id().starts_with("SW07")) {
        return Ok(());
    }
    let simulation = Simulation::new(document.machine()).input(input.clone()).seed(number(document.text()));
    // Without tasks: they answer what the checker knows better.
    let Ok(execution) = simulation.run_with(&mut Nobody) else { return Ok(()) };
    let entered = entered(&execution);
    let wrong = errors.iter().find(|error| error.state_name().is_some_and(|name| entered.contains(&name)));
    match wrong {
        Some(error) if is_smooth(&execution) => Err(format!(
            "an execution succeeds, but `{}` is wrong: {}\ninput: {input}\n{}",
            error.pointer,
            error.message,
            document.text()
        )),
        _ => Ok(()),
    }
}

/// Does nothing for anybody.
struct Nobody;

impl Tasks for Nobody {
    fn call(&mut self, _call: &Call<'_>) -> Option<Reply> {
        None
    }

    fn stands_in(&self, _state: &str, _resource: &str) -> bool {
        false
    }
}

/// The names of the states that were entered.
fn entered(execution: &Execution) -> BTreeSet<String> {
    let names = execution.history.events.iter().filter_map(|event| match &event.kind {
        EventKind::StateEntered { name, .. } => Some(name.to_string()),
        _ => None,
    });
    names.collect()
}

/// Whether nothing failed on the way.
fn is_smooth(execution: &Execution) -> bool {
    let events = &execution.history.events;
    execution.status == Status::Succeeded
        && events.iter().all(|event| !event.kind.type_name().contains("Fail"))
}

/// A definition with its input.
pub(super) fn draw(drawer: &Drawer, corpus: &Corpus) -> String {
    joined(&definition::definition(drawer, corpus), &drawer.input().to_string())
}
