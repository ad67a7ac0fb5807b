//! AWS Glue.

use serde_json::Value;

use super::operation::{answers, operations};
use crate::expr::IntoExpr;

operations! {
    /// Starts a run of a job. Usual parameters besides: `Arguments`, `NumberOfWorkers`, `WorkerType`.
    ///
    /// Source: Developer Guide, "Start an AWS Glue job with Step Functions".
    fn start_job_run(job_name: IntoExpr<String> = "JobName") -> StartJobRunOutput
        = StartJobRun: "glue:startJobRun" "GlueStartJobRun" { sync Value; }
}

answers! {
    /// What Glue answers to the start of a run.
    StartJobRunOutput {
        /// The run's identifier.
        job_run_id: String,
        /// The job's name, which Step Functions adds.
        job_name: String,
    }
}
