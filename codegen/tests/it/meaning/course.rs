//! What an execution did, told so that a direct interpretation and a simulation can be compared.

mod recorder;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::Value;
use stepwright::StateName;
use stepwright::plan::{Body, Handler, Plan, Scope, ScopeId, State, StateKind, Step};

pub(super) use self::recorder::Recorder;

/// Something that takes its states one after the other: a scope, in an iteration of each Map around it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Thread {
    pub(super) scope: ScopeId,
    pub(super) iteration: Vec<usize>,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Happening {
    Entered(String),
    /// A task was called; without what it was given, where that is nothing in particular.
    Called(String, Option<Value>),
}

/// How an execution ended.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum End {
    /// With its output, if the workflow has one.
    Succeeded(Option<Value>),
    /// With an Error Name and a cause.
    Failed(String, Option<String>),
}

/// What an execution did.
#[derive(Debug, Clone, Default)]
pub(super) struct Course {
    pub(super) happenings: BTreeMap<Thread, Vec<(Duration, Happening)>>,
    /// The moments in which a thread was stopped by the failure of another one: it may have done more or less by then.
    pub(super) uncertain: BTreeSet<(Thread, Duration)>,
    /// The Choice states that found what to go on with, child executions and what was stopped included.
    pub(super) decided: BTreeSet<String>,
    pub(super) end: Option<End>,
}

impl Course {
    pub(super) fn enter(&mut self, thread: &Thread, at: Duration, state: &str) {
        self.add(thread, at, Happening::Entered(state.to_owned()));
    }

    pub(super) fn call(&mut self, thread: &Thread, at: Duration, state: &str, given: Option<Value>) {
        self.add(thread, at, Happening::Called(state.to_owned(), given));
    }

    fn add(&mut self, thread: &Thread, at: Duration, happening: Happening) {
        self.happenings.entry(thread.clone()).or_default().push((at, happening));
    }

    pub(super) fn append(&mut self, other: Self) {
        for (thread, happenings) in other.happenings {
            self.happenings.entry(thread).or_default().extend(happenings);
        }
        self.uncertain.extend(other.uncertain);
    }

    /// It was stopped from outside.
    pub(super) fn stop_at(&mut self, moment: Duration) {
        for (thread, happenings) in &mut self.happenings {
            if happenings.iter().any(|(at, _)| *at == moment) {
                self.uncertain.insert((thread.clone(), moment));
            }
            happenings.retain(|(at, _)| *at < moment);
        }
    }

    /// Without what is uncertain.
    pub(super) fn without(
        &self,
        uncertain: &BTreeSet<(Thread, Duration)>,
    ) -> BTreeMap<Thread, Vec<(Duration, Happening)>> {
        let mut certain = self.happenings.clone();
        for (thread, happenings) in &mut certain {
            happenings.retain(|(at, _)| !uncertain.contains(&(thread.clone(), *at)));
        }
        certain.retain(|_, happenings| !happenings.is_empty());
        certain
    }
}

/// A state of a plan, and where it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'p> {
    pub(super) scope: ScopeId,
    /// How many Maps are around it.
    pub(super) maps: usize,
    pub(super) name: &'p StateName,
    /// `None` for the Choice state of a loop.
    pub(super) state: Option<&'p State>,
}

/// Calls `visit` for each state that a plan names.
pub(super) fn each_state<'p>(root: &'p Scope, visit: &mut impl FnMut(Spot<'p>)) {
    walk_scope(root, 0, visit);
}

fn walk_scope<'p>(scope: &'p Scope, maps: usize, visit: &mut impl FnMut(Spot<'p>)) {
    walk(&scope.body, scope.id, maps, visit);
    scope.end.iter().for_each(|end| walk(end, scope.id, maps, visit));
}

fn walk<'p>(body: &'p Body, scope: ScopeId, maps: usize, visit: &mut impl FnMut(Spot<'p>)) {
    for step in &body.steps {
        let state = match step {
            Step::State(state) => state,
            Step::Repeat(repeat) => {
                walk(&repeat.body, scope, maps, visit);
                visit(Spot { scope, maps, name: &repeat.name, state: None });
                continue;
            }
            Step::Label(_) | Step::Goto(..) | Step::Set(_) => continue,
        };
        visit(Spot { scope, maps, name: &state.name, state: Some(state) });
        match &state.kind {
            StateKind::Choice(choice) => {
                let bodies = choice.rules.iter().map(|rule| &rule.body).chain(&choice.otherwise);
                bodies.for_each(|body| walk(body, scope, maps, visit));
            }
            StateKind::Parallel(parallel) => {
                parallel.branches.iter().for_each(|branch| walk_scope(branch, maps, visit));
            }
            StateKind::Map(map) => walk_scope(&map.processor, maps + 1, visit),
            _ => {}
        }
        for catcher in &state.catch {
            if let Handler::Body(body) = &catcher.handler {
                walk(body, scope, maps, visit);
            }
        }
    }
}

/// The states of a plan by their names.
fn spots(plan: &Plan) -> BTreeMap<String, Spot<'_>> {
    let mut spots = BTreeMap::new();
    each_state(&plan.root, &mut |spot| {
        spots.insert(spot.name.to_string(), spot);
    });
    spots
}
