//! Rust functions that stand in for tasks: they take and give the tasks' own types.

use std::any::TypeId;
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use stepwright::{Data, ErrorName, Integration, TaskFn};

use crate::tasks::{Call, Outcome, Reply, Tasks};

/// Rust functions that stand in for the tasks of any number of workflows.
///
/// [`WorkflowSimulation`](crate::WorkflowSimulation) has the same methods; by themselves, they are for stand-ins that are shared by tests, or
/// that `cargo xtask run` is given.
///
/// ```
/// use serde_json::json;
/// use stepwright::prelude::*;
/// use stepwright_codegen::compile;
/// use stepwright_sim::{Simulation, StandIns};
///
/// #[task(lambda = "${Double}")]
/// fn double(number: i64) -> i64;
///
/// #[workflow]
/// fn quadruple(s: &mut Scope, number: Ref<i64>) -> Ref<i64> {
///     let twice = s.task(double(number));
///     s.task(double(twice).named("DoubleAgain"))
/// }
///
/// let mut stand_ins = StandIns::new().on::<double, _>(|args| Ok(2 * args.number));
/// let machine = compile(&quadruple())?.machine;
/// let execution = Simulation::new(&machine).input(json!(10)).run_with(&mut stand_ins)?;
/// assert_eq!(execution.output, Some(json!(40)));
/// assert_eq!(stand_ins.calls().len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default)]
pub struct StandIns {
    stand_ins: Vec<StandIn>,
    calls: Vec<Received>,
}

impl fmt::Debug for StandIns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tasks: Vec<&Which> = self.stand_ins.iter().map(|stand_in| &stand_in.task).collect();
        f.debug_struct("StandIns").field("tasks", &tasks).field("calls", &self.calls).finish()
    }
}

type Handler = Rc<RefCell<dyn FnMut(&Value) -> Reply>>;

#[derive(Clone)]
struct StandIn {
    task: Which,
    answer: Handler,
}

/// Which task a stand-in is for.
#[derive(Debug, Clone)]
enum Which {
    /// What a `#[task]` function says.
    Of(Integration),
    /// The state, or the `Resource`, of this name.
    Named(String),
}

impl StandIns {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets a function stand in for a task, wherever a workflow runs it: `.on::<charge_card, _>(|args| Ok(…))`. Where
    /// several stand in for the same task, the last one does.
    ///
    /// Arguments that the function's type cannot be read from are answered with `Runtime.UnmarshalError`.
    #[must_use]
    pub fn on<F: TaskFn, R: IntoReply<F::Output>>(
        mut self,
        mut stand_in: impl FnMut(F::Args) -> R + 'static,
    ) -> Self {
        let answer = Rc::new(RefCell::new(move |input: &Value| answer::<F, R>(input, &mut stand_in)));
        self.stand_ins.push(StandIn { task: Which::Of(F::DEFINITION.integration), answer });
        self
    }

    /// Lets a function stand in for the tasks of a state, or of a `Resource`, that has no `#[task]` function: it takes and gives
    /// plain JSON.
    #[must_use]
    pub fn on_json(
        mut self,
        state_or_resource: impl Into<String>,
        stand_in: impl FnMut(&Value) -> Reply + 'static,
    ) -> Self {
        let answer = Rc::new(RefCell::new(stand_in));
        self.stand_ins.push(StandIn { task: Which::Named(state_or_resource.into()), answer });
        self
    }

    /// These and others; where both stand in for a task, the others do.
    #[must_use]
    pub fn with(mut self, others: Self) -> Self {
        self.stand_ins.extend(others.stand_ins);
        self
    }

    /// What they were asked, in order.
    pub fn calls(&self) -> &[Received] {
        &self.calls
    }

    pub(crate) fn into_calls(self) -> Vec<Received> {
        self.calls
    }
}

/// A call that a stand-in received.
#[derive(Debug, Clone, PartialEq)]
pub struct Received {
    /// The name of the state.
    pub state: String,
    /// What the task was given.
    pub input: Value,
    /// Retries of the state so far.
    pub retry_count: u32,
    /// Time since the start of the execution.
    pub at: Duration,
}

/// How a stand-in fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskError {
    error: String,
    cause: String,
}

impl TaskError {
    /// With this Error Name and cause.
    pub fn new(error: ErrorName, cause: impl Into<String>) -> Self {
        Self { error: error.as_str().to_owned(), cause: cause.into() }
    }
}

impl From<ErrorName> for TaskError {
    fn from(error: ErrorName) -> Self {
        Self::new(error, "")
    }
}

/// What a stand-in may return: a result of the task's type, at once or after a while.
pub trait IntoReply<T> {
    /// What the simulator is told.
    fn into_reply(self) -> Reply;
}

impl<T: Data> IntoReply<T> for Result<T, TaskError> {
    fn into_reply(self) -> Reply {
        match self.map(|output| serde_json::to_value(output)) {
            Ok(Ok(output)) => Reply::success(output),
            Ok(Err(error)) => Reply::failure("Runtime.MarshalError", error.to_string()),
            Err(TaskError { error, cause }) => Reply::failure(error, cause),
        }
    }
}

/// A result that takes its time: `(Ok(parcel), Duration::from_secs(600))`.
impl<T: Data> IntoReply<T> for (Result<T, TaskError>, Duration) {
    fn into_reply(self) -> Reply {
        self.0.into_reply().taking(self.1)
    }
}

/// What a function that stands in for a task says to an input.
pub(crate) fn answer<F: TaskFn, R: IntoReply<F::Output>>(
    input: &Value,
    mut stand_in: impl FnMut(F::Args) -> R,
) -> Reply {
    match arguments::<F::Args>(input) {
        Ok(args) => stand_in(args).into_reply(),
        Err(error) => Reply::failure("Runtime.UnmarshalError", format!("{error}; the input was {input}")),
    }
}

/// The arguments of a task; one that takes nothing in particular is given whatever the state is given.
fn arguments<A: DeserializeOwned + 'static>(input: &Value) -> Result<A, serde_json::Error> {
    let nothing = TypeId::of::<A>() == TypeId::of::<()>();
    serde_json::from_value(if nothing { Value::Null } else { input.clone() })
}

impl Tasks for StandIns {
    fn call(&mut self, call: &Call<'_>) -> Option<Reply> {
        let (stand_in, input) = self
            .stand_ins
            .iter()
            .rev()
            .find_map(|stand_in| stand_in.task.payload(call).map(|input| (stand_in, input)))?;
        self.calls.push(Received {
            state: call.state.to_owned(),
            input: input.clone(),
            retry_count: call.retry_count,
            at: call.at,
        });
        let mut reply = (stand_in.answer.borrow_mut())(input);
        // Of a task that waits for its token, the result is what the callback says.
        if let (Which::Of(Integration::LambdaInvoke(_)), Outcome::Success(result), None) =
            (&stand_in.task, &mut reply.outcome, call.token)
        {
            *result = json!({ "ExecutedVersion": "$LATEST", "Payload": result.take(), "StatusCode": 200 });
        }
        Some(reply)
    }

    fn stands_in(&self, state: &str, resource: &str) -> bool {
        self.stand_ins.iter().any(|stand_in| match &stand_in.task {
            Which::Of(Integration::Lambda(arn) | Integration::Activity(arn) | Integration::Service(arn)) => {
                *arn == resource
            }
            Which::Of(Integration::LambdaInvoke(_)) => invokes_lambda(resource),
            Which::Named(name) => name == state || name == resource,
        })
    }
}

/// Whether a `Resource` is `lambda:invoke`, in any partition, and whatever it waits for.
fn invokes_lambda(resource: &str) -> bool {
    resource.split_once(":states:::").is_some_and(|(arn, service)| {
        arn.starts_with("arn:") && service.trim_end_matches(".waitForTaskToken") == "lambda:invoke"
    })
}

impl Which {
    /// What the stand-in is given, if the call is one for it.
    fn payload<'v>(&self, call: &Call<'v>) -> Option<&'v Value> {
        match self {
            Self::Of(Integration::Lambda(arn) | Integration::Activity(arn) | Integration::Service(arn)) => {
                (*arn == call.resource).then_some(call.input)
            }
            Self::Of(Integration::LambdaInvoke(function)) => {
                let named = call.input.get("FunctionName").is_some_and(|name| name == function);
                let called = named && invokes_lambda(call.resource);
                called.then(|| call.input.get("Payload").unwrap_or(&Value::Null))
            }
            Self::Named(name) => (name == call.state || name == call.resource).then_some(call.input),
        }
    }
}
