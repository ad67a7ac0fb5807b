//! Amazon SNS.

use super::operation::{answers, operations};
use crate::expr::{IntoExpr, Operand};

operations! {
    /// Publishes a message to a topic, given by its ARN. A message that is an object is sent as its JSON text.
    ///
    /// Errors are named `SNS.…`, such as `SNS.NotFoundException`.
    ///
    /// Source: Developer Guide, "Call Amazon SNS with Step Functions".
    fn publish(topic_arn: IntoExpr<String> = "TopicArn", message: Operand = "Message") -> PublishOutput
        = Publish: "sns:publish" "SnsPublish" { token in "Message"; }
}

answers! {
    /// What SNS answers to a publication.
    PublishOutput {
        /// The message's identifier.
        message_id: String,
    }
}
