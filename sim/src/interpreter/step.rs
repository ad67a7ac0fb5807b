//! The small change of the interpreter: what a state comes to, and what it leads to.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::data::Variables;
use crate::fault::Fault;
use crate::history::{EventId, Payload, Problem};
use crate::interpreter::arena::Id;
use crate::interpreter::frame::{FrameId, Item};
use crate::interpreter::run::Run;
use crate::program::{ScopeId, StateId};
use crate::simulation::Status;

/// What the clock can call for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Alarm {
    /// A frame goes on, if it is still in that generation.
    Frame(FrameId, u64),
    /// A child execution took too long.
    Expiry(Id<Run>),
    /// The execution took too long.
    Deadline,
    /// Somebody stops the execution.
    Stop,
}

/// What a state came to.
pub(crate) enum Step {
    /// It is left.
    Exit(Exit),
    /// It waits: for an alarm, or for its children.
    Suspend,
}

/// How a state is left.
#[derive(Debug)]
pub(crate) struct Exit {
    /// The output.
    pub(crate) output: Payload,
    /// The variables it assigns.
    pub(crate) assigned: Option<Arc<Map<String, Value>>>,
    /// The state that follows; `None` ends the scope.
    pub(crate) to: Option<StateId>,
}

/// A frame that came to its end.
pub(crate) struct Ended {
    pub(crate) frame: FrameId,
    /// The output of the scope, or what it failed with.
    pub(crate) outcome: Result<Payload, Fault>,
    /// Its last event.
    pub(crate) last: EventId,
}

/// How the execution ended.
#[derive(Debug)]
pub(crate) struct End {
    pub(crate) status: Status,
    pub(crate) output: Option<Payload>,
    pub(crate) problem: Problem,
}

/// How a scope begins.
pub(crate) struct Start {
    /// The frame whose state it belongs to, and its number among its siblings.
    pub(crate) seat: Option<(FrameId, usize)>,
    /// The execution it is part of.
    pub(crate) run: Id<Run>,
    /// The scope.
    pub(crate) scope: ScopeId,
    /// Its input.
    pub(crate) input: Payload,
    /// The variables that are visible in it.
    pub(crate) variables: Arc<Variables>,
    /// The item it works on.
    pub(crate) item: Option<Arc<Item>>,
    /// The event that its first state follows from.
    pub(crate) previous: EventId,
}
