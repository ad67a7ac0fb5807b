//! What runs: one frame for each scope that is being executed.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use crate::data::Variables;
use crate::history::{EventId, Payload, TaskKind, Text};
use crate::interpreter::arena::Id;
use crate::interpreter::run::Run;
use crate::limits;
use crate::program::{ScopeId, StateId};
use crate::settings::Type;
use crate::state::map::writer::Record;
use crate::tasks::{IterationOf, Reply, TaskId};

/// A frame by its place.
pub(crate) type FrameId = Id<Frame>;

/// A scope that is being executed: the machine, a branch, an iteration, or a child execution.
#[derive(Debug)]
pub(crate) struct Frame {
    /// The frame whose state it belongs to, and its number among its siblings; `None` for the machine itself.
    pub(crate) seat: Option<(FrameId, usize)>,
    /// The execution it is part of.
    pub(crate) run: Id<Run>,
    /// The current state.
    pub(crate) state: StateId,
    /// The raw input of the current state.
    pub(crate) input: Payload,
    /// The variables visible here, those of outer scopes included.
    pub(crate) variables: Arc<Variables>,
    /// The item of the innermost Map around it.
    pub(crate) item: Option<Arc<Item>>,
    /// The event before the one that says the current state was entered.
    pub(crate) before: EventId,
    /// The event that the current state was entered with.
    pub(crate) entered: EventId,
    /// The event that the next one follows from.
    pub(crate) last: EventId,
    /// When the current state was entered.
    pub(crate) entered_at: Duration,
    /// How many states have been entered since time last passed.
    pub(crate) at_once: u64,
    /// Retries that each Retrier of the current state has made.
    pub(crate) retries: Vec<u32>,
    /// What the current state is doing.
    pub(crate) phase: Phase,
    /// Changes whenever the frame goes on, so that an alarm set before is known to be stale.
    pub(crate) generation: u64,
}

/// What the current state of a frame is doing.
#[derive(Debug)]
pub(crate) enum Phase {
    /// About to be entered.
    Ready,
    /// At work, with nothing to wait for.
    Busy,
    /// A Wait state that waits.
    Waiting,
    /// Waits for its next attempt.
    Backoff,
    /// A task under way.
    Task(Box<Attempt>),
    /// Branches or iterations under way.
    Children(Box<Children>),
}

/// An attempt at a task.
#[derive(Debug)]
pub(crate) struct Attempt {
    /// Its number.
    pub(crate) task: TaskId,
    /// How it is done.
    pub(crate) kind: Arc<TaskKind>,
    /// What becomes of it.
    pub(crate) reply: Reply,
    /// What happens next.
    pub(crate) stage: Stage,
    /// `TimeoutSeconds`.
    pub(crate) timeout: Option<u64>,
    /// `HeartbeatSeconds`, where heartbeats count.
    pub(crate) heartbeat: Option<u64>,
    /// Whether the service answers before the work is done.
    pub(crate) is_submitted: bool,
    /// When it started, once it has.
    pub(crate) started_at: Duration,
    /// The execution that the task waits for.
    pub(crate) nested: Option<Id<Run>>,
}

/// What happens to a task next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// It starts.
    Start,
    /// It ends as the reply says.
    End,
    /// It takes too long.
    TimeOut,
    /// It misses a heartbeat.
    MissHeartbeat,
}

/// The item that an iteration works on.
#[derive(Debug)]
pub(crate) struct Item {
    /// Its number.
    pub(crate) index: usize,
    /// Its key, where the items come from an object.
    pub(crate) key: Option<String>,
    /// Where the items of a Distributed Map come from.
    pub(crate) source: Option<Text>,
    /// The item, before `ItemSelector`.
    pub(crate) value: Payload,
    /// The Map states around it, outermost first, this one last.
    pub(crate) path: Vec<IterationOf>,
}

/// Branches or iterations under way.
#[derive(Debug)]
pub(crate) struct Children {
    /// What they are.
    pub(crate) kind: ChildKind,
    /// Their outputs so far, in order.
    pub(crate) results: Vec<Option<Payload>>,
    /// Those that are running.
    pub(crate) running: BTreeMap<usize, FrameId>,
    /// The items of a Map; empty for branches.
    pub(crate) items: Arc<Vec<Payload>>,
    /// The keys of the items, where they come from an object.
    pub(crate) keys: Vec<String>,
    /// Where the items of a Distributed Map come from.
    pub(crate) source: Option<Text>,
    /// The next one to start.
    pub(crate) next: usize,
    /// How many may run at the same time.
    pub(crate) limit: usize,
    /// The scope of each branch, or the one of all iterations.
    pub(crate) scopes: Vec<ScopeId>,
    /// How many have failed and been tolerated.
    pub(crate) failed: usize,
    /// How child executions ended, where that is written down.
    pub(crate) records: Vec<Record>,
}

/// What children are.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ChildKind {
    /// Branches of a Parallel state.
    Branches,
    /// Iterations of an inline Map.
    Iterations,
    /// Child executions of a Distributed Map.
    Executions(MapRun),
}

/// A Distributed Map at work.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MapRun {
    /// The event that says it started.
    pub(crate) started: EventId,
    /// The ARN of the Map Run.
    pub(crate) arn: Text,
    /// What kind of executions its children are.
    pub(crate) execution_type: Type,
    /// `ToleratedFailureCount`.
    pub(crate) tolerated_count: Option<u64>,
    /// `ToleratedFailurePercentage`.
    pub(crate) tolerated_percentage: Option<f64>,
    /// Whether its items are batches, to which `ItemSelector` has been applied.
    pub(crate) is_batched: bool,
}

impl MapRun {
    /// Whether anything is said of how many failures are tolerated.
    pub(crate) fn has_threshold(&self) -> bool {
        self.tolerated_count.is_some() || self.tolerated_percentage.is_some()
    }

    /// Whether so many failures among so many items are within what is tolerated. Without either threshold, none is.
    pub(crate) fn tolerates(&self, failed: usize, total: usize) -> bool {
        #[expect(clippy::cast_precision_loss, reason = "a percentage of at most 100,000,000 items")]
        let percentage = failed as f64 * 100.0 / total.max(1) as f64;
        let is_within_count = self.tolerated_count.map(|limit| failed as u64 <= limit);
        let is_within_percentage = self.tolerated_percentage.map(|limit| percentage <= limit);
        match (is_within_count, is_within_percentage) {
            (None, None) => failed == 0,
            (count, percentage) => count.unwrap_or(true) && percentage.unwrap_or(true),
        }
    }
}

impl Attempt {
    /// How long after its start it is given up.
    pub(crate) fn timeout(&self) -> Duration {
        let timeout = self.timeout.map_or(limits::DEFAULT_TIMEOUT, Duration::from_secs);
        if self.kind.is_http() { timeout.min(limits::HTTP_DURATION) } else { timeout }
    }

    /// Whether it is given up before the timeout that its state sets.
    pub(crate) fn is_cut_short(&self) -> bool {
        self.kind.is_http()
            && self.timeout.is_none_or(|timeout| Duration::from_secs(timeout) > limits::HTTP_DURATION)
    }
}

impl Frame {
    /// Retries of the current state so far, by any Retrier.
    pub(crate) fn retry_count(&self) -> u32 {
        self.retries.iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_tolerates(
        count: Option<u64>,
        percentage: Option<f64>,
        failed: usize,
        total: usize,
        expected: bool,
    ) {
        let run = MapRun {
            started: 0,
            arn: Arc::from(""),
            execution_type: Type::Standard,
            tolerated_count: count,
            tolerated_percentage: percentage,
            is_batched: false,
        };
        assert_eq!(run.tolerates(failed, total), expected);
    }

    #[test]
    fn the_stricter_threshold_counts() {
        check_tolerates(None, None, 0, 4, true);
        check_tolerates(None, None, 1, 4, false);
        check_tolerates(Some(1), None, 1, 4, true);
        check_tolerates(Some(1), None, 2, 4, false);
        check_tolerates(None, Some(50.0), 2, 4, true);
        check_tolerates(Some(1), Some(50.0), 2, 4, false);
    }
}
