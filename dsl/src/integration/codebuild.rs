//! AWS `CodeBuild`.
//!
//! Source: Developer Guide, "Manage AWS `CodeBuild` builds with Step Functions".

use serde_json::Value;

use super::operation::{answers, operations};
use crate::expr::IntoExpr;

operations! {
    /// Starts a build of a project. Usual parameters besides: `SourceVersion`, `BuildspecOverride`, `EnvironmentVariablesOverride`.
    ///
    /// With `.sync()`, a build that fails fails the task with `States.TaskFailed`. Errors are named `CodeBuild.…`.
    fn start_build(project_name: IntoExpr<String> = "ProjectName") -> BuildOutput
        = StartBuild: "codebuild:startBuild" "CodebuildStartBuild" { sync BuildOutput; }
    /// Stops a build.
    fn stop_build(id: IntoExpr<String> = "Id") -> BuildOutput
        = StopBuild: "codebuild:stopBuild" "CodebuildStopBuild" {}
    /// Deletes builds.
    fn batch_delete_builds(ids: IntoExpr<Vec<String>> = "Ids") -> Value
        = BatchDeleteBuilds: "codebuild:batchDeleteBuilds" "CodebuildBatchDeleteBuilds" {}
    /// Reads the reports of builds, by the ARNs in [`Build::report_arns`].
    fn batch_get_reports(report_arns: IntoExpr<Vec<String>> = "ReportArns") -> BatchGetReportsOutput
        = BatchGetReports: "codebuild:batchGetReports" "CodebuildBatchGetReports" {}
    /// Starts a batch of builds.
    fn start_build_batch(project_name: IntoExpr<String> = "ProjectName") -> Value
        = StartBuildBatch: "codebuild:startBuildBatch" "CodebuildStartBuildBatch" { sync Value; }
    /// Stops a batch of builds.
    fn stop_build_batch(id: IntoExpr<String> = "Id") -> Value
        = StopBuildBatch: "codebuild:stopBuildBatch" "CodebuildStopBuildBatch" {}
    /// Tries a batch of builds again: all of it, or only what failed, by `RetryType`.
    fn retry_build_batch(id: IntoExpr<String> = "Id") -> Value
        = RetryBuildBatch: "codebuild:retryBuildBatch" "CodebuildRetryBuildBatch" { sync Value; }
    /// Deletes a batch of builds.
    fn delete_build_batch(id: IntoExpr<String> = "Id") -> Value
        = DeleteBuildBatch: "codebuild:deleteBuildBatch" "CodebuildDeleteBuildBatch" {}
}

answers! {
    /// What `CodeBuild` says of a build.
    BuildOutput {
        /// The build.
        build: Build,
    }

    /// A build.
    Build {
        /// Its ARN.
        arn: String,
        /// Its identifier.
        id: String,
        /// The project.
        project_name: String,
        /// `SUCCEEDED`, `FAILED`, `FAULT`, `IN_PROGRESS`, `STOPPED` or `TIMED_OUT`.
        build_status: String,
        /// The ARNs of its reports.
        report_arns: Vec<String>,
    }

    /// Reports.
    BatchGetReportsOutput {
        /// Those that were found.
        reports: Vec<Report>,
        /// The ARNs of those that were not.
        reports_not_found: Option<Vec<String>>,
    }

    /// A report of a build.
    Report {
        /// Its ARN.
        arn: String,
        /// `SUCCEEDED`, `FAILED`, `GENERATING`, `INCOMPLETE` or `DELETING`.
        status: String,
    }
}
