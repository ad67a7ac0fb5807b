//! Amazon Bedrock.

use serde_json::Value;

use super::operation::{answers, operations};
use crate::expr::IntoExpr;

operations! {
    /// Asks a model: with `.with("Body", …)`, or `.with("Input", data!({ "S3Uri": … }))`.
    ///
    /// Source: Developer Guide, "Invoke and customize Amazon Bedrock models with Step Functions".
    fn invoke_model(model_id: IntoExpr<String> = "ModelId") -> InvokeModelOutput
        = InvokeModel: "bedrock:invokeModel" "BedrockInvokeModel" { token in "Body"; }
    /// Starts the customisation of a model.
    fn create_model_customization_job(
        base_model: IntoExpr<String> = "BaseModelIdentifier",
        custom_model_name: IntoExpr<String> = "CustomModelName",
        job_name: IntoExpr<String> = "JobName",
        role_arn: IntoExpr<String> = "RoleArn",
    ) -> Value
        = CreateModelCustomizationJob: "bedrock:createModelCustomizationJob" "BedrockCreateModelCustomizationJob" { sync Value; }
}

answers! {
    /// What a model answers.
    InvokeModelOutput {
        /// The answer, in the form that the model has.
        body: Value,
        /// The type of the answer.
        content_type: Option<String>,
    }
}
