//! Tasks that answer as they did in an exported history.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};
use stepwright_codegen::asl::{ProcessorMode, Scope, StateKind, StateMachine};

use crate::history::TaskKind;
use crate::replay::values::is_same;
use crate::replay::way::{Attempt, Ending, Way};
use crate::state::integration::Integration;
use crate::tasks::{Call, IterationOf, Reply, Tasks};

/// Answers each task from a history: by the name of the state, and of its calls by input, else by their order.
pub(super) struct Recall<'h> {
    calls: BTreeMap<&'h str, Vec<Known<'h>>>,
    /// Activities that were not found.
    lost: Vec<&'h str>,
    /// The tasks in child executions, which have histories of their own.
    children: Vec<String>,
    /// What those answer; nothing for what they were given.
    stand_in: Option<Value>,
    /// Of each state, whether its calls were answered, in order.
    pub(super) answered: BTreeMap<String, Vec<bool>>,
    /// The states of child executions that were called.
    pub(super) guessed: Vec<String>,
}

struct Known<'h> {
    attempt: &'h Attempt,
    iteration: &'h [IterationOf],
    is_used: bool,
}

impl<'h> Recall<'h> {
    pub(super) fn new(way: &'h Way, machine: &StateMachine) -> Self {
        let mut calls: BTreeMap<&str, Vec<Known<'h>>> = BTreeMap::new();
        for strand in &way.strands {
            for visit in &strand.visits {
                let known = visit.attempts.iter().map(|attempt| Known {
                    attempt,
                    iteration: &strand.iteration,
                    is_used: false,
                });
                calls.entry(&visit.name).or_default().extend(known);
            }
        }
        for known in calls.values_mut() {
            known.sort_by_key(|known| known.attempt.ordinal);
        }
        let end = way.end.as_ref().and_then(|end| end.cause.as_deref()).unwrap_or_default();
        let is_lost = end.contains("The activity ") && end.contains(" does not exist");
        let lost = way.visits().filter(|visit| is_lost && visit.attempts.is_empty() && visit.exit.is_none());
        Self {
            lost: lost.map(|visit| visit.name.as_str()).collect(),
            calls,
            children: children(machine),
            stand_in: None,
            answered: BTreeMap::new(),
            guessed: Vec::new(),
        }
    }

    /// Lets the tasks of child executions answer with something else than what they are given.
    pub(super) fn with_other_children(self) -> Self {
        Self { stand_in: Some(json!({ "of": "child" })), ..self }
    }

    /// The call of the history that this one corresponds to.
    fn recall(&mut self, call: &Call<'_>) -> Option<&'h Attempt> {
        let known = self.calls.get_mut(call.state)?;
        let is_here = |known: &Known<'_>| known.iteration == call.iteration;
        let is_equal = |known: &Known<'_>| is_same(&known.attempt.input, call.input);
        let find = |is_it: &dyn Fn(&Known<'_>) -> bool| {
            known.iter().position(|known| !known.is_used && is_it(known))
        };
        let best = find(&|known| is_here(known) && is_equal(known))
            .or_else(|| find(&is_equal))
            .or_else(|| find(&is_here))
            .or_else(|| find(&|_| true))?;
        let best = &mut known[best];
        best.is_used = true;
        Some(best.attempt)
    }
}

impl Tasks for Recall<'_> {
    fn call(&mut self, call: &Call<'_>) -> Option<Reply> {
        let is_activity = Integration::of(call.resource).kind == TaskKind::Activity;
        if is_activity && self.lost.contains(&call.state) {
            return Some(Reply::no_such_activity());
        }
        let attempt = self.recall(call);
        let mut reply = attempt.and_then(reply);
        if reply.is_none() && attempt.is_none() && self.children.iter().any(|state| state == call.state) {
            self.guessed.push(call.state.to_owned());
            reply = Some(Reply::success(self.stand_in.clone().unwrap_or_else(|| call.input.clone())));
        }
        self.answered.entry(call.state.to_owned()).or_default().push(reply.is_some());
        // What nothing is known of stays silent, so that the branches beside it go on.
        Some(reply.unwrap_or_else(Reply::silence))
    }

    fn stands_in(&self, _state: &str, _resource: &str) -> bool {
        true
    }
}

/// The answer of a call; none if it was still going on.
fn reply(attempt: &Attempt) -> Option<Reply> {
    let has_started = attempt.started.is_some();
    let mut reply = match attempt.ending.as_ref()? {
        Ending::Succeeded(result) => Reply::success(result.clone()),
        Ending::Failed { error, cause } => {
            let failure = Reply::failure_of(error.clone(), cause.clone());
            if attempt.submitted.is_none() { failure.before_submission() } else { failure }
        }
        Ending::TimedOut { .. } => Reply::silence(),
    };
    if let Some(worker) = &attempt.worker {
        reply = reply.by(worker);
    }
    if let Some(answer) = &attempt.submitted {
        reply = reply.submitted(answer.clone());
    }
    let started = attempt.started.unwrap_or(attempt.scheduled);
    let took = between(started, attempt.ended);
    let timeout = attempt.timeout.map(Duration::from_secs);
    if let Some(heartbeat) = attempt.heartbeat.map(Duration::from_secs) {
        reply = match attempt.ending {
            // Heartbeats leave no events. The last one came that long before it was missed, if one was missed at all.
            Some(Ending::TimedOut { .. }) if timeout.is_none_or(|timeout| took < timeout) => {
                reply.with_heartbeats(Duration::from_secs(1)).taking(took.saturating_sub(heartbeat))
            }
            Some(Ending::TimedOut { .. }) => reply.with_heartbeats(Duration::from_secs(1)).taking(took),
            _ => reply.with_heartbeats(heartbeat).taking(took),
        };
    } else {
        reply = reply.taking(took);
    }
    if let Some(timeout) = timeout {
        // It was in time, whatever the clocks say.
        reply.takes = reply.takes.min(timeout);
    }
    let waits = if has_started { between(attempt.scheduled, started) } else { Duration::ZERO };
    Some(reply.starting_after(waits))
}

fn between(start: i64, end: i64) -> Duration {
    Duration::from_millis(u64::try_from(end.saturating_sub(start)).unwrap_or_default())
}

/// The tasks in Distributed Maps.
fn children(machine: &StateMachine) -> Vec<String> {
    let mut children = Vec::new();
    let mut scopes: Vec<(Scope<'_>, bool)> = vec![(machine.scope(), false)];
    while let Some((scope, is_child)) = scopes.pop() {
        for (name, state) in scope.states {
            if is_child && matches!(state.kind, StateKind::Task(_)) {
                children.push(name.clone());
            }
            let is_distributed = match &state.kind {
                StateKind::Map(map) => {
                    let processor = map.item_processor.as_ref().or(map.iterator.as_ref());
                    let config = processor.and_then(|processor| processor.processor_config.as_ref());
                    config.and_then(|config| config.mode) == Some(ProcessorMode::Distributed)
                }
                _ => false,
            };
            scopes.extend(state.scopes().map(|scope| (scope, is_child || is_distributed)));
        }
    }
    children
}
