//! Amazon SNS.

use std::panic::Location;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::expr::{IntoExpr, tree};
use crate::plan::{self, TaskInput};
use crate::task::{Integration, Task};
use crate::{Data, StateName};

/// What SNS answers to a publication.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct PublishOutput {
    /// The message's identifier.
    pub message_id: String,
}

/// Publishes a message to a topic, given by its ARN: `arn:aws:states:::sns:publish`. The state is named `SnsPublish` by default.
///
/// Errors are named `SNS.…`, such as `SNS.NotFoundException`.
///
/// Source: Developer Guide, "Call Amazon SNS with Step Functions".
#[track_caller]
pub fn publish(
    topic_arn: impl IntoExpr<String>,
    message: impl IntoExpr<String>,
) -> Task<'static, PublishOutput> {
    let input = TaskInput::Arguments(vec![("TopicArn", tree(topic_arn)), ("Message", tree(message))]);
    let task = plan::Task::new(Integration::Service("arn:aws:states:::sns:publish"), input);
    Task::new(task, StateName::new("SnsPublish"), Location::caller())
}
