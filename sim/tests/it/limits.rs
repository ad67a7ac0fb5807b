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

/// A Distributed Map whose items come from the object `items` of the bucket `b`, a JSON document.
fn reading(fields: &serde_json::Value) -> StateMachine {
    let mut map = json!({
        "Type": "Map",
        "ItemReader": {
            "Resource": "arn:aws:states:::s3:getObject",
            "Parameters": { "Bucket": "b", "Key": "items" },
            "ReaderConfig": { "InputType": "JSON" },
        },
        "ItemProcessor": {
            "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS" },
            "StartAt": "Item", "States": { "Item": { "Type": "Pass", "Result": "done", "End": true } },
        },
        "Catch": [{ "ErrorEquals": ["States.DataLimitExceeded"], "Next": "TooLarge" }],
        "End": true,
    });
    let members = map.as_object_mut().expect("it is an object");
    members.extend(fields.as_object().expect("fields are an object").clone());
    let too_large = json!({ "Type": "Pass", "Result": "too large", "End": true });
    machine(&json!({ "StartAt": "Each", "States": { "Each": map, "TooLarge": too_large } }))
}

#[test]
fn an_item_may_be_larger_than_an_input_if_a_selector_makes_it_smaller() {
    let run = |bytes: usize, fields: serde_json::Value| {
        let body = json!([{ "n": 1, "text": "x".repeat(bytes) }]).to_string();
        Simulation::new(&reading(&fields)).object("b", "items", body).run().expect("it runs")
    };
    let smaller = || json!({ "ItemSelector": { "n.$": "$$.Map.Item.Value.n" } });
    let outcome = |execution: stepwright_sim::Execution| (execution.output, execution.error);
    assert_eq!(outcome(run(300_000, smaller())), (Some(json!(["done"])), None));
    assert_eq!(outcome(run(300_000, json!({}))), (Some(json!("too large")), None));
    // A batch has room for no item that is too large by itself.
    let batcher = json!({ "ItemBatcher": { "MaxItemsPerBatch": 10 } });
    assert_eq!(outcome(run(300_000, batcher)), (Some(json!("too large")), None));
    let failed = run(8 * 1_024 * 1_024, smaller());
    assert_eq!(failed.error.as_deref(), Some("States.ItemReaderFailed"));
    assert_eq!(failed.cause.as_deref(), Some("item 0 is larger than 8388608 bytes"));
}

#[test]
fn an_item_that_is_too_large_fails_the_map_run() {
    let body = json!(["x".repeat(300_000)]).to_string();
    let execution = Simulation::new(&reading(&json!({}))).object("b", "items", body).run().expect("it runs");
    let names: Vec<_> = execution.history.events.iter().map(|event| event.kind.type_name()).collect();
    assert_eq!(names[2..6], ["MapStateStarted", "MapRunStarted", "MapRunFailed", "MapStateFailed"]);
}

#[test]
fn a_batch_has_at_most_as_many_bytes_as_an_input() {
    let run = |bytes: u64| {
        let fields = json!({ "ItemBatcher": { "MaxInputBytesPerBatchPath": "$.bytes" } });
        let machine = reading(&fields);
        let simulation = Simulation::new(&machine).input(json!({ "bytes": bytes }));
        simulation.object("b", "items", "[1, 2, 3]").run().expect("it runs")
    };
    assert_eq!(run(262_144).output, Some(json!(["done"])));
    let failed = run(262_145);
    assert_eq!(failed.error.as_deref(), Some("States.Runtime"));
    let cause = failed.cause.expect("there is a cause");
    assert!(cause.ends_with("MaxInputBytesPerBatch cannot be greater than 262144."), "{cause}");
}

#[test]
fn an_http_task_has_a_minute_whatever_its_state_says() {
    let run = |timeout: u64, takes: u64| {
        let machine = machine(&json!({ "StartAt": "Call", "States": { "Call": {
            "Type": "Task", "Resource": "arn:aws:states:::http:invoke", "TimeoutSeconds": timeout, "End": true,
        }}}));
        let reply = Reply::success(json!({})).taking(Duration::from_secs(takes));
        let execution = Simulation::new(&machine).on("Call", [reply]).run().expect("it runs");
        (execution.error.unwrap_or_default(), execution.elapsed.as_secs())
    };
    assert_eq!(run(900, 60), (String::new(), 60));
    assert_eq!(run(900, 61), ("States.Http.Socket".to_owned(), 60));
    assert_eq!(run(30, 61), ("States.Timeout".to_owned(), 30));
}
