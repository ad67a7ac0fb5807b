//! The way in: a machine, its input and its stand-ins; and what comes out.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use stepwright_codegen::asl::StateMachine;

use crate::error::Error;
use crate::history::{History, Text};
use crate::interpreter::Interpreter;
use crate::s3::Objects;
use crate::settings::{Identity, Settings, Stop, Type};
use crate::tasks::{Reply, Scripts, Tasks};
use crate::workers::{Staffed, Worker};

/// An execution to be simulated.
///
/// ```
/// use serde_json::json;
/// use stepwright_codegen::asl;
/// use stepwright_sim::{Reply, Simulation, Status};
///
/// let definition = r#"{
///     "StartAt": "Charge",
///     "States": {
///         "Charge": {
///             "Type": "Task",
///             "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:charge",
///             "Retry": [{ "ErrorEquals": ["Busy"], "IntervalSeconds": 5 }],
///             "End": true
///         }
///     }
/// }"#;
/// let machine = asl::read(definition).expect("the definition is well-formed").into_machine();
/// let execution = Simulation::new(&machine)
///     .input(json!({ "amount": 12 }))
///     .on("Charge", [Reply::failure("Busy", "try later"), Reply::success(json!({ "id": "c-1" }))])
///     .run()?;
/// assert_eq!(execution.status, Status::Succeeded);
/// assert_eq!(execution.output, Some(json!({ "id": "c-1" })));
/// assert_eq!(execution.elapsed.as_secs(), 5);
/// # Ok::<(), stepwright_sim::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Simulation<'m> {
    machine: &'m StateMachine,
    linked: Vec<(String, &'m StateMachine)>,
    input: Value,
    scripts: Scripts,
    workers: Vec<Worker>,
    settings: Settings,
}

impl<'m> Simulation<'m> {
    /// An execution of the machine with the input `{}`.
    #[must_use = "nothing runs until `.run()` is called"]
    pub fn new(machine: &'m StateMachine) -> Self {
        let input = Value::Object(serde_json::Map::new());
        Self {
            machine,
            linked: Vec::new(),
            input,
            scripts: Scripts::default(),
            workers: Vec::new(),
            settings: Settings::default(),
        }
    }

    /// The input.
    #[must_use]
    pub fn input(self, input: Value) -> Self {
        Self { input, ..self }
    }

    /// Links another machine: a task that starts an execution of `arn` (`states:startExecution`, `.sync`, `.sync:2`, or the SDK's
    /// `startSyncExecution`) runs this machine, in the same simulation. Its tasks need stand-ins as well.
    ///
    /// `arn` is what the tasks give as `StateMachineArn`: an ARN, or a placeholder such as `${ChildArn}`. A machine may be linked
    /// to itself.
    #[must_use]
    pub fn link(mut self, arn: impl Into<String>, machine: &'m StateMachine) -> Self {
        self.linked.push((arn.into(), machine));
        self
    }

    /// What the tasks of a state get, one after another; the last reply is given again and again.
    #[must_use]
    pub fn on(mut self, state: impl Into<String>, replies: impl IntoIterator<Item = Reply>) -> Self {
        self.scripts.insert(state, replies);
        self
    }

    /// A worker of an activity. Tasks of an activity that has workers wait for one of them; nothing else answers them.
    #[must_use]
    pub fn worker(mut self, worker: Worker) -> Self {
        self.workers.push(worker);
        self
    }

    /// Whether it is a Standard or an Express execution; Standard if nothing is said.
    #[must_use]
    pub fn of_type(mut self, execution_type: Type) -> Self {
        self.settings.execution_type = execution_type;
        self
    }

    /// The names and ARNs that the Context Object shows.
    #[must_use]
    pub fn identity(mut self, identity: Identity) -> Self {
        self.settings.identity = identity;
        self
    }

    /// When the execution starts: milliseconds since 1970. If nothing is said, at the start of 2025.
    #[must_use]
    pub fn started(mut self, millis: i64) -> Self {
        self.settings.started = millis;
        self
    }

    /// What random numbers depend on: jitter, UUIDs, `$random()`.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.settings.seed = seed;
        self
    }

    /// An object in Amazon S3, for Maps that read their items from there.
    #[must_use]
    pub fn object(
        mut self,
        bucket: impl Into<String>,
        key: impl Into<String>,
        body: impl Into<String>,
    ) -> Self {
        self.settings.objects.put(bucket, key, body);
        self
    }

    /// Keeps no history, which saves memory in long simulations.
    #[must_use]
    pub fn without_history(mut self) -> Self {
        self.settings.keeps_history = false;
        self
    }

    /// Stops the execution from outside after a while, as `StopExecution` does.
    #[must_use]
    pub fn stop_after(mut self, after: Duration, error: Option<&str>, cause: Option<&str>) -> Self {
        self.settings.stop = Some(Stop { after, error: error.map(Text::from), cause: cause.map(Text::from) });
        self
    }

    /// Runs to the end, with the replies given by [`on`](Self::on).
    ///
    /// Expressions in JSONata are given ten seconds each, but as much memory as they take: one that is made for it, whose texts or
    /// lists double again and again, takes gigabytes. Limit the memory of the process where definitions are not to be trusted; to
    /// [check](stepwright_codegen::check) them evaluates nothing.
    ///
    /// # Errors
    ///
    /// The machine is broken, or a task is reached that nothing stands in for.
    pub fn run(mut self) -> Result<Execution, Error> {
        let mut scripts = std::mem::take(&mut self.scripts);
        self.run_with(&mut scripts)
    }

    /// Runs to the end, with all tasks answered by `tasks`.
    ///
    /// # Errors
    ///
    /// As for [`run`](Self::run).
    pub fn run_with(self, tasks: &mut dyn Tasks) -> Result<Execution, Error> {
        let input = Arc::new(self.input);
        let mut staffed;
        let tasks: &mut dyn Tasks = if self.workers.is_empty() {
            tasks
        } else {
            staffed = Staffed::new(tasks, self.workers);
            &mut staffed
        };
        let outcome = Interpreter::new(self.machine, &self.linked, self.settings, input, tasks)?.run()?;
        let (end, figures) = (outcome.end, outcome.figures);
        Ok(Execution {
            status: end.status,
            output: end.output.map(Arc::unwrap_or_clone),
            error: end.problem.error.as_deref().map(str::to_owned),
            cause: end.problem.cause.as_deref().map(str::to_owned),
            history: outcome.history,
            elapsed: figures.elapsed,
            transitions: figures.transitions,
            retries: figures.retries,
            peak_concurrency: figures.peak,
            objects: outcome.objects,
            nested: outcome.nested,
        })
    }
}

/// What became of an execution.
#[derive(Debug, Clone, PartialEq)]
pub struct Execution {
    /// How it ended.
    pub status: Status,
    /// The output, where it succeeded.
    pub output: Option<Value>,
    /// The Error Name, where it did not.
    pub error: Option<String>,
    /// The cause, where it did not succeed and there is one.
    pub cause: Option<String>,
    /// All events, where they were kept.
    pub history: History,
    /// How long it took in virtual time.
    pub elapsed: Duration,
    /// How many states were entered, those of child executions included.
    pub transitions: u64,
    /// The retries, in order.
    pub retries: Vec<Retry>,
    /// The most tasks that were under way at the same time.
    pub peak_concurrency: usize,
    /// Amazon S3 as the execution left it.
    pub objects: Objects,
    /// The executions of [linked](Simulation::link) machines, in the order in which they ended. One that nobody waits for may still be
    /// running when the execution ends; it is not among them.
    pub nested: Vec<NestedExecution>,
}

/// An execution of a linked machine, which a task has started.
#[derive(Debug, Clone, PartialEq)]
pub struct NestedExecution {
    /// What the task called the machine: its ARN, or the placeholder for it.
    pub state_machine: String,
    /// The name of the execution.
    pub name: String,
    /// Its input.
    pub input: Value,
    /// How it ended: aborted, where the task that waited for it was given up.
    pub status: Status,
    /// The output, where it succeeded.
    pub output: Option<Value>,
    /// The Error Name, where it did not and there is one.
    pub error: Option<String>,
    /// The cause, where it did not succeed and there is one.
    pub cause: Option<String>,
    /// All events, where they were kept. The times count from the start of the simulation.
    pub history: History,
}

/// How an execution ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// `SUCCEEDED`.
    Succeeded,
    /// `FAILED`.
    Failed,
    /// `TIMED_OUT`.
    TimedOut,
    /// `ABORTED`.
    Aborted,
}

impl Status {
    /// As the API writes it, such as `SUCCEEDED`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::TimedOut => "TIMED_OUT",
            Self::Aborted => "ABORTED",
        }
    }
}

/// A retry that a Retrier asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retry {
    /// The name of the state.
    pub state: String,
    /// The Error Name it is for.
    pub error: Option<String>,
    /// When the error came: time since the start.
    pub at: Duration,
    /// How long the retry waits.
    pub delay: Duration,
}

/// What is counted on the way.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    pub(crate) elapsed: Duration,
    pub(crate) transitions: u64,
    pub(crate) retries: Vec<Retry>,
    pub(crate) peak: usize,
    running: usize,
}

impl Figures {
    /// A task was scheduled.
    pub(crate) fn task_began(&mut self) {
        self.running += 1;
        self.peak = self.peak.max(self.running);
    }

    /// A task ended or was aborted.
    pub(crate) fn task_ended(&mut self) {
        self.running = self.running.saturating_sub(1);
    }
}
