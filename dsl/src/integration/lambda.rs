//! AWS Lambda, through its API.

use serde_json::Value;

use super::operation::{answers, operations};
use crate::expr::{IntoExpr, Operand};
use crate::task::Task;

operations! {
    /// Invokes a function, given by name or ARN, and waits for what it returns. Where the function has a Rust signature, write
    /// [`#[task(lambda_invoke = "…")]`](macro@crate::task) instead: that is typed.
    ///
    /// Its errors are those that the function throws, and `Lambda.…`.
    ///
    /// Source: Developer Guide, "Call AWS Lambda with Step Functions".
    fn invoke(function: IntoExpr<String> = "FunctionName", payload: Operand = "Payload") -> Value
        = Invoke: "lambda:invoke" "LambdaInvoke" { result in "Payload"; token in "Payload"; }
}

/// Starts a function, and does not wait for it: `"InvocationType": "Event"`. The state is named `LambdaInvoke` by default.
///
/// What the function returns, or throws, reaches nobody.
#[track_caller]
pub fn invoke_async(
    function: impl IntoExpr<String>,
    payload: impl Operand,
) -> Task<'static, InvokeAsyncOutput, Invoke> {
    let mut task = invoke(function, payload).with("InvocationType", "Event");
    task.work.result_field = None;
    task.retyped()
}

answers! {
    /// What Lambda answers when a function is started.
    InvokeAsyncOutput {
        /// 202.
        status_code: u32,
    }
}
