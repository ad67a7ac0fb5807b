//! The history of an execution, as `GetExecutionHistory` gives it.
//!
//! Events are made to be cheap: payloads and names are shared with the interpreter, and JSON text is written only when
//! somebody asks for it. See [`History::to_json`].

mod json;
mod timeline;

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};
use stepwright_codegen::asl::StateType;

/// JSON that the interpreter and the history share.
pub type Payload = Arc<Value>;

/// A text that the interpreter and the history share.
pub type Text = Arc<str>;

/// The id of an event: 1, 2, 3 … in the order of logging; 0 stands for none.
pub type EventId = u64;

/// All events of an execution, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// The events; empty where the simulation keeps none.
    pub events: Vec<Event>,
    /// When the execution started: milliseconds since 1970.
    pub started: i64,
}

/// One event.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// `id`.
    pub id: EventId,
    /// `previousEventId`: what this one follows from, which is not always the event before.
    pub previous: EventId,
    /// Time since the start of the execution.
    pub at: Duration,
    /// `type`, and the details that belong to it.
    pub kind: EventKind,
}

/// An error as events report it; either part may be absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problem {
    /// `error`: the Error Name.
    pub error: Option<Text>,
    /// `cause`: a text for people.
    pub cause: Option<Text>,
}

/// How a task is done; decides what its events are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskKind {
    /// A Lambda function named by its ARN: `LambdaFunctionScheduled` …
    Lambda,
    /// An activity: `ActivityScheduled` …
    Activity,
    /// A service integration: `TaskScheduled` …
    Service {
        /// `resourceType`, such as `lambda`, `sqs` or `aws-sdk:dynamodb`.
        resource_type: Text,
        /// `resource`, such as `invoke` or `sendMessage.waitForTaskToken`.
        resource: Text,
    },
}

impl TaskKind {
    /// Whether it is an HTTP Task.
    pub(crate) fn is_http(&self) -> bool {
        matches!(self, Self::Service { resource_type, .. } if &**resource_type == "http")
    }
}

/// What was asked of a task.
#[derive(Debug, Clone, PartialEq)]
pub struct Scheduled {
    /// How it is done.
    pub task: Arc<TaskKind>,
    /// The ARN of a Lambda function or activity.
    pub resource: Text,
    /// `input`, or `parameters` of a service integration.
    pub input: Payload,
    /// `region` of a service integration.
    pub region: Text,
    /// `timeoutInSeconds`, where the state sets it.
    pub timeout: Option<u64>,
    /// `heartbeatInSeconds`, where the state sets it.
    pub heartbeat: Option<u64>,
    /// `taskCredentials`: the role, where the state names one.
    pub role_arn: Option<Text>,
}

/// The type of an event with its details.
#[derive(Debug, Clone, PartialEq)]
pub enum EventKind {
    /// `ExecutionStarted`.
    ExecutionStarted {
        /// `input`.
        input: Payload,
        /// `roleArn`.
        role_arn: Text,
    },
    /// `ExecutionSucceeded`, with `output`.
    ExecutionSucceeded(Payload),
    /// `ExecutionFailed`.
    ExecutionFailed(Problem),
    /// `ExecutionTimedOut`.
    ExecutionTimedOut(Problem),
    /// `ExecutionAborted`.
    ExecutionAborted(Problem),
    /// `PassStateEntered`, `TaskStateEntered` …
    StateEntered {
        /// The type of the state.
        state_type: StateType,
        /// `name`.
        name: Text,
        /// `input`.
        input: Payload,
    },
    /// `PassStateExited`, `TaskStateExited` …
    StateExited {
        /// The type of the state.
        state_type: StateType,
        /// `name`.
        name: Text,
        /// `output`.
        output: Payload,
        /// `assignedVariables`, where the state assigned any.
        assigned: Option<Arc<Map<String, Value>>>,
    },
    /// `TaskStateAborted`, `WaitStateAborted`, `ParallelStateAborted` or `MapStateAborted`.
    StateAborted(StateType),
    /// `TaskScheduled`, `LambdaFunctionScheduled` or `ActivityScheduled`.
    Scheduled(Box<Scheduled>),
    /// `TaskStarted`, `LambdaFunctionStarted` or `ActivityStarted`, the last with `workerName`.
    Started(Arc<TaskKind>, Option<Text>),
    /// `TaskSubmitted`, with `output`: the answer of the service before the work is done.
    Submitted(Arc<TaskKind>, Payload),
    /// `TaskSucceeded`, `LambdaFunctionSucceeded` or `ActivitySucceeded`, with `output`.
    Succeeded(Arc<TaskKind>, Payload),
    /// `TaskFailed`, `LambdaFunctionFailed` or `ActivityFailed`.
    Failed(Arc<TaskKind>, Problem),
    /// `TaskTimedOut`, `LambdaFunctionTimedOut` or `ActivityTimedOut`.
    TimedOut(Arc<TaskKind>, Problem),
    /// `EvaluationFailed`.
    EvaluationFailed {
        /// `error` and `cause`.
        problem: Problem,
        /// `location`: the field with the expression.
        location: Option<Text>,
        /// `state`: the name of the state.
        state: Text,
    },
    /// `ParallelStateStarted`.
    ParallelStarted,
    /// `ParallelStateSucceeded`.
    ParallelSucceeded,
    /// `ParallelStateFailed`.
    ParallelFailed,
    /// `MapStateStarted`, with `length`.
    MapStarted(usize),
    /// `MapStateSucceeded`.
    MapSucceeded,
    /// `MapStateFailed`.
    MapFailed,
    /// `MapIterationStarted`, `…Succeeded`, `…Failed` or `…Aborted`.
    Iteration {
        /// What happened to it.
        phase: IterationPhase,
        /// `name` of the Map state.
        name: Text,
        /// `index` of the item.
        index: usize,
    },
    /// `MapRunStarted`, with `mapRunArn`.
    MapRunStarted(Text),
    /// `MapRunSucceeded`.
    MapRunSucceeded,
    /// `MapRunFailed`.
    MapRunFailed(Problem),
}

/// What happened to an iteration of an inline Map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IterationPhase {
    /// It began.
    Started,
    /// Its last state was left.
    Succeeded,
    /// It failed, and with it the Map.
    Failed,
    /// It was ended since another one failed.
    Aborted,
}

impl EventKind {
    /// `type`, such as `PassStateEntered`.
    pub fn type_name(&self) -> String {
        let task = |kind: &TaskKind, suffix: &str| {
            let prefix = match kind {
                TaskKind::Lambda => "LambdaFunction",
                TaskKind::Activity => "Activity",
                TaskKind::Service { .. } => "Task",
            };
            format!("{prefix}{suffix}")
        };
        match self {
            Self::ExecutionStarted { .. } => "ExecutionStarted".to_owned(),
            Self::ExecutionSucceeded(_) => "ExecutionSucceeded".to_owned(),
            Self::ExecutionFailed(_) => "ExecutionFailed".to_owned(),
            Self::ExecutionTimedOut(_) => "ExecutionTimedOut".to_owned(),
            Self::ExecutionAborted(_) => "ExecutionAborted".to_owned(),
            Self::StateEntered { state_type, .. } => format!("{state_type}StateEntered"),
            Self::StateExited { state_type, .. } => format!("{state_type}StateExited"),
            Self::StateAborted(state_type) => format!("{state_type}StateAborted"),
            Self::Scheduled(scheduled) => task(&scheduled.task, "Scheduled"),
            Self::Started(kind, _) => task(kind, "Started"),
            Self::Submitted(kind, _) => task(kind, "Submitted"),
            Self::Succeeded(kind, _) => task(kind, "Succeeded"),
            Self::Failed(kind, _) => task(kind, "Failed"),
            Self::TimedOut(kind, _) => task(kind, "TimedOut"),
            Self::EvaluationFailed { .. } => "EvaluationFailed".to_owned(),
            Self::ParallelStarted => "ParallelStateStarted".to_owned(),
            Self::ParallelSucceeded => "ParallelStateSucceeded".to_owned(),
            Self::ParallelFailed => "ParallelStateFailed".to_owned(),
            Self::MapStarted(_) => "MapStateStarted".to_owned(),
            Self::MapSucceeded => "MapStateSucceeded".to_owned(),
            Self::MapFailed => "MapStateFailed".to_owned(),
            Self::Iteration { phase, .. } => format!("MapIteration{phase:?}"),
            Self::MapRunStarted(_) => "MapRunStarted".to_owned(),
            Self::MapRunSucceeded => "MapRunSucceeded".to_owned(),
            Self::MapRunFailed(_) => "MapRunFailed".to_owned(),
        }
    }
}
