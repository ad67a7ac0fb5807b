//! A build with or without tests, and a message of what came of it.
//!
//! What to look at:
//!
//! * **Jobs that are awaited.** `.sync()` exists for operations that support it; its result has a type: `build.report_arns`.
//! * **A placeholder in every ARN.** The template is deployed to several partitions: the conventions say so once, and all integrations
//!   read `arn:${AWS::Partition}:states:::…`.
//! * **What the types found.** The template's sample input is `{}`, which the first Choice fails on. Here `tests` is a field of the input.

use stepwright::prelude::*;

/// What an execution is started with.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Options {
    /// Whether the tests run.
    pub tests: bool,
}

/// Wherever the template is deployed.
const ANYWHERE: Conventions = Conventions::new().partition("${AWS::Partition}");

/// An example of using CodeBuild to run (or not run) tests, get test results and send a notification.
#[workflow(query_language = "JSONPath", conventions = ANYWHERE)]
pub fn codebuild_run_tests(s: &mut Scope, options: Ref<Options>) {
    s.choice("Run Tests?")
        .when(cond!(!options.tests), |s| {
            build(s, "Trigger CodeBuild Build Without Tests", |build| {
                build.with("BuildspecOverride", "buildspec-notests.yml")
            });
            notify(s, "Notify No Tests", "CodeBuild build without tests");
        })
        .otherwise(|s| {
            let built = build(s, "Trigger CodeBuild Build With Tests", |build| build);
            let get = codebuild::batch_get_reports(built.build.report_arns);
            let reports = s.task(get.named("Get Test Results").replace_document()).reports;
            let first = reports.get(0).assume_some("the project makes a report");
            s.choice("All Tests Passed?")
                .when(cond!(first.status == "SUCCEEDED"), |s| {
                    notify(s, "Notify Success", "CodeBuild build tests succeeded");
                })
                .otherwise(|s| notify(s, "Notify Failure", "CodeBuild build tests failed"));
        });
}

type Build = Task<'static, codebuild::BuildOutput, codebuild::StartBuild>;

fn build(
    s: &mut Scope,
    state: &'static str,
    settings: impl FnOnce(Build) -> Build,
) -> Ref<codebuild::BuildOutput> {
    s.task(settings(codebuild::start_build("${projectName}")).sync().named(state).replace_document())
}

fn notify(s: &mut Scope, state: &'static str, message: &'static str) {
    s.task(sns::publish("${snsTopicArn}", message).named(state).replace_document());
}
