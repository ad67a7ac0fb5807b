//! Tasks: what runs, what it is given, and how long the state waits for it.

use std::time::Duration;

use super::{Expression, Problem};
use crate::error::ErrorName;
use crate::task::Integration;

/// A Task.
#[derive(Debug)]
pub struct Task {
    /// What runs.
    pub integration: Integration,
    /// How long the state waits for it.
    pub pattern: Pattern,
    /// The partition in the `Resource` of a service integration, if not `aws`.
    pub partition: Option<&'static str>,
    /// What it is given.
    pub input: TaskInput,
    /// The field of the raw result that holds the value.
    pub result_field: Option<&'static str>,
    /// `TimeoutSeconds`.
    pub timeout: Option<Seconds>,
    /// `HeartbeatSeconds`.
    pub heartbeat: Option<Seconds>,
    /// The role to assume: `Credentials.RoleArn`.
    pub role: Option<Expression>,
    /// The Error Names that the task is known to report.
    pub errors: &'static [ErrorName],
    /// Whether the state's Retriers were written for this task, and not for all tasks of a kind.
    pub own_retry: bool,
    /// What is wrong with its parameters.
    pub(crate) problems: Vec<Problem>,
}

/// How long a Task state waits for what it calls: the last part of the `Resource` of a service integration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// Until the service has answered.
    RequestResponse,
    /// Until the job is done: `.sync`.
    Sync,
    /// The same, with input and output of the nested execution as JSON: `.sync:2`.
    SyncJson,
    /// Until somebody answers the task token: `.waitForTaskToken`.
    TaskToken,
}

impl Pattern {
    /// What the `Resource` ends in.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::RequestResponse => "",
            Self::Sync => ".sync",
            Self::SyncJson => ".sync:2",
            Self::TaskToken => ".waitForTaskToken",
        }
    }
}

/// What a task is given.
#[derive(Debug, Clone)]
pub enum TaskInput {
    /// Nothing in particular: the state's input, as it is.
    Nothing,
    /// An object of named arguments.
    Arguments(Vec<(&'static str, Expression)>),
    /// One value.
    Whole(Expression),
}

/// A number of seconds.
#[derive(Debug, Clone)]
pub enum Seconds {
    /// Known now.
    Constant(Duration),
    /// Read from the data.
    Data(Expression),
}
