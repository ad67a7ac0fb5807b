//! What the deployment fills in.

use serde_json::json;
use stepwright::prelude::*;
use stepwright_sim::{Reply, Status, WorkflowSimulation};

#[workflow]
fn child(_s: &mut Scope) -> Expr<String> {
    expr!("${Stage}")
}

#[workflow]
fn parent(s: &mut Scope) -> Expr<String> {
    s.wait("Pause", placeholder::<u32>("Pause"));
    s.task(sns::publish("arn:${Partition}:${Topic}", "hello"));
    s.when("IsOn", placeholder::<bool>("On"), |s| s.wait("Longer", 5.seconds()));
    let stage = s.task(child().start_sync("${Child}", ()));
    fmt!("{} of ${{Stage}}", stage)
}

fn simulation() -> WorkflowSimulation<(), String> {
    let simulation = WorkflowSimulation::of(&parent()).expect("it compiles");
    simulation
        .link("${Child}", &child())
        .expect("it compiles")
        .on_json("SnsPublish", |_| Reply::success(json!({ "MessageId": "m" })))
}

#[test]
fn numbers_booleans_and_texts_are_filled_in() {
    for (on, seconds) in [(true, 65), (false, 60)] {
        let simulation =
            simulation().substitute("Pause", 60).substitute("On", on).substitute("Stage", "beta");
        let execution = simulation.substitute("Partition", "aws").run(()).expect("it can be run");
        execution
            .assert_succeeded_with("beta of beta")
            // What is not filled in stays.
            .assert_arguments_of(
                "SnsPublish",
                [json!({ "TopicArn": "arn:aws:${Topic}", "Message": "hello" })],
            )
            .assert_elapsed(seconds.seconds());
    }
}

#[test]
fn what_is_no_number_fails_where_it_is_read() {
    let execution = simulation().substitute("Pause", "a while").run(()).expect("it can be run");
    assert_eq!(execution.status, Status::Failed);
    execution.assert_failed_with(States::QUERY_EVALUATION_ERROR).assert_path(["Pause"]);
}
