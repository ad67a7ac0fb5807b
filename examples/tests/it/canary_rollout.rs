//! Canary rollouts, in ten steps of two minutes.

use std::time::Duration;

use serde_json::{Value, json};
use stepwright::{DurationExt, Lambda, States};
use stepwright_examples::canary_rollout::{
    Alias, Kind, Rollout, Routing, Unhealthy, Weights, calculate_weights, canary_rollout,
    canary_rollout_with_functions, health_check,
};
use stepwright_sim::{Reply, StandIns, TaskError, WorkflowExecution, WorkflowSimulation};

const UPDATE_ALIAS: &str = "arn:aws:states:::aws-sdk:lambda:updateAlias";

fn rollout(steps: u32) -> Rollout {
    Rollout {
        function_name: "shop".to_owned(),
        alias_name: "live".to_owned(),
        new_version: "8".to_owned(),
        steps,
        interval: 120,
        kind: Kind::Linear,
    }
}

/// Lambda, with version 7 behind the alias, and a version 8 whose errors show in `CloudWatch` at the given check.
fn aws(failing_check: Option<usize>) -> StandIns {
    let mut checks = 0;
    StandIns::new()
        .on_json(UPDATE_ALIAS, |alias| {
            let version = alias.get("FunctionVersion").cloned().unwrap_or_else(|| json!("7"));
            let (name, routing) = (&alias["Name"], &alias["RoutingConfig"]);
            Reply::success(json!({ "Name": name, "FunctionVersion": version, "RoutingConfig": routing }))
        })
        .on_json("CountErrors", move |_| {
            checks += 1;
            let errors = if Some(checks) == failing_check { 3.0 } else { 0.0 };
            Reply::success(json!({ "Label": "Errors", "Datapoints": [{ "Sum": 0.0 }, { "Sum": errors }] }))
        })
}

fn run(aws: StandIns, steps: u32) -> WorkflowExecution<Alias> {
    let simulation = WorkflowSimulation::of(&canary_rollout()).expect("the example compiles").stand_ins(aws);
    simulation.run(rollout(steps)).expect("every task has a stand-in")
}

/// What the new version got of the traffic, step by step.
fn weights(execution: &WorkflowExecution<Alias>) -> Vec<f64> {
    let updates = execution.arguments_of("UpdateWeight");
    let weight = |update: &Value| update["RoutingConfig"]["AdditionalVersionWeights"]["8"].as_f64();
    updates.map(|update| weight(update).expect("version 8 has a weight")).collect()
}

/// The alias belongs to one version alone again.
fn alias_of(version: &str) -> Alias {
    Alias {
        name: "live".to_owned(),
        function_version: version.to_owned(),
        routing_config: Some(Routing { additional_version_weights: Weights::new() }),
    }
}

#[test]
fn ten_healthy_steps_end_with_all_traffic() {
    let execution = run(aws(None), 10);
    assert_eq!(weights(&execution), [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]);
    execution
        .assert_succeeded_with(alias_of("8"))
        .assert_path(["CalculateWeights", "ShiftTraffic"])
        .assert_visited_times("Finalize", 1)
        .assert_not_visited("Rollback")
        .assert_elapsed(20.minutes());
}

#[test]
fn one_step_is_a_deployment_with_a_safety_net() {
    let execution = run(aws(None), 1);
    assert_eq!(weights(&execution), [1.0]);
    execution.assert_succeeded_with(alias_of("8")).assert_elapsed(2.minutes());
}

#[test]
fn an_unhealthy_version_is_rolled_back_at_any_step() {
    for failing in 1..=10 {
        let execution = run(aws(Some(failing)), 10);
        assert_eq!(weights(&execution).len(), failing);
        execution
            .assert_failed_with(Unhealthy)
            .assert_cause_contains(&format!("version 8 fails after step {failing}"))
            .assert_path(["CalculateWeights", "ShiftTraffic", "Rollback", "RolledBack"])
            .assert_outputs_of("Rollback", [alias_of("7")])
            .assert_not_visited("Finalize")
            .assert_elapsed(Duration::from_secs(120 * failing as u64));
    }
}

#[test]
fn the_health_check_looks_at_the_version_behind_the_alias_since_the_start() {
    let execution = run(aws(None), 2);
    let asked: Vec<_> = execution.arguments_of("CountErrors").cloned().collect();
    let dimensions = json!([
        { "Name": "FunctionName", "Value": "shop" },
        { "Name": "Resource", "Value": "shop:live" },
        { "Name": "ExecutedVersion", "Value": "8" },
    ]);
    let times = ["2025-01-01T00:02:00.000Z", "2025-01-01T00:04:00.000Z"];
    for (question, time) in asked.iter().zip(times) {
        assert_eq!(question["Dimensions"], dimensions);
        assert_eq!(question["StartTime"], "2025-01-01T00:00:00.000Z");
        assert_eq!(question["EndTime"], time);
    }
    assert_eq!(asked.len(), 2);
}

#[test]
fn an_alias_that_stays_busy_is_rolled_back_and_told_so() {
    let busy = |_: &Value| Reply::failure("Lambda.ResourceConflictException", "another update");
    run(aws(None).on_json("Finalize", busy), 2)
        .assert_failed_with("Lambda.ResourceConflictException")
        .assert_retries("Finalize", [2, 4, 8].map(Duration::from_secs))
        .assert_visited_in_order(["Finalize", "Rollback", "RolledBack"])
        .assert_elapsed(4.minutes() + 14.seconds());
}

#[test]
fn an_alias_that_is_busy_for_a_moment_does_no_harm() {
    let mut calls = 0;
    let busy = move |_: &Value| {
        calls += 1;
        if calls == 1 {
            Reply::failure("Lambda.TooManyRequestsException", "slow down")
        } else {
            Reply::success(json!({ "Name": "live", "FunctionVersion": "7" }))
        }
    };
    run(aws(None).on_json("UpdateWeight", busy), 3)
        .assert_succeeded()
        .assert_retries("UpdateWeight", [2.seconds()])
        .assert_visited_times("UpdateWeight", 3);
}

#[test]
fn another_type_of_rollout_is_refused() {
    let mut input = serde_json::to_value(rollout(10)).expect("it is JSON");
    input["type"] = json!("all-at-once");
    let simulation = WorkflowSimulation::of(&canary_rollout()).expect("the example compiles");
    let execution = simulation.stand_ins(aws(None)).run_json(input).expect("every task has a stand-in");
    execution.assert_failed_with(States::NO_CHOICE_MATCHED).assert_not_visited("UpdateWeight");
}

/// The other machine: functions decide about the weights and about the version's health.
fn with_functions(functions: StandIns) -> WorkflowExecution<Alias> {
    let simulation = WorkflowSimulation::of(&canary_rollout_with_functions()).expect("the example compiles");
    let healthy = StandIns::new()
        .on::<calculate_weights, _>(|_| Ok(vec![0.05, 0.5]))
        .on::<health_check, _>(|args| Ok(args.new_version == "8"));
    let simulation = simulation.stand_ins(aws(None).with(healthy).with(functions));
    simulation.run(rollout(2)).expect("every task has a stand-in")
}

#[test]
fn functions_may_decide_too() {
    let execution = with_functions(StandIns::new());
    assert_eq!(weights(&execution), [0.05, 0.5]);
    execution.assert_succeeded_with(alias_of("8")).assert_visited_times("HealthCheck", 2);
}

#[test]
fn a_health_check_that_crashes_is_no_good_sign() {
    let crash = |_| -> Result<bool, _> { Err(TaskError::new(Lambda::UNKNOWN, "out of memory")) };
    with_functions(StandIns::new().on::<health_check, _>(crash))
        .assert_failed_with(Lambda::UNKNOWN)
        .assert_visited_times("UpdateWeight", 1)
        .assert_visited("Rollback");
}

#[test]
fn without_weights_there_is_nothing_to_roll_back() {
    let crash = |_| -> Result<Vec<f64>, _> { Err(TaskError::new(Lambda::UNKNOWN, "out of memory")) };
    with_functions(StandIns::new().on::<calculate_weights, _>(crash))
        .assert_failed_with(Lambda::UNKNOWN)
        .assert_path(["CalculateWeights"]);
}
