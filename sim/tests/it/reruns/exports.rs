//! What an export may look like, and what it does not tell.

use serde_json::json;
use stepwright_sim::replay::ExportedHistory;
use stepwright_sim::{Reply, Simulation, Status};

use super::{history, machine, order, rerun, task};

#[test]
fn a_running_execution_is_compared_as_far_as_it_got() {
    let complete = history();
    let events = complete["events"].as_array().expect("there are events");
    for length in 1..events.len() {
        let history = json!(events[..length]);
        let rerun = rerun(&history, &order());
        assert_eq!(rerun.deviations, [], "the first {length} events");
        assert_eq!(rerun.status, None);
        assert_eq!(rerun.notes, ["the execution was still running when it was exported"]);
    }
}

#[test]
fn what_is_not_compared_is_noted() {
    let mut page = history();
    page["events"].as_array_mut().expect("there are events").truncate(9);
    page["nextToken"] = json!("more");
    assert_eq!(rerun(&page, &order()).notes, ["the export is one page of several; its end is missing"]);

    let mut redriven = history();
    let events = redriven["events"].as_array_mut().expect("there are events");
    events.truncate(9);
    events.push(json!({ "id": 10, "previousEventId": 9, "type": "ExecutionRedriven" }));
    let notes = rerun(&redriven, &order()).notes;
    assert_eq!(notes[0], "the execution was redriven; what came after that is left out");

    let mut aborted = history();
    let events = aborted["events"].as_array_mut().expect("there are events");
    events.truncate(9);
    events.push(json!({ "id": 10, "previousEventId": 0, "type": "ExecutionAborted" }));
    let rerun = rerun(&aborted, &order());
    assert_eq!((rerun.deviations, rerun.status), (vec![], Some(Status::Aborted)));
    assert_eq!(rerun.notes, ["the execution was aborted; it is compared as far as it got"]);
}

#[test]
fn events_can_come_in_reverse_and_with_other_times() {
    let mut history = history();
    let events = history["events"].as_array_mut().expect("there are events");
    events.reverse();
    assert!(rerun(&history, &order()).is_same());
    let events = history["events"].as_array_mut().expect("there are events");
    for event in events {
        let id = event["id"].as_f64().expect("an id is a number");
        event["timestamp"] = json!(1_767_225_600.0 + id);
    }
    assert!(rerun(&history, &order()).is_same());
    for event in history["events"].as_array_mut().expect("there are events") {
        event.as_object_mut().expect("an event is an object").remove("timestamp");
    }
    assert_eq!(rerun(&history, &order()).notes, ["the events have no timestamps, so tasks take no time"]);
}

#[track_caller]
fn check_unusable(text: &str, expected: &str) {
    let error = ExportedHistory::read(text).expect_err("it cannot be used");
    assert_eq!(error.to_string(), expected);
    assert!(!error.help().is_empty());
}

#[test]
fn what_cannot_be_used_is_told() {
    check_unusable("events:", "it is no JSON: expected value at line 1 column 1");
    check_unusable("{}", "it has no `events`");
    check_unusable("[]", "its list of events is empty");
    check_unusable("[1]", "one of its events has no `id`");
    check_unusable(r#"[{ "id": 1 }]"#, "its event 1 has no `type`");
    check_unusable(
        r#"[{ "id": 2, "type": "PassStateEntered" }]"#,
        "its first event, `ExecutionStarted`, is missing",
    );
    check_unusable(r#"[{ "id": 1, "type": "ExecutionStarted" }]"#, "it has no payloads");
    let mut history = history();
    history["events"].as_array_mut().expect("there are events").remove(3);
    check_unusable(&history.to_string(), "its event 4 is missing");
    history["events"][1]["stateEnteredEventDetails"]["inputDetails"]["truncated"] = json!(true);
    check_unusable(&history.to_string(), "the payload of its event 2 is truncated");
}

#[test]
fn a_history_of_another_machine_is_noticed() {
    let history = ExportedHistory::read(&history().to_string()).expect("the history is complete");
    assert!(history.is_of(&machine(&order())));
    let other = json!({ "StartAt": "Other", "States": { "Other": { "Type": "Succeed" } } });
    assert!(!history.is_of(&machine(&other)));
    assert_eq!(history.states(), ["Charge", "IsLarge", "Deliver", "Parcels", "Ship", "Write"]);
}

#[test]
fn children_of_distributed_maps_are_left_out() {
    let mut each = json!({
        "StartAt": "Each", "States": { "Each": {
            "Type": "Map", "End": true,
            "ItemProcessor": {
                "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
                "StartAt": "Ship", "States": { "Ship": task(&json!({ "End": true })) },
            },
        } },
    });
    each["States"]["Each"]["ResultPath"] = json!("$.shipped");
    each["States"]["Each"]["ItemsPath"] = json!("$.items");
    let execution = Simulation::new(&machine(&each))
        .input(json!({ "items": [1, 2] }))
        .on("Ship", [Reply::success(json!("shipped"))])
        .run();
    let history = execution.expect("everything has a stand-in").history.to_json();
    let rerun = rerun(&history, &each);
    assert_eq!(rerun.deviations, []);
    assert_eq!(rerun.notes.len(), 1, "{:?}", rerun.notes);
}

#[test]
fn the_replay_ends_where_items_are_read_from_elsewhere() {
    let read = json!({ "StartAt": "Begin", "States": {
        "Begin": { "Type": "Pass", "Next": "Each" },
        "Each": {
            "Type": "Map", "End": true,
            "ItemReader": {
                "Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": { "InputType": "JSON" },
                "Parameters": { "Bucket": "items", "Key": "items.json" },
            },
            "ItemProcessor": {
                "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
                "StartAt": "Ship", "States": { "Ship": { "Type": "Pass", "End": true } },
            },
        },
    } });
    let execution = Simulation::new(&machine(&read)).object("items", "items.json", "[1, 2]").run();
    let rerun = rerun(&execution.expect("it has no tasks").history.to_json(), &read);
    assert_eq!((rerun.deviations, rerun.same, rerun.is_complete), (vec![], 1, false));
    assert_eq!(rerun.notes[0], "the replay ends at `Each`, for what its children did is not known");
}

#[test]
fn what_changes_each_time_is_not_compared() {
    let volatile = json!({ "StartAt": "Name", "States": {
        "Name": {
            "Type": "Pass", "Next": "Call",
            "Parameters": {
                "id.$": "States.UUID()", "run.$": "$$.Execution.Name", "at.$": "$$.State.EnteredTime", "n.$": "$.n",
            },
        },
        "Call": task(&json!({ "End": true })),
    } });
    let machine = machine(&volatile);
    let identity = stepwright_sim::Identity { execution_name: "real".to_owned(), ..Default::default() };
    let execution = Simulation::new(&machine).input(json!({ "n": 1 })).seed(7).started(1_767_225_600_000);
    let execution = execution.identity(identity).on("Call", [Reply::success(json!(1))]).run();
    let history = execution.expect("everything has a stand-in").history.to_json();
    assert_eq!(rerun(&history, &volatile).deviations, []);
    let mut changed = volatile.clone();
    changed["States"]["Name"]["Parameters"]["n.$"] = json!("States.MathAdd($.n, 1)");
    let deviations = rerun(&history, &changed).deviations;
    assert_eq!(deviations[0].to_string(), "`Name` puts out something else, at `$.n`: recorded 1, now 2");
}

#[test]
fn what_is_put_in_at_deployment_is_not_compared() {
    let call = |function: &str| {
        json!({ "StartAt": "Call", "States": { "Call": {
            "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
            "Parameters": { "FunctionName": function, "Payload.$": "$" },
        } } })
    };
    let deployed = machine(&call("arn:aws:lambda:eu-west-1:123456789012:function:call"));
    let execution = Simulation::new(&deployed).on("Call", [Reply::success(json!({ "Payload": 1 }))]).run();
    let history = execution.expect("everything has a stand-in").history.to_json();
    assert_eq!(rerun(&history, &call("${Call}")).deviations, []);
    let deviations = rerun(&history, &call("other")).deviations;
    assert_eq!(
        deviations[0].to_string(),
        "the task of `Call` gets other arguments, at `$.FunctionName`: recorded \
         \"arn:aws:lambda:eu-west-1:123456789012:function:call\", now \"other\""
    );
}
