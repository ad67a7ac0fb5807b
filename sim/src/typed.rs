//! Workflows that were written in Rust, with stand-ins that take and give the tasks' own Rust types.

use std::any::TypeId;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use stepwright::{Data, ErrorName, Integration, TaskFn, Workflow};
use stepwright_codegen::asl::StateMachine;
use stepwright_codegen::compile;
use stepwright_codegen::diagnostic::Diagnostics;

use crate::error::Error;
use crate::simulation::{Execution, Simulation};
use crate::tasks::{Call, Outcome, Reply, Tasks};

/// An execution of a workflow that was written in Rust.
///
/// ```
/// use stepwright::prelude::*;
/// use stepwright_sim::{TaskError, WorkflowSimulation};
///
/// errors! { Declined; }
///
/// #[task(lambda = "${Charge}", errors = [Declined])]
/// fn charge(amount: f64) -> String;
///
/// #[workflow]
/// fn pay(s: &mut Scope, amount: Ref<f64>) -> Ref<String> {
///     s.task(charge(amount).catch(Declined, |_, _| expr!("no money")))
/// }
///
/// let pay = WorkflowSimulation::of(&pay())?.on::<charge, _>(|args| {
///     if args.amount < 100.0 { Ok("paid".to_owned()) } else { Err(TaskError::new(Declined, "too much")) }
/// });
/// assert_eq!(pay.clone().run(12.5)?.output()?, "paid");
/// assert_eq!(pay.run(250.0)?.output()?, "no money");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct WorkflowSimulation<I, O> {
    machine: StateMachine,
    stand_ins: Vec<StandIn>,
    ty: PhantomData<fn(I) -> O>,
}

impl<I, O> fmt::Debug for WorkflowSimulation<I, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WorkflowSimulation").field("stand_ins", &self.stand_ins.len()).finish_non_exhaustive()
    }
}

type Handler = std::rc::Rc<std::cell::RefCell<dyn FnMut(&Value) -> Reply>>;

#[derive(Clone)]
struct StandIn {
    task: Which,
    answer: Handler,
}

/// Which task a stand-in is for.
#[derive(Clone)]
enum Which {
    /// What a `#[task]` function says.
    Of(Integration),
    /// The state, or the `Resource`, of this name.
    Named(String),
}

impl<I: Data, O: Data> WorkflowSimulation<I, O> {
    /// Compiles the workflow.
    ///
    /// # Errors
    ///
    /// What is wrong with the workflow.
    pub fn of(workflow: &Workflow<I, O>) -> Result<Self, Diagnostics> {
        let machine = compile(workflow)?.machine;
        Ok(Self { machine, stand_ins: Vec::new(), ty: PhantomData })
    }

    /// Lets a function stand in for a task, wherever the workflow runs it: `.on::<charge_card, _>(|args| Ok(…))`.
    ///
    /// Arguments that the function's type cannot be read from are answered with `Runtime.UnmarshalError`.
    #[must_use]
    pub fn on<F: TaskFn, R: IntoReply<F::Output>>(
        mut self,
        mut stand_in: impl FnMut(F::Args) -> R + 'static,
    ) -> Self {
        let answer = move |input: &Value| match arguments::<F::Args>(input) {
            Ok(args) => stand_in(args).into_reply(),
            Err(error) => Reply::failure("Runtime.UnmarshalError", format!("{error}; the input was {input}")),
        };
        let answer = std::rc::Rc::new(std::cell::RefCell::new(answer));
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
        let answer = std::rc::Rc::new(std::cell::RefCell::new(stand_in));
        self.stand_ins.push(StandIn { task: Which::Named(state_or_resource.into()), answer });
        self
    }

    /// Runs the workflow with an input.
    ///
    /// # Errors
    ///
    /// The input cannot be written as JSON, or a task is reached that nothing stands in for.
    pub fn run(self, input: I) -> Result<WorkflowExecution<O>, Box<dyn std::error::Error>> {
        Ok(self.run_json(serde_json::to_value(input)?)?)
    }

    /// The same, with an input that need not be what the workflow expects.
    ///
    /// # Errors
    ///
    /// A task is reached that nothing stands in for.
    pub fn run_json(self, input: Value) -> Result<WorkflowExecution<O>, Error> {
        let mut tasks = StandIns { stand_ins: self.stand_ins, calls: Vec::new() };
        let execution = Simulation::new(&self.machine).input(input).run_with(&mut tasks)?;
        Ok(WorkflowExecution { execution, calls: tasks.calls, ty: PhantomData })
    }
}

/// What became of the execution of a workflow.
#[derive(Debug)]
pub struct WorkflowExecution<O> {
    execution: Execution,
    calls: Vec<Received>,
    ty: PhantomData<fn() -> O>,
}

impl<O> Deref for WorkflowExecution<O> {
    type Target = Execution;

    fn deref(&self) -> &Execution {
        &self.execution
    }
}

impl<O: DeserializeOwned> WorkflowExecution<O> {
    /// The output, as the workflow's type.
    ///
    /// # Errors
    ///
    /// The execution did not succeed, or its output is not what the type says.
    pub fn output(&self) -> Result<O, OutputError> {
        let execution = &self.execution;
        let Some(output) = &execution.output else {
            let error = execution.error.as_deref().unwrap_or("no error");
            let cause = execution.cause.as_deref().unwrap_or("no cause");
            return Err(OutputError(format!(
                "the execution {}: {error}: {cause}",
                execution.status.as_str()
            )));
        };
        serde_json::from_value(output.clone()).map_err(|error| {
            OutputError(format!("the output {output} is not what the workflow gives: {error}"))
        })
    }

    /// What the stand-ins were asked, in order.
    pub fn calls(&self) -> &[Received] {
        &self.calls
    }
}

/// Why there is no output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputError(String);

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for OutputError {}

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

/// The arguments of a task; one that takes nothing in particular is given whatever the state is given.
fn arguments<A: DeserializeOwned + 'static>(input: &Value) -> Result<A, serde_json::Error> {
    let nothing = TypeId::of::<A>() == TypeId::of::<()>();
    serde_json::from_value(if nothing { Value::Null } else { input.clone() })
}

struct StandIns {
    stand_ins: Vec<StandIn>,
    calls: Vec<Received>,
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
        if let (Which::Of(Integration::LambdaInvoke(_)), Outcome::Success(result)) =
            (&stand_in.task, &mut reply.outcome)
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
            Which::Of(Integration::LambdaInvoke(_)) => resource == LAMBDA_INVOKE,
            Which::Named(name) => name == state || name == resource,
        })
    }
}

const LAMBDA_INVOKE: &str = "arn:aws:states:::lambda:invoke";

impl Which {
    /// What the stand-in is given, if the call is one for it.
    fn payload<'v>(&self, call: &Call<'v>) -> Option<&'v Value> {
        match self {
            Self::Of(Integration::Lambda(arn) | Integration::Activity(arn) | Integration::Service(arn)) => {
                (*arn == call.resource).then_some(call.input)
            }
            Self::Of(Integration::LambdaInvoke(function)) => {
                let named = call.input.get("FunctionName").is_some_and(|name| name == function);
                let called = named && call.resource == LAMBDA_INVOKE;
                called.then(|| call.input.get("Payload").unwrap_or(&Value::Null))
            }
            Self::Named(name) => (name == call.state || name == call.resource).then_some(call.input),
        }
    }
}
