//! Amazon EMR Serverless.
//!
//! Source: Developer Guide, "Create and manage Amazon EMR Serverless applications with Step Functions".

use serde_json::Value;

use super::operation::{answers, operations};
use crate::expr::IntoExpr;

operations! {
    /// Makes an application. Usual parameters besides: `Name`, `ReleaseLabel`.
    fn create_application(ty: IntoExpr<String> = "Type") -> Value
        = CreateApplication: "emr-serverless:createApplication" "EmrServerlessCreateApplication" { sync Value; }
    /// Starts an application.
    fn start_application(application_id: IntoExpr<String> = "ApplicationId") -> ApplicationOutput
        = StartApplication: "emr-serverless:startApplication" "EmrServerlessStartApplication" { sync Value; }
    /// Stops an application.
    fn stop_application(application_id: IntoExpr<String> = "ApplicationId") -> ApplicationOutput
        = StopApplication: "emr-serverless:stopApplication" "EmrServerlessStopApplication" { sync Value; }
    /// Deletes an application.
    fn delete_application(application_id: IntoExpr<String> = "ApplicationId") -> ApplicationOutput
        = DeleteApplication: "emr-serverless:deleteApplication" "EmrServerlessDeleteApplication" { sync Value; }
    /// Starts a run of a job.
    fn start_job_run(
        application_id: IntoExpr<String> = "ApplicationId",
        execution_role_arn: IntoExpr<String> = "ExecutionRoleArn",
    ) -> Value
        = StartJobRun: "emr-serverless:startJobRun" "EmrServerlessStartJobRun" { sync Value; }
    /// Cancels a run of a job.
    fn cancel_job_run(application_id: IntoExpr<String> = "ApplicationId", job_run_id: IntoExpr<String> = "JobRunId") -> Value
        = CancelJobRun: "emr-serverless:cancelJobRun" "EmrServerlessCancelJobRun" { sync Value; }
}

answers! {
    /// What EMR Serverless answers about an application.
    ApplicationOutput {
        /// The application's identifier.
        application_id: String,
    }
}
