//! Branches and iterations: order, concurrency, failures.

use std::time::Duration;

use serde_json::{Value, json};
use stepwright_codegen::asl::StateMachine;
use stepwright_sim::{Call, Reply, Simulation, Status, Tasks};

use crate::machine::{check_timeline, machine};

const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:f";

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A Map over the input with one Task state, `Work`.
fn map(fields: &Value) -> StateMachine {
    let mut map = json!({
        "Type": "Map",
        "ItemProcessor": {
            "StartAt": "Work",
            "States": { "Work": { "Type": "Task", "Resource": FUNCTION, "End": true } },
        },
        "End": true,
    });
    let members = map.as_object_mut().expect("it is an object");
    members.extend(fields.as_object().expect("fields are an object").clone());
    machine(&json!({ "StartAt": "Each", "States": { "Each": map } }))
}

/// Takes as many seconds as its input says; fails for 0.
struct Sleep;

impl Tasks for Sleep {
    fn call(&mut self, call: &Call<'_>) -> Option<Reply> {
        let takes = call.input.as_u64()?;
        let reply = if takes == 0 { Reply::failure("Zero", "") } else { Reply::success(json!(takes * 10)) };
        Some(reply.taking(seconds(takes.max(1))))
    }

    fn stands_in(&self, _state: &str, _resource: &str) -> bool {
        true
    }
}

#[test]
fn iterations_run_as_many_at_a_time_as_allowed() {
    let items = json!([3, 1, 1, 1]);
    let run = |concurrency: u64| {
        let machine = map(&json!({ "MaxConcurrency": concurrency }));
        Simulation::new(&machine).input(items.clone()).run_with(&mut Sleep).expect("it runs")
    };
    for (concurrency, takes, peak) in [(1, 6, 1), (2, 3, 2), (0, 3, 4)] {
        let execution = run(concurrency);
        assert_eq!(execution.output, Some(json!([30, 10, 10, 10])));
        assert_eq!((execution.elapsed, execution.peak_concurrency), (seconds(takes), peak));
    }
}

#[test]
fn an_inline_map_runs_at_most_forty_iterations_at_a_time() {
    let items: Vec<u64> = vec![1; 100];
    let machine = map(&json!({}));
    let execution = Simulation::new(&machine).input(json!(items)).run_with(&mut Sleep).expect("it runs");
    assert_eq!((execution.peak_concurrency, execution.elapsed), (40, seconds(3)));
}

#[test]
fn a_failed_iteration_ends_the_others() {
    let machine = map(&json!({}));
    let execution = Simulation::new(&machine).input(json!([5, 0])).run_with(&mut Sleep).expect("it runs");
    check_timeline(
        &execution,
        "
        0ns 1<0 ExecutionStarted [5,0]
        0ns 2<0 MapStateEntered Each: [5,0]
        0ns 3<2 MapStateStarted 2 items
        0ns 4<3 MapIterationStarted Each[0]
        0ns 5<3 MapIterationStarted Each[1]
        0ns 6<4 TaskStateEntered Work: 5
        0ns 7<6 LambdaFunctionScheduled 5
        0ns 8<7 LambdaFunctionStarted
        0ns 9<5 TaskStateEntered Work: 0
        0ns 10<9 LambdaFunctionScheduled 0
        0ns 11<10 LambdaFunctionStarted
        1s 12<11 LambdaFunctionFailed Zero ()
        1s 13<12 MapIterationFailed Each[1]
        1s 14<12 TaskStateAborted
        1s 15<12 MapIterationAborted Each[0]
        1s 16<12 TaskStateAborted
        1s 17<12 MapStateFailed
        1s 18<17 ExecutionFailed Zero ()
        ",
    );
    assert_eq!(execution.elapsed, seconds(1));
}

#[test]
fn a_retried_map_starts_all_over() {
    let machine =
        map(&json!({ "Retry": [{ "ErrorEquals": ["Zero"], "MaxAttempts": 1, "IntervalSeconds": 7 }] }));
    let execution = Simulation::new(&machine).input(json!([2, 0])).run_with(&mut Sleep).expect("it runs");
    let count = |wanted: &str| {
        execution.history.events.iter().filter(|event| event.kind.type_name() == wanted).count()
    };
    assert_eq!((count("MapStateEntered"), count("MapStateStarted"), count("MapStateFailed")), (1, 2, 1));
    assert_eq!(execution.elapsed, seconds(1 + 7 + 1));
}

#[test]
fn branches_run_side_by_side_and_see_the_variables_around_them() {
    let branch = |name: &str, wait: u64| {
        json!({ "StartAt": name, "States": {
            name: { "Type": "Wait", "Seconds": wait, "Next": format!("{name}2") },
            format!("{name}2"): {
                "Type": "Pass",
                "Assign": { "inner": "{% $outer + 1 %}" },
                "Output": "{% $outer %}",
                "End": true,
            },
        }})
    };
    let machine = machine(&json!({ "QueryLanguage": "JSONata", "StartAt": "Set", "States": {
        "Set": { "Type": "Pass", "Assign": { "outer": 1 }, "Next": "Both" },
        "Both": {
            "Type": "Parallel", "Branches": [branch("A", 5), branch("B", 3)],
            "Assign": { "outer": 2 }, "Next": "Get",
        },
        "Get": { "Type": "Pass", "Output": "{% [$states.input, $outer, $exists($inner)] %}", "End": true },
    }}));
    let execution = Simulation::new(&machine).run().expect("it runs");
    assert_eq!(execution.output, Some(json!([1, 1, 2, false])));
    assert_eq!(execution.elapsed, seconds(5));
}

#[test]
fn a_caught_failure_of_a_branch_leads_on() {
    let machine = machine(&json!({ "StartAt": "Both", "States": {
        "Both": {
            "Type": "Parallel",
            "Branches": [
                { "StartAt": "Bad", "States": { "Bad": { "Type": "Fail", "Error": "E", "Cause": "c" } } },
                { "StartAt": "Long", "States": { "Long": { "Type": "Wait", "Seconds": 9, "End": true } } },
            ],
            "Catch": [{ "ErrorEquals": ["E"], "Next": "Rescue" }],
            "End": true,
        },
        "Rescue": { "Type": "Succeed" },
    }}));
    let execution = Simulation::new(&machine).run().expect("it runs");
    assert_eq!((execution.status, execution.elapsed), (Status::Succeeded, Duration::ZERO));
    assert_eq!(execution.output, Some(json!({ "Error": "E", "Cause": "c" })));
}

#[test]
fn deep_nesting_does_not_exhaust_the_stack() {
    use stepwright_codegen::asl::{Branch, NullablePath, Parallel, State, StateKind};

    let mut inner = Branch { start_at: "S".to_owned(), ..Branch::default() };
    let succeed = State::new(StateKind::Succeed(stepwright_codegen::asl::Succeed::default()));
    inner.states.insert("S".to_owned(), succeed);
    for depth in 0..900 {
        let name = format!("P{depth}");
        let result_path = Some(NullablePath::Null);
        let kind =
            StateKind::Parallel(Parallel { branches: vec![inner], result_path, ..Parallel::default() });
        let state = State { end: Some(true), ..State::new(kind) };
        inner = Branch { start_at: name.clone(), ..Branch::default() };
        inner.states.insert(name, state);
    }
    let machine =
        StateMachine { start_at: inner.start_at.clone(), states: inner.states, ..StateMachine::default() };
    let execution = Simulation::new(&machine).run().expect("it runs");
    assert_eq!((execution.status, execution.cause), (Status::Succeeded, None));
}
