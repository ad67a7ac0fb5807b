//! Amazon Bedrock `AgentCore`.

use serde_json::Value;

use super::operation::operations;
use crate::expr::IntoExpr;

operations! {
    /// Lets a harness answer.
    ///
    /// Source: Developer Guide, "Invoke Amazon Bedrock `AgentCore` with Step Functions".
    fn invoke_harness(harness_arn: IntoExpr<String> = "HarnessArn") -> Value
        = InvokeHarness: "bedrockagentcore:invokeHarness" "BedrockagentcoreInvokeHarness" {}
}
