//! AWS Glue `DataBrew`.

use serde_json::Value;

use super::operation::operations;
use crate::expr::IntoExpr;

operations! {
    /// Starts a run of a job.
    ///
    /// Source: Developer Guide, "Start AWS Glue `DataBrew` jobs with Step Functions".
    fn start_job_run(name: IntoExpr<String> = "Name") -> Value
        = StartJobRun: "databrew:startJobRun" "DatabrewStartJobRun" { sync Value; }
}
