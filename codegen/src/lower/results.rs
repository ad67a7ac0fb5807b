//! What tasks answer, as the Rust types of their results say.

use serde_json::Value;
use stepwright::Integration;
use stepwright::plan::{Pattern, Plan, State, StateKind};

/// What the task of a state answers.
#[derive(Debug)]
pub(crate) struct TaskResult {
    /// The name of the state.
    pub(crate) state: String,
    /// Which part of the answer the type is about.
    pub(crate) part: Answered,
    /// The schema of that part.
    pub(crate) schema: Value,
}

/// What of an answer the type of a task's result is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answered {
    /// All of it.
    Whole,
    /// A field of the envelope that the service puts around it.
    Field(&'static str),
    /// All of what a service answers, which its API says better, where that is known.
    Service,
}

/// What is certain of the answer of a state's task.
pub(super) fn of(plan: &Plan, state: &State) -> Option<TaskResult> {
    let StateKind::Task(task) = &state.kind else { return None };
    let ty = match &state.selector {
        Some(selector) => selector.raw,
        None => plan.values.get(&state.result?)?.ty,
    };
    let schema = (ty.schema)();
    // A task that has no result in Rust answers something all the same, which is not looked at.
    if schema.get("type").is_some_and(|ty| ty == "null") {
        return None;
    }
    let part = match (task.result_field, task.integration, task.pattern) {
        (Some(field), ..) => Answered::Field(field),
        (None, Integration::Service(_), Pattern::RequestResponse | Pattern::Sync | Pattern::SyncJson) => {
            Answered::Service
        }
        _ => Answered::Whole,
    };
    Some(TaskResult { state: state.name.to_string(), part, schema })
}
