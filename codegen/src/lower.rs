//! Lowering: from the plan, a typed tree, to the model of the States Language.
//!
//! ```text
//! plan ──live──► which values are read
//!      ──flatten──► graph: per scope a list of states with explicit transitions
//!      ──places──► where each value is kept: a variable, a path in the document
//!      ──flow──► diagnostics: every value that is read is there, and still the same
//!      ──tasks──► diagnostics: what is known of a task in Rust only
//!      ──print──► asl::StateMachine, expressions in the query language of the machine
//! ```
//!
//! Lowering never gives up: it reports what is wrong and goes on, so that all problems of a workflow are seen at once.

pub(crate) mod bits;
mod capture;
mod flatten;
mod flow;
mod glob;
mod graph;
mod jsonata;
mod jsonpath;
mod live;
mod needed;
mod places;
mod problems;
mod results;
mod states;
mod tasks;

pub(crate) use self::results::{Answered, TaskResult};
use indexmap::IndexMap;
use stepwright::plan::{Plan, RustLocation};

use crate::asl;
use crate::diagnostic::Diagnostic;

/// What lowering yields.
#[derive(Debug)]
pub(crate) struct Lowered {
    /// The machine.
    pub(crate) machine: asl::StateMachine,
    /// The Rust location of each state, by name; the first one where a name is used twice.
    pub(crate) locations: IndexMap<String, Vec<RustLocation>>,
    /// What tasks answer.
    pub(crate) results: Vec<TaskResult>,
    /// What is wrong.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Lowers a plan.
pub(crate) fn lower(plan: &Plan) -> Lowered {
    let mut diagnostics = problems::of(plan);
    let live = live::values(plan);
    let graph = flatten::flatten(plan, &live, &mut diagnostics);
    let captures = capture::captures(&graph, &mut diagnostics);
    let places = places::assign(&graph, &captures, &mut diagnostics);
    flow::check(&graph, &captures, &places, &mut diagnostics);
    tasks::check(&graph, &mut diagnostics);
    let machine = states::print(&graph, &captures, &places, &mut diagnostics);
    Lowered { machine, locations: graph.locations(), results: graph.results, diagnostics }
}
