//! AWS Batch.

use serde_json::Value;

use super::operation::{answers, operations};
use crate::expr::IntoExpr;

operations! {
    /// Submits a job. Usual parameters besides: `ContainerOverrides`, `ArrayProperties`, `DependsOn`, `Parameters`.
    ///
    /// Source: Developer Guide, "Run AWS Batch workloads with Step Functions".
    fn submit_job(
        job_name: IntoExpr<String> = "JobName",
        job_definition: IntoExpr<String> = "JobDefinition",
        job_queue: IntoExpr<String> = "JobQueue",
    ) -> SubmitJobOutput
        = SubmitJob: "batch:submitJob" "BatchSubmitJob" { sync Value; }
}

answers! {
    /// What Batch answers to a job.
    SubmitJobOutput {
        /// The job's identifier.
        job_id: String,
        /// The job's name.
        job_name: String,
    }
}
