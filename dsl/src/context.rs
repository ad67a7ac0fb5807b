//! The Context Object: what Step Functions knows of the execution.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Data;
use crate::expr::{Expr, IntoExpr};
use crate::plan::{Place, Root, Segment};
use crate::refs::Ref;

/// The Context Object: `context().execution.id` is the ARN of the execution.
///
/// In JSONPath it is `$$`, in JSONata `$states.context`.
///
/// It is that of the execution that runs the state which reads it. The states of a [distributed Map](crate::Map::distributed) are in
/// child executions, so there `context().execution` is the child's; what is said outside of `each`, such as the item
/// selector and the input of the batches, is evaluated by the Map itself, in the execution around it.
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

/// The part of the Context Object that only a Map has, while it makes the input of an iteration: see
/// [`Map::select_with`](crate::Map::select_with).
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct MapContext {
    /// The item.
    pub item: ItemContext,
}

/// What is known of the item that an iteration is made for.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ItemContext {
    /// Its index, counted from 0.
    pub index: u64,
    /// Where a distributed Map has it from: `STATE_DATA`, `S3://bucket`, `S3://bucket/key`.
    pub source: Option<String>,
    /// Its key, if it is the member of an object.
    pub key: Option<String>,
}

impl MapContext {
    /// The Map part of the Context Object, for an [`ItemSelector`](crate::Map::select_with).
    pub(crate) fn here() -> Ref<Self> {
        Ref::to(Place::new(Root::Context).child(Segment::Field("Map".into())))
    }
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
