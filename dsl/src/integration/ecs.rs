//! Amazon ECS and Fargate.

use serde_json::Value;

use super::operation::{answers, operations};
use crate::expr::IntoExpr;

operations! {
    /// Runs a task. Usual parameters besides: `Cluster`, `LaunchType`, `NetworkConfiguration`, `Overrides`.
    ///
    /// With `.sync()`, a container that exits with another code than 0 fails the task with `States.TaskFailed`. Errors are named `ECS.…`.
    ///
    /// Source: Developer Guide, "Run Amazon ECS or Fargate tasks with Step Functions".
    fn run_task(task_definition: IntoExpr<String> = "TaskDefinition") -> RunTaskOutput
        = RunTask: "ecs:runTask" "EcsRunTask" { sync Value; token in "Overrides"; }
}

answers! {
    /// What ECS answers; that a task could not be placed is no error.
    RunTaskOutput {
        /// The tasks.
        tasks: Vec<Value>,
        /// Why tasks could not be placed.
        failures: Vec<Value>,
    }
}
