//! AWS Elemental `MediaConvert`.

use serde_json::Value;

use super::operation::operations;
use crate::expr::{IntoExpr, Operand};

operations! {
    /// Makes a job.
    ///
    /// Source: Developer Guide, "Create AWS Elemental `MediaConvert` jobs with Step Functions".
    fn create_job(role: IntoExpr<String> = "Role", settings: Operand = "Settings") -> Value
        = CreateJob: "mediaconvert:createJob" "MediaconvertCreateJob" { sync Value; }
}
