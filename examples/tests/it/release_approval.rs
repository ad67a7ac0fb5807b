//! The approval of a release: three ways, and both answers.

use std::time::Duration;

use serde_json::{Value, json};
use stepwright_examples::release_approval::{HandledError, LoadTest, release_approval};
use stepwright_sim::{Reply, WorkflowExecution, WorkflowSimulation};

/// Runs with a team that answers after an hour.
fn run(accuracy: f64, latency: f64, answer: &Reply) -> WorkflowExecution<()> {
    let answer = answer.clone().taking(Duration::from_secs(3_600));
    let (research, engineering) = (answer.clone(), answer);
    WorkflowSimulation::of(&release_approval())
        .expect("the example compiles")
        .on_json("ResearchApproval", move |_| research.clone())
        .on_json("EngineeringApproval", move |_| engineering.clone())
        .run(LoadTest { accuracy, latency })
        .expect("every task has a stand-in")
}

fn yes() -> Reply {
    Reply::success(json!({}))
}

#[test]
fn good_numbers_pass_straight_through() {
    run(96.0, 80.0, &yes()).assert_succeeded().assert_path(["ChoiceState", "SuccessState"]);
}

#[test]
fn low_accuracy_is_a_question_to_the_research_team() {
    let execution = run(95.9, 225.0, &yes());
    execution
        .assert_succeeded()
        .assert_path(["ChoiceState", "ResearchApproval", "SuccessState"])
        .assert_elapsed(Duration::from_secs(3_600));
    let asked: Vec<&Value> = execution.arguments_of("ResearchApproval").collect();
    let payload = &asked[0]["Payload"];
    assert_eq!(payload["accuracy"], 95.9);
    assert!(payload["token"].as_str().is_some_and(|token| !token.is_empty()), "{payload}");
}

#[test]
fn high_latency_is_a_question_to_the_engineers() {
    run(100.0, 225.0, &yes()).assert_succeeded().assert_path([
        "ChoiceState",
        "EngineeringApproval",
        "SuccessState",
    ]);
}

#[test]
fn a_refusal_fails_the_release() {
    let no = Reply::failure(HandledError.as_str(), "not like this");
    run(100.0, 225.0, &no)
        .assert_failed_with("Failed Approval")
        .assert_cause_contains("Invalid response.")
        .assert_path(["ChoiceState", "EngineeringApproval", "FailState"]);
}

#[test]
fn other_errors_are_nobodys_refusal() {
    run(90.0, 0.0, &Reply::failure("Lambda.Unknown", "no mail")).assert_failed_with("Lambda.Unknown");
}
