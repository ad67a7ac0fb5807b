//! What a simulated execution did.

use std::collections::BTreeMap;

use serde_json::json;
use stepwright::plan::{Plan, StateKind, TaskInput};
use stepwright_sim::history::{EventKind, History, IterationPhase};
use stepwright_sim::{Call, Execution, Reply, Status, Tasks};

use super::{Course, End, Spot, Thread, spots};
use crate::meaning::world::{Answer, World};

/// Answers the tasks of a simulation from a [`World`], and remembers what they were given.
pub(in crate::meaning) struct Recorder<'p> {
    world: &'p World,
    spots: BTreeMap<String, Spot<'p>>,
    course: Course,
}

impl<'p> Recorder<'p> {
    pub(in crate::meaning) fn new(plan: &'p Plan, world: &'p World) -> Self {
        Self { world, spots: spots(plan), course: Course::default() }
    }

    /// What the execution did, which has these tasks.
    pub(in crate::meaning) fn course_of(mut self, execution: &Execution) -> Course {
        let calls = std::mem::take(&mut self.course.happenings);
        self.enter_all(&execution.history);
        for (thread, calls) in calls {
            let happenings = self.course.happenings.entry(thread).or_default();
            happenings.extend(calls);
            // A state is entered before its task is called: the sort is stable, and both are in order.
            happenings.sort_by_key(|(at, _)| *at);
        }
        self.course.end = Some(match execution.status {
            Status::Succeeded => End::Succeeded(execution.output.clone()),
            Status::Failed | Status::TimedOut | Status::Aborted => {
                End::Failed(execution.error.clone().unwrap_or_default(), execution.cause.clone())
            }
        });
        self.course
    }

    fn enter_all(&mut self, history: &History) {
        // The iteration that each event is in; behind a Map, what is left of its last one is cut off by the next reader.
        let mut iterations: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for event in &history.events {
            let mut iteration = iterations.get(&event.previous).cloned().unwrap_or_default();
            match &event.kind {
                EventKind::Iteration { phase: IterationPhase::Started, name, index } => {
                    iteration.truncate(self.spots.get(&**name).map_or(0, |map| map.maps));
                    iteration.push(*index);
                }
                EventKind::StateEntered { name, .. } => {
                    if let Some(spot) = self.spots.get(&**name) {
                        iteration.truncate(spot.maps);
                        let thread = Thread { scope: spot.scope, iteration: iteration.clone() };
                        self.course.enter(&thread, event.at, name);
                    }
                }
                _ => {}
            }
            iterations.insert(event.id, iteration);
        }
    }
}

impl Tasks for Recorder<'_> {
    fn call(&mut self, call: &Call<'_>) -> Option<Reply> {
        let spot = self.spots.get(call.state)?;
        let iteration: Vec<usize> = call.iteration.iter().map(|of| of.index).collect();
        let (answer, takes) = self.world.answer(call.state, &iteration, call.at)?;
        let is_invoked = self.world.is_invoked(call.state);
        let given = if is_invoked {
            call.input.get("Payload").cloned().unwrap_or_default()
        } else {
            call.input.clone()
        };
        let given = Some(given).filter(|_| !takes_nothing(spot));
        let thread = Thread { scope: spot.scope, iteration };
        self.course.call(&thread, call.at, call.state, given);
        let reply = match answer {
            Answer::Result(result) => match self.world.envelope(call.state) {
                Some(field) => Reply::success(json!({ "Other": true, field: result })),
                None => Reply::success(result),
            },
            Answer::Failure { error, cause } => Reply::failure(error, cause),
            Answer::Silence => return Some(Reply::silence()),
        };
        Some(reply.taking(takes))
    }

    fn stands_in(&self, state: &str, _resource: &str) -> bool {
        self.spots.contains_key(state)
    }
}

/// Whether a task is given whatever its state has, which is another thing in each language. Source: `TaskInput::Nothing`.
fn takes_nothing(spot: &Spot<'_>) -> bool {
    let task = spot.state.and_then(|state| match &state.kind {
        StateKind::Task(task) => Some(task),
        _ => None,
    });
    task.is_some_and(|task| matches!(task.input, TaskInput::Nothing))
}
