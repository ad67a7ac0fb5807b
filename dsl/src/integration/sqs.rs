//! Amazon SQS.

use super::operation::{answers, operations};
use crate::expr::{IntoExpr, Operand};

operations! {
    /// Sends a message to a queue, given by its URL. A message that is an object is sent as its JSON text.
    ///
    /// Errors are named `SQS.…`.
    ///
    /// Source: Developer Guide, "Call Amazon SQS with Step Functions".
    fn send_message(queue_url: IntoExpr<String> = "QueueUrl", message: Operand = "MessageBody") -> SendMessageOutput
        = SendMessage: "sqs:sendMessage" "SqsSendMessage" { token in "MessageBody"; }
}

answers! {
    /// What SQS answers to a message.
    SendMessageOutput {
        /// The message's identifier.
        message_id: String,
        /// The MD5 digest of the message.
        #[serde(rename = "MD5OfMessageBody")]
        md5_of_message_body: String,
    }
}
