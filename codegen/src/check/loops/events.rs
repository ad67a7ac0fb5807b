//! How many events states write into the history of a Standard execution at least.
//!
//! Read out of recorded histories: a state is entered and exited, a task is scheduled, started and succeeds, a job is submitted, too.

use std::collections::BTreeSet;

use crate::asl::{State, StateKind};
use crate::check::index::{Index, ScopeEntry};
use crate::check::variables::is_distributed;

/// Entered and exited.
const STATE: u64 = 2;
/// A Task, Parallel or Map that fails and is caught: what fails is at least an evaluation.
const CAUGHT: u64 = 3;
/// And scheduled, started and succeeded, or failed.
const TASK: u64 = 5;
/// And submitted.
const JOB: u64 = 6;
/// And started and succeeded.
const CONTAINER: u64 = 4;
/// And the Map Run started and succeeded.
const DISTRIBUTED: u64 = 6;

/// For each state, by its number.
pub(super) struct LeastEvents(Vec<u64>);

impl LeastEvents {
    pub(super) fn new(index: &Index<'_>) -> Self {
        let mut least = Self(vec![0; index.states.len()]);
        let mut in_branches = vec![0_u64; index.states.len()];
        // What is nested in a state stands after it.
        for scope in index.scopes.iter().rev() {
            for number in &scope.numbers {
                least.0[*number] = own(index.states[*number].state, in_branches[*number]);
            }
            if let Some(owner) = scope.owner {
                in_branches[owner] = in_branches[owner].saturating_add(shortest(scope, &least));
            }
        }
        least
    }

    pub(super) fn of_state(&self, number: usize) -> u64 {
        self.0[number]
    }
}

fn own(state: &State, in_branches: u64) -> u64 {
    match &state.kind {
        StateKind::Fail(_) => 1,
        StateKind::Task(_) | StateKind::Parallel(_) | StateKind::Map(_) if !state.catch().is_empty() => {
            CAUGHT
        }
        StateKind::Task(task) => {
            let is_job = [".sync", ".sync:2", ".waitForTaskToken"];
            if is_job.iter().any(|suffix| task.resource.ends_with(suffix)) { JOB } else { TASK }
        }
        StateKind::Parallel(_) => CONTAINER.saturating_add(in_branches),
        // It may have no items.
        StateKind::Map(_) if is_distributed(state) => DISTRIBUTED,
        StateKind::Map(_) => CONTAINER,
        StateKind::Pass(_) | StateKind::Choice(_) | StateKind::Wait(_) | StateKind::Succeed(_) => STATE,
    }
}

/// The events of the shortest way through a scope.
fn shortest(scope: &ScopeEntry<'_>, least: &LeastEvents) -> u64 {
    let weight = |position: usize| least.of_state(scope.numbers[position]);
    let Some(start) = scope.graph.start else { return 0 };
    let mut is_exit = vec![false; scope.numbers.len()];
    scope.graph.exits.iter().for_each(|position| is_exit[*position] = true);
    let mut open = BTreeSet::from([(weight(start), start)]);
    let mut done = vec![false; scope.numbers.len()];
    while let Some((length, position)) = open.pop_first() {
        if is_exit[position] {
            return length;
        }
        if !std::mem::replace(&mut done[position], true) {
            let targets = scope.graph.targets[position].iter();
            open.extend(targets.map(|target| (length.saturating_add(weight(*target)), *target)));
        }
    }
    0
}
