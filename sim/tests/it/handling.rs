//! Retriers, Catchers, timeouts and heartbeats.

use std::time::Duration;

use serde_json::{Value, json};
use stepwright_sim::{Reply, Simulation, Status};

use crate::machine::{check_timeline, machine};

const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:f";
const ACTIVITY: &str = "arn:aws:states:us-east-1:123456789012:activity:a";

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A machine of one Task state, `Work`, and a Pass state, `Rescue`.
fn task(fields: &Value) -> stepwright_codegen::asl::StateMachine {
    let mut work = json!({ "Type": "Task", "Resource": FUNCTION, "End": true });
    let members = work.as_object_mut().expect("it is an object");
    members.extend(fields.as_object().expect("fields are an object").clone());
    let mut states = json!({ "Work": work });
    if fields.get("Catch").is_some() {
        states["Rescue"] = json!({ "Type": "Pass", "End": true });
    }
    machine(&json!({ "StartAt": "Work", "States": states }))
}

#[test]
fn a_retrier_waits_longer_each_time() {
    let retry = json!({ "Retry": [{ "ErrorEquals": ["Busy"], "IntervalSeconds": 5, "MaxAttempts": 5 }] });
    let machine = task(&retry);
    let busy = || Reply::failure("Busy", "");
    let replies = [busy(), busy(), busy(), busy(), busy(), Reply::success(json!("done"))];
    let execution = Simulation::new(&machine).on("Work", replies).run().expect("it runs");
    let delays: Vec<_> = execution.retries.iter().map(|retry| retry.delay.as_secs()).collect();
    assert_eq!(delays, [5, 10, 20, 40, 80]);
    assert_eq!((execution.status, execution.elapsed), (Status::Succeeded, seconds(155)));

    let execution = Simulation::new(&machine).on("Work", [busy()]).run().expect("it runs");
    assert_eq!((execution.status, execution.error.as_deref()), (Status::Failed, Some("Busy")));
}

#[test]
fn the_first_retrier_that_fits_has_the_say() {
    let machine = task(&json!({ "Retry": [
        { "ErrorEquals": ["A"], "MaxAttempts": 1 },
        { "ErrorEquals": ["States.ALL"], "MaxAttempts": 1, "IntervalSeconds": 10 },
    ]}));
    let replies = [Reply::failure("A", ""), Reply::failure("B", ""), Reply::failure("A", "")];
    let execution = Simulation::new(&machine).on("Work", replies).run().expect("it runs");
    // The second `A` finds its Retrier used up; the one for everything is not asked.
    assert_eq!((execution.retries.len(), execution.elapsed), (2, seconds(11)));
    assert_eq!(execution.status, Status::Failed);
}

#[test]
fn a_timeout_counts_from_the_start_of_the_task() {
    let machine = task(&json!({
        "Resource": ACTIVITY, "TimeoutSeconds": 10,
        "Catch": [{ "ErrorEquals": ["States.Timeout"], "ResultPath": "$.error", "Next": "Rescue" }],
    }));
    let reply = Reply::success(json!(1)).starting_after(seconds(60)).taking(seconds(11)).by("w1");
    let execution = Simulation::new(&machine).on("Work", [reply]).run().expect("it runs");
    check_timeline(
        &execution,
        r#"
        0ns 1<0 ExecutionStarted {}
        0ns 2<0 TaskStateEntered Work: {}
        0ns 3<2 ActivityScheduled {}
        60s 4<3 ActivityStarted by w1
        70s 5<4 ActivityTimedOut States.Timeout
        70s 6<5 TaskStateExited Work: {"error":{"Error":"States.Timeout","Cause":""}}
        70s 7<6 PassStateEntered Rescue: {"error":{"Error":"States.Timeout","Cause":""}}
        70s 8<7 PassStateExited Rescue: {"error":{"Error":"States.Timeout","Cause":""}}
        70s 9<8 ExecutionSucceeded {"error":{"Error":"States.Timeout","Cause":""}}
        "#,
    );
}

#[test]
fn a_worker_that_dies_is_noticed_by_its_heartbeat() {
    let machine = task(&json!({
        "Resource": ACTIVITY, "HeartbeatSeconds": 30,
        "Catch": [{ "ErrorEquals": ["States.HeartbeatTimeout"], "Next": "Rescue" }],
    }));
    let dies = Reply::silence().taking(seconds(100)).with_heartbeats(seconds(20));
    let execution = Simulation::new(&machine).on("Work", [dies]).run().expect("it runs");
    assert_eq!((execution.status, execution.elapsed), (Status::Succeeded, seconds(130)));

    let lives = Reply::success(json!(1)).taking(seconds(100)).with_heartbeats(seconds(20));
    let execution = Simulation::new(&machine).on("Work", [lives]).run().expect("it runs");
    assert_eq!((execution.output, execution.elapsed), (Some(json!(1)), seconds(100)));

    let quiet = Reply::success(json!(1)).taking(seconds(100));
    let execution = Simulation::new(&machine).on("Work", [quiet]).run().expect("it runs");
    assert_eq!(execution.elapsed, seconds(30));
}

#[test]
fn an_answer_at_the_very_moment_of_the_timeout_counts() {
    let machine = task(&json!({ "TimeoutSeconds": 10 }));
    let reply = Reply::success(json!(1)).taking(seconds(10));
    let execution = Simulation::new(&machine).on("Work", [reply]).run().expect("it runs");
    assert_eq!(execution.status, Status::Succeeded);
}

#[test]
fn nothing_handles_an_error_of_the_machine_itself() {
    let machine = task(&json!({
        "InputPath": "$.missing",
        "Retry": [{ "ErrorEquals": ["States.ALL"] }],
        "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Rescue" }],
    }));
    let execution = Simulation::new(&machine).on("Work", []).run().expect("it runs");
    assert_eq!((execution.status, execution.error.as_deref()), (Status::Failed, Some("States.Runtime")));
}

#[test]
fn a_task_without_a_stand_in_is_an_error_that_lists_all_such_tasks() {
    let machine = machine(&json!({ "StartAt": "A", "States": {
        "A": { "Type": "Task", "Resource": FUNCTION, "Next": "B" },
        "B": { "Type": "Task", "Resource": ACTIVITY, "Next": "C" },
        "C": { "Type": "Task", "Resource": ACTIVITY, "End": true },
    }}));
    let error =
        Simulation::new(&machine).on("A", [Reply::success(json!(1))]).run().expect_err("B is missing");
    assert!(error.is_missing_stand_in());
    assert_eq!(
        error.to_string(),
        "the task `B` was reached, but nothing answers it; missing stand-ins:\
         \n  `B` (arn:aws:states:us-east-1:123456789012:activity:a)\
         \n  `C` (arn:aws:states:us-east-1:123456789012:activity:a)"
    );
}

#[test]
fn a_failed_evaluation_can_be_caught() {
    let machine = task(&json!({
        "QueryLanguage": "JSONata",
        "Arguments": "{% $missing %}",
        "Catch": [{ "ErrorEquals": ["States.QueryEvaluationError"], "Output": "saved", "Next": "Rescue" }],
    }));
    let execution = Simulation::new(&machine).run().expect("it runs");
    let types: Vec<_> = execution.history.events.iter().map(|event| event.kind.type_name()).collect();
    assert_eq!(
        types,
        [
            "ExecutionStarted",
            "TaskStateEntered",
            "EvaluationFailed",
            "TaskStateExited",
            "PassStateEntered",
            "PassStateExited",
            "ExecutionSucceeded",
        ]
    );
    assert_eq!(execution.output, Some(json!("saved")));
}

#[test]
fn retries_without_end_are_an_error() {
    let machine = machine(&json!({ "StartAt": "Work", "States": { "Work": {
        "Type": "Task", "Resource": FUNCTION, "Parameters": { "a.$": "States.MathAdd('x', 1)" }, "End": true,
        "Retry": [{ "ErrorEquals": ["States.ALL"], "IntervalSeconds": 1, "MaxAttempts": 99_999_999, "BackoffRate": 1 }],
    }}}));
    let simulation = Simulation::new(&machine).on("Work", [Reply::success(json!({}))]);
    let error = simulation.run().expect_err("nothing is logged, so that no limit of events ends it");
    assert_eq!(
        error.to_string(),
        "the execution runs in a circle: it retried a state 50000 times and is not done"
    );
}
