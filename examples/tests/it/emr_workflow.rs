//! The four combinations of the flags, and what happens to the cluster.

use std::time::Duration;

use serde_json::{Value, json};
use stepwright_examples::emr_workflow::{Options, emr_workflow};
use stepwright_sim::{Reply, WorkflowExecution, WorkflowSimulation};

fn run(input: Value) -> WorkflowExecution<()> {
    let done = |_: &Value| Reply::success(json!({}));
    WorkflowSimulation::of(&emr_workflow())
        .expect("the example compiles")
        .on_json("Create_A_Cluster", |_| {
            Reply::success(json!({ "ClusterId": "j-NEW" })).taking(Duration::from_secs(300))
        })
        .on_json("Enable_Termination_Protection", done)
        .on_json("Step_One", |_| Reply::success(json!({})).taking(Duration::from_secs(60)))
        .on_json("Step_Two (async)", |_| Reply::success(json!({ "StepId": "s-2" })))
        .on_json("Cancel_Step_Two", done)
        .on_json("Step_Three", |_| Reply::success(json!({})).taking(Duration::from_secs(40)))
        .on_json("Disable_Termination_Protection", done)
        .on_json("Terminate_Cluster", done)
        .run_json(input)
        .expect("every task has a stand-in")
}

fn options(create_cluster: bool, terminate_cluster: bool) -> Value {
    let cluster_id = (!create_cluster).then(|| "j-OWN".to_owned());
    serde_json::to_value(Options { create_cluster, terminate_cluster, cluster_id }).expect("it is JSON")
}

/// On which cluster each of these states worked.
fn clusters(execution: &WorkflowExecution<()>) -> Vec<String> {
    let states =
        ["Enable_Termination_Protection", "Step_One", "Step_Two (async)", "Step_Three", "Terminate_Cluster"];
    let arguments = states.iter().flat_map(|state| execution.arguments_of(state));
    arguments.map(|arguments| arguments["ClusterId"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_cluster_is_made_and_terminated() {
    let execution = run(options(true, true));
    execution.assert_succeeded().assert_path([
        "Should_Create_Cluster",
        "Create_A_Cluster",
        "Merge_Results",
        "Enable_Termination_Protection",
        "Add_Steps_Parallel",
        "Step_Three",
        "Disable_Termination_Protection",
        "Should_Terminate_Cluster",
        "Terminate_Cluster",
        "Wrapping_Up",
    ]);
    assert_eq!(clusters(&execution), ["j-NEW"; 5]);
    execution.assert_elapsed(Duration::from_secs(300 + 60 + 40));
}

#[test]
fn a_cluster_is_made_and_left_running() {
    let execution = run(options(true, false));
    execution.assert_succeeded().assert_not_visited("Terminate_Cluster");
    assert_eq!(clusters(&execution), ["j-NEW"; 4]);
}

#[test]
fn a_cluster_of_ones_own_is_used_and_terminated() {
    let execution = run(options(false, true));
    execution.assert_succeeded().assert_not_visited("Create_A_Cluster");
    assert_eq!(clusters(&execution), ["j-OWN"; 5]);
}

#[test]
fn a_cluster_of_ones_own_is_used_and_left_running() {
    let execution = run(options(false, false));
    execution.assert_succeeded().assert_not_visited("Terminate_Cluster");
    assert_eq!(clusters(&execution), ["j-OWN"; 4]);
}

#[test]
fn the_second_step_is_cancelled_after_a_while() {
    let execution = run(options(false, false));
    execution.assert_arguments_of("Cancel_Step_Two", [json!({ "ClusterId": "j-OWN", "StepId": "s-2" })]);
}

#[test]
fn an_input_without_flags_fails_before_anything_is_made() {
    run(json!({ "TerminateCluster": true }))
        .assert_failed_with("States.Runtime")
        .assert_path(["Should_Create_Cluster"]);
}
