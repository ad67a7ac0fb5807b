//! Lowering: from the plan, a typed tree, to the model of the States Language.
//!
//! ```text
//! plan ──live──► which values are read
//!      ──flatten──► graph: per scope a list of states with explicit transitions
//!      ──places──► where each value is kept: a variable, a path in the document
//!      ──flow──► diagnostics: every value that is read is there, and still the same
//!      ──print──► asl::StateMachine, expressions in the query language of the machine
//! ```
//!
//! Lowering never gives up: it reports what is wrong and goes on, so that all problems of a workflow are seen at once.

mod capture;
mod flatten;
mod flow;
mod graph;
mod jsonata;
mod jsonpath;
mod live;
mod places;
mod problems;
mod states;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use stepwright::plan::{Plan, RustLocation};

use crate::asl;
use crate::diagnostic::Diagnostic;

/// What lowering yields.
#[derive(Debug)]
pub struct Lowered {
    /// The machine.
    pub machine: asl::StateMachine,
    /// The Rust location of each state, by name; the first one where a name is used twice.
    pub locations: IndexMap<String, Vec<RustLocation>>,
    /// The Error Names that each Task is declared to report, by the state's name.
    pub errors: BTreeMap<String, Vec<String>>,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// Lowers a plan.
pub fn lower(plan: &Plan) -> Lowered {
    let mut diagnostics = problems::of(plan);
    let live = live::values(plan);
    let graph = flatten::flatten(plan, &live);
    let captures = capture::captures(&graph, &mut diagnostics);
    let places = places::assign(&graph, &captures, &mut diagnostics);
    flow::check(&graph, &captures, &places, &mut diagnostics);
    let machine = states::print(&graph, &captures, &places, &mut diagnostics);
    Lowered { machine, locations: graph.locations(), errors: graph.declared_errors(), diagnostics }
}
