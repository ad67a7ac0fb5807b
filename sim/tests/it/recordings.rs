//! Whether replaying notices what is different.

use serde_json::{Value, json};
use stepwright_sim::replay::{Recording, replay};

fn recording() -> Value {
    json!({
        "id": "example",
        "recorded": "2025-01-01",
        "definition": { "StartAt": "A", "States": {
            "A": {
                "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Assign": { "v.$": "$.n" },
                "Parameters": { "FunctionName": "f" }, "End": true,
            },
        }},
        "input": { "a": 1 },
        "type": "STANDARD",
        "bindings": {},
        "opaque": ["timestamp"],
        "tasks": { "A": [{ "ok": { "n": 2 }, "event_id": 3 }] },
        "history": [
            {
                "id": 1, "previousEventId": 0, "timestamp": "timestamp", "type": "ExecutionStarted",
                "executionStartedEventDetails": {
                    "input": { "a": 1 }, "inputDetails": { "truncated": false }, "roleArn": "<role>",
                },
            },
            {
                "id": 2, "previousEventId": 0, "timestamp": "timestamp", "type": "TaskStateEntered",
                "stateEnteredEventDetails": {
                    "input": { "a": 1 }, "inputDetails": { "truncated": false }, "name": "A",
                },
            },
            {
                "id": 3, "previousEventId": 2, "timestamp": "timestamp", "type": "TaskScheduled",
                "taskScheduledEventDetails": {
                    "parameters": { "FunctionName": "f" }, "region": "us-east-1", "resource": "invoke",
                    "resourceType": "lambda",
                },
            },
            {
                "id": 4, "previousEventId": 3, "timestamp": "timestamp", "type": "TaskStarted",
                "taskStartedEventDetails": { "resource": "invoke", "resourceType": "lambda" },
            },
            {
                "id": 5, "previousEventId": 4, "timestamp": "timestamp", "type": "TaskSucceeded",
                "taskSucceededEventDetails": {
                    "output": { "n": 2 }, "outputDetails": { "truncated": false }, "resource": "invoke",
                    "resourceType": "lambda",
                },
            },
            {
                "id": 6, "previousEventId": 5, "timestamp": "timestamp", "type": "TaskStateExited",
                "stateExitedEventDetails": {
                    "assignedVariables": { "v": "2" }, "assignedVariablesDetails": { "truncated": false },
                    "name": "A", "output": { "n": 2 }, "outputDetails": { "truncated": false },
                },
            },
            {
                "id": 7, "previousEventId": 6, "timestamp": "timestamp", "type": "ExecutionSucceeded",
                "executionSucceededEventDetails": {
                    "output": { "n": 2 }, "outputDetails": { "truncated": false },
                },
            },
        ],
        "outcome": { "status": "SUCCEEDED", "output": { "n": 2 } },
    })
}

fn differences(recording: &Value) -> Vec<String> {
    let recording = match Recording::read(&recording.to_string()) {
        Ok(recording) => recording,
        Err(error) => return vec![error.to_string()],
    };
    let differences = replay(&recording).expect("it runs");
    differences.iter().map(ToString::to_string).collect()
}

#[test]
fn the_same_way_has_no_differences() {
    assert_eq!(differences(&recording()), Vec::<String>::new());
}

#[test]
fn a_change_of_any_recorded_field_is_noticed() {
    let original = recording();
    let mut pointers = Vec::new();
    leaves(&original["history"], "/history".to_owned(), &mut pointers);
    leaves(&original["outcome"], "/outcome".to_owned(), &mut pointers);
    assert!(pointers.len() > 50, "{pointers:?}");
    for pointer in pointers {
        // These two are compared with anything: opaque, and a placeholder that stands for one text only.
        if pointer.ends_with("timestamp") || pointer.ends_with("roleArn") {
            continue;
        }
        let mut changed = recording();
        *changed.pointer_mut(&pointer).expect("the pointer is to a value") = json!("changed");
        assert!(!differences(&changed).is_empty(), "{pointer} is not compared");
    }
}

#[test]
fn a_missing_event_is_noticed() {
    for index in 0..7 {
        let mut changed = recording();
        changed["history"].as_array_mut().expect("it is an array").remove(index);
        assert!(!differences(&changed).is_empty(), "event {index} is not missed");
    }
}

/// JSON pointers to all values that are neither objects nor arrays.
fn leaves(value: &Value, at: String, pointers: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                leaves(item, format!("{at}/{index}"), pointers);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                leaves(member, format!("{at}/{name}"), pointers);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => pointers.push(at),
    }
}
