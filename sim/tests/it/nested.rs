//! Tasks that start executions of linked machines.

use serde_json::{Value, json};
use stepwright_codegen::asl::StateMachine;
use stepwright_sim::{Execution, Reply, Simulation, Status};

use crate::machine::machine;

const CHILD: &str = "arn:aws:states:us-east-1:123456789012:stateMachine:child";
const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:f";

/// A machine with a single task that starts the child.
fn parent(resource: &str, fields: &Value) -> StateMachine {
    let mut task = json!({
        "Type": "Task", "Resource": format!("arn:aws:states:::{resource}"), "End": true,
        "Parameters": { "StateMachineArn": CHILD, "Name": "n", "Input": { "a.$": "$.a" } },
    });
    for (field, value) in fields.as_object().expect("they are fields") {
        task[field] = value.clone();
    }
    machine(&json!({ "StartAt": "Start", "States": { "Start": task } }))
}

/// A machine with a single task, which the function `Work` stands for.
fn child() -> StateMachine {
    machine(&json!({ "TimeoutSeconds": 1_000, "StartAt": "Work", "States": { "Work": {
        "Type": "Task", "Resource": FUNCTION, "End": true,
    }}}))
}

fn run(resource: &str, fields: &Value, work: Reply) -> Execution {
    let (parent, child) = (parent(resource, fields), child());
    let simulation = Simulation::new(&parent).link(CHILD, &child).input(json!({ "a": 1 }));
    simulation.on("Work", [work]).run().expect("it can be run")
}

fn after(seconds: u64) -> std::time::Duration {
    std::time::Duration::from_secs(seconds)
}

#[test]
fn the_execution_is_described_with_its_output() {
    let work = || Reply::success(json!({ "b": 2 })).taking(after(60));
    let description = json!({
        "ExecutionArn": "arn:aws:states:us-east-1:123456789012:execution:child:n",
        "Input": "{\"a\":1}",
        "InputDetails": { "Included": true },
        "Name": "n",
        "Output": "{\"b\":2}",
        "OutputDetails": { "Included": true },
        "RedriveCount": 0,
        "RedriveStatus": "NOT_REDRIVABLE",
        "RedriveStatusReason": "Execution is SUCCEEDED and cannot be redriven",
        "StartDate": "2025-01-01T00:00:00.000Z",
        "StateMachineArn": CHILD,
        "Status": "SUCCEEDED",
        "StopDate": "2025-01-01T00:01:00.000Z",
    });
    let execution = run("states:startExecution.sync", &json!({}), work());
    assert_eq!(execution.output, Some(description.clone()));
    assert_eq!(execution.elapsed, after(60));
    let execution = run("states:startExecution.sync:2", &json!({}), work());
    let mut with_json = description;
    (with_json["Input"], with_json["Output"]) = (json!({ "a": 1 }), json!({ "b": 2 }));
    assert_eq!(execution.output, Some(with_json));
}

#[test]
fn the_execution_has_a_history_of_its_own() {
    let execution = run("states:startExecution.sync:2", &json!({}), Reply::success(json!({ "b": 2 })));
    let [nested] = execution.nested.as_slice() else { panic!("there is one: {:?}", execution.nested) };
    assert_eq!((nested.state_machine.as_str(), nested.name.as_str()), (CHILD, "n"));
    assert_eq!((&nested.input, nested.status), (&json!({ "a": 1 }), Status::Succeeded));
    let types: Vec<String> = nested.history.events.iter().map(|event| event.kind.type_name()).collect();
    let task = ["LambdaFunctionScheduled", "LambdaFunctionStarted", "LambdaFunctionSucceeded"];
    assert_eq!(types[..2], ["ExecutionStarted", "TaskStateEntered"]);
    assert_eq!(types[2..5], task);
    assert_eq!(types[5..], ["TaskStateExited", "ExecutionSucceeded"]);
    let types: Vec<String> = execution.history.events.iter().map(|event| event.kind.type_name()).collect();
    assert_eq!(types[2..6], ["TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded"]);
}

#[test]
fn an_execution_that_fails_fails_the_task() {
    let execution = run("states:startExecution.sync:2", &json!({}), Reply::failure("E", "c"));
    assert_eq!(execution.error.as_deref(), Some("States.TaskFailed"));
    let cause: Value = serde_json::from_str(&execution.cause.expect("a cause")).expect("it is JSON");
    assert_eq!(
        (&cause["Status"], &cause["Error"], &cause["Cause"]),
        (&json!("FAILED"), &json!("E"), &json!("c"))
    );
}

#[test]
fn an_execution_can_time_out() {
    let execution = run("states:startExecution.sync", &json!({}), Reply::silence());
    assert_eq!((execution.error.as_deref(), execution.elapsed), (Some("States.TaskFailed"), after(1_000)));
    let cause: Value = serde_json::from_str(&execution.cause.expect("a cause")).expect("it is JSON");
    assert_eq!((&cause["Status"], &cause["Error"]), (&json!("TIMED_OUT"), &json!("States.Timeout")));
    assert_eq!(execution.nested[0].status, Status::TimedOut);
}

#[test]
fn who_only_starts_it_does_not_wait() {
    let execution = run("states:startExecution", &json!({}), Reply::success(json!(1)).taking(after(60)));
    assert_eq!(
        execution.output,
        Some(json!({
            "ExecutionArn": "arn:aws:states:us-east-1:123456789012:execution:child:n",
            "StartDate": "2025-01-01T00:00:00.000Z",
        }))
    );
    assert_eq!(execution.elapsed, after(0));
    assert!(execution.nested.is_empty());
}

#[test]
fn a_synchronous_express_execution_answers_even_when_it_fails() {
    let execution = run("aws-sdk:sfn:startSyncExecution", &json!({}), Reply::failure("E", "c"));
    let output = execution.output.expect("the task has succeeded");
    assert_eq!((&output["Status"], &output["Error"]), (&json!("FAILED"), &json!("E")));
    let execution = run("aws-sdk:sfn:startSyncExecution", &json!({}), Reply::silence());
    let output = execution.output.expect("the task has succeeded");
    assert_eq!((&output["Status"], execution.elapsed), (&json!("TIMED_OUT"), after(300)));
}

#[test]
fn a_task_that_is_given_up_stops_its_execution() {
    let execution = run("states:startExecution.sync", &json!({ "TimeoutSeconds": 10 }), Reply::silence());
    assert_eq!((execution.error.as_deref(), execution.elapsed), (Some("States.Timeout"), after(10)));
    assert_eq!(execution.nested[0].status, Status::Aborted);
    let types: Vec<String> =
        execution.nested[0].history.events.iter().map(|event| event.kind.type_name()).collect();
    assert_eq!(types.last().map(String::as_str), Some("ExecutionAborted"));
}

#[test]
fn a_name_cannot_be_used_again() {
    let retry = json!({ "Retry": [{ "ErrorEquals": ["States.TaskFailed"], "MaxAttempts": 1 }] });
    let execution = run("states:startExecution.sync", &retry, Reply::failure("E", "c"));
    assert_eq!(execution.error.as_deref(), Some("StepFunctions.ExecutionAlreadyExistsException"));
}

#[test]
fn a_machine_that_starts_itself_without_end_is_an_error() {
    let parameters = json!({ "StateMachineArn": "${Self}", "Input": {} });
    let machine = parent("states:startExecution.sync", &json!({ "Parameters": parameters }));
    let error = Simulation::new(&machine).link("${Self}", &machine).run().expect_err("it does not end");
    assert!(error.is_endless(), "{error}");
}

#[test]
fn the_child_sees_itself_in_the_context_object() {
    let child = machine(&json!({ "StartAt": "Show", "States": { "Show": {
        "Type": "Pass", "End": true,
        "Parameters": { "id.$": "$$.Execution.Id", "machine.$": "$$.StateMachine.Name", "in.$": "$$.Execution.Input" },
    }}}));
    let parent = parent("states:startExecution.sync:2", &json!({}));
    let execution =
        Simulation::new(&parent).link(CHILD, &child).input(json!({ "a": 1 })).run().expect("it runs");
    let output = &execution.output.expect("it succeeded")["Output"];
    let id = "arn:aws:states:us-east-1:123456789012:execution:child:n";
    assert_eq!(output, &json!({ "id": id, "machine": "child", "in": { "a": 1 } }));
}

#[test]
fn a_broken_child_is_named() {
    let child = machine(&json!({ "StartAt": "A", "States": { "A": { "Type": "Pass", "Next": "B" } } }));
    let parent = parent("states:startExecution", &json!({}));
    let error = Simulation::new(&parent).link(CHILD, &child).run().expect_err("the child is broken");
    assert_eq!(
        error.to_string(),
        format!("the state machine is broken at `A` of `{CHILD}`: there is no state `B`")
    );
}
