//! Where the world outside of an execution meets its open tasks.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::Value;

use crate::history::{History, Text};
use crate::interpreter::frame::FrameId;
use crate::tasks::{Outcome, TaskId};

/// The desk that the open tasks of an execution lie on: workers take them, and somebody reports how they end.
///
/// The methods are the API's calls `GetActivityTask`, `SendTaskHeartbeat`, `SendTaskSuccess` and `SendTaskFailure`. As there, a
/// task can be over by the time somebody reports on it: it has timed out, or the execution has gone on without it. Such a
/// report changes nothing; the methods return whether the task was still there.
#[derive(Debug)]
pub struct Desk<'a> {
    now: Duration,
    history: &'a History,
    open: &'a BTreeMap<TaskId, FrameId>,
    acts: Vec<(TaskId, Act)>,
    ended: BTreeSet<TaskId>,
}

/// What was done to an open task.
#[derive(Debug)]
pub(crate) enum Act {
    /// A worker takes it.
    Take(Option<Text>),
    /// Its worker is still there.
    Heartbeat,
    /// It ends.
    End(Outcome),
}

impl<'a> Desk<'a> {
    /// A desk with these tasks.
    pub(crate) fn new(now: Duration, history: &'a History, open: &'a BTreeMap<TaskId, FrameId>) -> Self {
        Self { now, history, open, acts: Vec::new(), ended: BTreeSet::new() }
    }

    /// What was done, in order.
    pub(crate) fn into_acts(self) -> Vec<(TaskId, Act)> {
        self.acts
    }

    /// Time since the start of the execution.
    pub fn now(&self) -> Duration {
        self.now
    }

    /// The history of the execution so far; empty where none is kept.
    pub fn history(&self) -> &History {
        self.history
    }

    /// Whether a task is still open.
    pub fn is_open(&self, task: TaskId) -> bool {
        self.open.contains_key(&task) && !self.ended.contains(&task)
    }

    /// A worker takes the task of an activity. Its timeout and its heartbeats count from now on.
    pub fn take(&mut self, task: TaskId, worker: Option<&str>) -> bool {
        self.act(task, Act::Take(worker.map(Text::from)))
    }

    /// The worker of a task is still there.
    pub fn heartbeat(&mut self, task: TaskId) -> bool {
        self.act(task, Act::Heartbeat)
    }

    /// A task succeeds. Where nobody has taken it, somebody has now.
    pub fn succeed(&mut self, task: TaskId, result: Value) -> bool {
        self.end(task, Outcome::Success(result))
    }

    /// A task fails; either part of the error may be absent.
    pub fn fail(&mut self, task: TaskId, error: Option<String>, cause: Option<String>) -> bool {
        self.end(task, Outcome::Failure { error, cause })
    }

    fn end(&mut self, task: TaskId, outcome: Outcome) -> bool {
        let was_open = self.act(task, Act::End(outcome));
        self.ended.insert(task);
        was_open
    }

    fn act(&mut self, task: TaskId, act: Act) -> bool {
        let is_open = self.is_open(task);
        if is_open {
            self.acts.push((task, act));
        }
        is_open
    }
}
