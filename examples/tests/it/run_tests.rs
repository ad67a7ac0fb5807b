//! The build with or without tests.

use serde_json::{Value, json};
use stepwright_examples::run_tests::{Options, codebuild_run_tests};
use stepwright_sim::{Reply, WorkflowExecution, WorkflowSimulation};

fn run(input: Value, report: &'static str) -> WorkflowExecution<()> {
    let build = |_: &Value| Reply::success(json!({ "Build": { "ReportArns": ["arn:report"] } }));
    let sent = |_: &Value| Reply::success(json!({ "MessageId": "m-1" }));
    WorkflowSimulation::of(&codebuild_run_tests())
        .expect("the example compiles")
        .on_json("Trigger CodeBuild Build With Tests", build)
        .on_json("Trigger CodeBuild Build Without Tests", build)
        .on_json("Get Test Results", move |_| Reply::success(json!({ "Reports": [{ "Status": report }] })))
        .on_json("Notify Success", sent)
        .on_json("Notify Failure", sent)
        .on_json("Notify No Tests", sent)
        .run_json(input)
        .expect("every task has a stand-in")
}

fn options(tests: bool) -> Value {
    serde_json::to_value(Options { tests }).expect("it is JSON")
}

#[test]
fn tests_that_pass_are_told() {
    let execution = run(options(true), "SUCCEEDED");
    execution.assert_succeeded().assert_path([
        "Run Tests?",
        "Trigger CodeBuild Build With Tests",
        "Get Test Results",
        "All Tests Passed?",
        "Notify Success",
    ]);
    execution.assert_arguments_of("Get Test Results", [json!({ "ReportArns": ["arn:report"] })]);
}

#[test]
fn tests_that_fail_are_told() {
    run(options(true), "FAILED").assert_succeeded().assert_visited("Notify Failure");
}

#[test]
fn without_tests_there_is_another_build_specification() {
    let execution = run(options(false), "");
    execution.assert_path(["Run Tests?", "Trigger CodeBuild Build Without Tests", "Notify No Tests"]);
    let arguments = json!({ "ProjectName": "${projectName}", "BuildspecOverride": "buildspec-notests.yml" });
    execution.assert_arguments_of("Trigger CodeBuild Build Without Tests", [arguments]);
}

#[test]
fn an_input_that_says_nothing_of_tests_fails_at_once() {
    run(json!({}), "").assert_failed_with("States.Runtime").assert_path(["Run Tests?"]);
}
