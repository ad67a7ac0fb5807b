//! What answers the tasks of a simulated execution.

use std::collections::VecDeque;
use std::time::Duration;

use indexmap::IndexMap;
use serde_json::Value;

use crate::desk::Desk;
use crate::history::History;

/// Answers tasks. The simulator asks when a task is scheduled, and lets the answer happen in virtual time.
///
/// What is not known yet when a task is scheduled is answered with [`Reply::open`]: an activity that waits for a worker, an
/// approval that depends on something else. [`next_event`](Self::next_event) and [`happen`](Self::happen) then play the world
/// outside of the execution, on the same clock.
pub trait Tasks {
    /// What becomes of a call; `None` when nothing stands in for the task.
    fn call(&mut self, call: &Call<'_>) -> Option<Reply>;

    /// Whether something stands in for the tasks of a state, for the message about those where nothing does.
    fn stands_in(&self, state: &str, resource: &str) -> bool;

    /// When something happens outside of the execution next: time since its start. What should have happened already happens at
    /// once.
    fn next_event(&self) -> Option<Duration> {
        None
    }

    /// Lets happen what falls on this moment: called when the clock has come to [`next_event`](Self::next_event).
    fn happen(&mut self, desk: &mut Desk<'_>) {
        let _ = desk;
    }
}

/// An attempt at a task, by its number in the simulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub(crate) u64);

/// One attempt at a task.
#[derive(Debug, Clone, PartialEq)]
pub struct Call<'a> {
    /// Which attempt it is, for the [`Desk`] where it is left open.
    pub task: TaskId,
    /// The name of the state.
    pub state: &'a str,
    /// `Resource` of the state.
    pub resource: &'a str,
    /// The effective input: what `Parameters` or `Arguments` make of the state's input.
    pub input: &'a Value,
    /// Retries of the state so far: 0 for the first attempt.
    pub retry_count: u32,
    /// The items of the Map states around it, outermost first.
    pub iteration: &'a [IterationOf],
    /// The task token, where the state waits for one.
    pub token: Option<&'a str>,
    /// Time since the start of the execution.
    pub at: Duration,
    /// The history of the execution so far, which the service would tell a function that asks for it. Empty in the child
    /// executions of a Map, and where no history is kept.
    pub history: &'a History,
}

/// The item of a Map that a state works on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IterationOf {
    /// The name of the Map state.
    pub map: String,
    /// The index of the item, from 0.
    pub index: usize,
}

/// What becomes of a call.
///
/// ```
/// use std::time::Duration;
/// use stepwright_sim::Reply;
///
/// let slow = Reply::success(serde_json::json!({ "id": "c-1" })).taking(Duration::from_secs(20));
/// let refused = Reply::failure("CardDeclined", "the bank says no");
/// assert_ne!(slow, refused);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// How it ends.
    pub outcome: Outcome,
    /// How long after its start it ends; of a task that falls silent, when that is.
    pub takes: Duration,
    /// How long it stays scheduled before it starts: an activity that waits for a worker.
    pub starts_after: Duration,
    /// The interval of the heartbeats it sends, if any.
    pub heartbeats: Option<Duration>,
    /// The immediate answer of the service where the state waits for the work: `TaskSubmitted`.
    pub submitted: Value,
    /// The name that an activity's worker gives.
    pub worker: Option<String>,
    /// Whether it is the call itself that fails, so that nothing is submitted.
    pub fails_to_start: bool,
}

/// How a task ends.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// With this result.
    Success(Value),
    /// With an error; either part may be absent.
    Failure {
        /// The Error Name.
        error: Option<String>,
        /// A text for people.
        cause: Option<String>,
    },
    /// Not at all: only a timeout or a missed heartbeat ends it.
    Silence,
    /// As the world outside decides: see [`Desk`].
    Open,
    /// There is no such activity: it was deleted.
    NoSuchActivity,
}

impl Reply {
    fn new(outcome: Outcome) -> Self {
        Self {
            outcome,
            takes: Duration::ZERO,
            starts_after: Duration::ZERO,
            heartbeats: None,
            submitted: Value::Object(serde_json::Map::new()),
            worker: None,
            fails_to_start: false,
        }
    }

    /// The task succeeds at once.
    pub fn success(result: Value) -> Self {
        Self::new(Outcome::Success(result))
    }

    /// The task fails at once.
    pub fn failure(error: impl Into<String>, cause: impl Into<String>) -> Self {
        Self::new(Outcome::Failure { error: Some(error.into()), cause: Some(cause.into()) })
    }

    /// The task fails at once; either part of the error may be absent.
    pub fn failure_of(error: Option<String>, cause: Option<String>) -> Self {
        Self::new(Outcome::Failure { error, cause })
    }

    /// The task never answers.
    pub fn silence() -> Self {
        Self::new(Outcome::Silence)
    }

    /// Nothing is decided yet: [`Tasks::happen`] does it. An activity does not even start before a worker has
    /// [taken](Desk::take) the task.
    pub fn open() -> Self {
        Self::new(Outcome::Open)
    }

    /// The activity does not exist.
    pub fn no_such_activity() -> Self {
        Self::new(Outcome::NoSuchActivity)
    }

    /// Ends that long after its start; a silent task sends heartbeats until then.
    #[must_use]
    pub fn taking(self, takes: Duration) -> Self {
        Self { takes, ..self }
    }

    /// Starts that long after it was scheduled.
    #[must_use]
    pub fn starting_after(self, starts_after: Duration) -> Self {
        Self { starts_after, ..self }
    }

    /// Sends a heartbeat in this interval while it works.
    #[must_use]
    pub fn with_heartbeats(self, interval: Duration) -> Self {
        Self { heartbeats: Some(interval), ..self }
    }

    /// Fails in the call itself, so that nothing is submitted.
    #[must_use]
    pub fn before_submission(self) -> Self {
        Self { fails_to_start: true, ..self }
    }

    /// What the service answers before the work is done.
    #[must_use]
    pub fn submitted(self, answer: Value) -> Self {
        Self { submitted: answer, ..self }
    }

    /// The name of the worker that does it.
    #[must_use]
    pub fn by(self, worker: impl Into<String>) -> Self {
        Self { worker: Some(worker.into()), ..self }
    }
}

/// Replies by the name of the state, in order; the last one is given again and again.
#[derive(Debug, Clone, Default)]
pub struct Scripts {
    scripts: IndexMap<String, VecDeque<Reply>>,
}

impl Scripts {
    /// Lets a state have these replies, one for each call. An empty list stands in for nothing.
    pub fn insert(&mut self, state: impl Into<String>, replies: impl IntoIterator<Item = Reply>) {
        self.scripts.insert(state.into(), replies.into_iter().collect());
    }
}

impl Tasks for Scripts {
    fn call(&mut self, call: &Call<'_>) -> Option<Reply> {
        let script = self.scripts.get_mut(call.state)?;
        if script.len() > 1 { script.pop_front() } else { script.front().cloned() }
    }

    fn stands_in(&self, state: &str, _resource: &str) -> bool {
        self.scripts.get(state).is_some_and(|script| !script.is_empty())
    }
}
