//! The Context Object: what Step Functions knows of the execution.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Data;
use crate::expr::{Expr, IntoExpr};
use crate::plan::{Place, Root};
use crate::refs::Ref;

/// The Context Object: `context().execution.id` is the ARN of the execution.
///
/// In JSONPath it is `$$`, in JSONata `$states.context`.
///
/// Spec: "The Context Object"; which members there are: Developer Guide, "Accessing execution data from the Context object".
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Context {
    /// The execution.
    pub execution: ExecutionContext,
    /// The state machine.
    pub state_machine: StateMachineContext,
    /// The state that reads it.
    pub state: StateContext,
}

/// What is known of the execution.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ExecutionContext {
    /// Its ARN.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its input.
    pub input: Value,
    /// The role that it has.
    pub role_arn: String,
    /// When it started, ISO 8601.
    pub start_time: String,
}

/// What is known of the state machine.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct StateMachineContext {
    /// Its ARN.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// What is known of the state that runs.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct StateContext {
    /// Its name.
    pub name: String,
    /// When it was entered, ISO 8601.
    pub entered_time: String,
    /// How often it was retried so far.
    pub retry_count: u32,
}

/// The [`Context`] object, as it is when a state reads it.
pub fn context() -> Ref<Context> {
    Ref::to(Place::new(Root::Context))
}

/// The token of the task that reads it: only a task that waits for one has it.
pub fn task_token() -> Expr<String> {
    let task: Ref<Value> = Ref::<Value>::to(Place::new(Root::Context)).field("Task");
    task.field::<String>("Token").into_expr()
}
