//! What ends an execution from outside or for its size.

use std::time::Duration;

use serde_json::json;
use stepwright_codegen::asl::StateMachine;
use stepwright_sim::{EXPRESS_DURATION, MAX_EVENTS, Reply, STANDARD_DURATION, Simulation, Status, Type};

use crate::machine::{check_timeline, machine};

fn circle() -> StateMachine {
    machine(&json!({ "StartAt": "A", "States": {
        "A": { "Type": "Pass", "Next": "B" },
        "B": { "Type": "Choice", "Choices": [{ "Variable": "$.x", "IsPresent": false, "Next": "A" }], "Default": "C" },
        "C": { "Type": "Succeed" },
    }}))
}

#[test]
fn an_endless_loop_ends_at_the_limit_of_events() {
    let execution = Simulation::new(&circle()).run().expect("it runs");
    assert_eq!(execution.status, Status::Failed);
    assert_eq!(execution.error.as_deref(), Some("States.Runtime"));
    let last = execution.history.events.last().expect("there are events");
    assert_eq!((last.id, last.kind.type_name().as_str()), (MAX_EVENTS, "ExecutionFailed"));
    assert_eq!(execution.history.events.len() as u64, MAX_EVENTS);
}

#[test]
fn an_endless_express_loop_is_an_error() {
    let error = Simulation::new(&circle()).of_type(Type::Express).without_history().run();
    assert!(error.expect_err("it never ends").is_endless());
}

#[test]
fn an_execution_lasts_a_year_or_five_minutes() {
    let machine = machine(&json!({ "StartAt": "A", "States": {
        "A": { "Type": "Wait", "Seconds": 99_999_999, "End": true },
    }}));
    let run = |execution_type| Simulation::new(&machine).of_type(execution_type).run().expect("it runs");
    for (execution_type, duration) in [(Type::Standard, STANDARD_DURATION), (Type::Express, EXPRESS_DURATION)]
    {
        let execution = run(execution_type);
        assert_eq!((execution.status, execution.elapsed), (Status::TimedOut, duration));
    }
}

#[test]
fn the_timeout_of_the_machine_cannot_be_caught() {
    let machine = machine(&json!({ "TimeoutSeconds": 5, "StartAt": "A", "States": {
        "A": {
            "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
            "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "B" }], "End": true,
        },
        "B": { "Type": "Succeed" },
    }}));
    let execution = Simulation::new(&machine).on("A", [Reply::silence()]).run().expect("it runs");
    assert_eq!((execution.status, execution.elapsed), (Status::TimedOut, Duration::from_secs(5)));
}

#[test]
fn an_execution_can_be_stopped() {
    let machine = machine(&json!({ "StartAt": "A", "States": {
        "A": { "Type": "Wait", "Seconds": 60, "End": true },
    }}));
    let execution =
        Simulation::new(&machine).stop_after(Duration::from_secs(2), Some("E"), None).run().expect("it runs");
    check_timeline(
        &execution,
        "
        0ns 1<0 ExecutionStarted {}
        0ns 2<0 WaitStateEntered A: {}
        2s 3<0 ExecutionAborted E
        ",
    );
    assert_eq!((execution.status, execution.error.as_deref()), (Status::Aborted, Some("E")));
}

#[test]
fn a_result_that_is_too_large_can_be_caught_and_an_output_not() {
    let large = || json!("x".repeat(262_143));
    let task = machine(&json!({ "StartAt": "A", "States": {
        "A": {
            "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
            "Catch": [{ "ErrorEquals": ["States.DataLimitExceeded"], "Next": "B" }], "End": true,
        },
        "B": { "Type": "Pass", "Result": 1, "End": true },
    }}));
    let execution = Simulation::new(&task).on("A", [Reply::success(large())]).run().expect("it runs");
    assert_eq!(execution.output, Some(json!(1)));

    let pass = machine(&json!({ "QueryLanguage": "JSONata", "StartAt": "A", "States": {
        "A": { "Type": "Pass", "Output": "{% $states.input & $states.input %}", "End": true },
    }}));
    let execution = Simulation::new(&pass).input(json!("x".repeat(200_000))).run().expect("it runs");
    assert_eq!(execution.error.as_deref(), Some("States.DataLimitExceeded"));
}

#[test]
fn data_that_nests_ever_deeper_ends_the_execution() {
    let machine = machine(&json!({ "StartAt": "A", "States": {
        "A": { "Type": "Pass", "Parameters": { "a.$": "$" }, "Next": "A" },
    }}));
    let execution = Simulation::new(&machine).run().expect("it runs");
    assert_eq!(execution.status, Status::Failed);
}

#[test]
fn variables_have_a_limit_each_and_together() {
    let run = |definition: &serde_json::Value| {
        let input = json!({ "text": "x".repeat(200_000) });
        Simulation::new(&machine(definition)).input(input).run().expect("it runs")
    };
    let twice = run(&json!({ "QueryLanguage": "JSONata", "StartAt": "A", "States": {
        "A": { "Type": "Pass", "Assign": { "v": "{% $states.input.text & $states.input.text %}" }, "End": true },
    }}));
    assert_eq!(twice.error.as_deref(), Some("States.DataLimitExceeded"));

    let mut states = serde_json::Map::new();
    for n in 0..60 {
        let assign = json!({ format!("v{n}"): "{% $states.input.text %}" });
        states.insert(
            format!("S{n}"),
            json!({ "Type": "Pass", "Assign": assign, "Next": format!("S{}", n + 1) }),
        );
    }
    states.insert("S60".to_owned(), json!({ "Type": "Succeed" }));
    let many = run(&json!({ "QueryLanguage": "JSONata", "StartAt": "S0", "States": states }));
    assert_eq!(many.error.as_deref(), Some("States.DataLimitExceeded"));
    assert!(many.transitions > 50);
}
