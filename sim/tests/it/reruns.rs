//! What replaying an exported history on a changed definition says.

mod exports;

use std::time::Duration;

use serde_json::{Value, json};
use stepwright_codegen::asl::{self, StateMachine};
use stepwright_sim::replay::{ExportedHistory, Rerun, replay_history};
use stepwright_sim::{Reply, Simulation, Status};

fn machine(definition: &Value) -> StateMachine {
    asl::read(&definition.to_string()).expect("the definition is well-formed").into_machine()
}

fn task(fields: &Value) -> Value {
    let mut state = json!({ "Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:f" });
    let members = state.as_object_mut().expect("a state is an object");
    members.extend(fields.as_object().expect("fields are an object").clone());
    state
}

/// Charges, looks at the amount, ships each parcel while a letter is written.
fn order() -> Value {
    json!({
        "StartAt": "Charge",
        "States": {
            "Charge": task(&json!({
                "Retry": [{ "ErrorEquals": ["Busy"], "IntervalSeconds": 1, "MaxAttempts": 2 }],
                "TimeoutSeconds": 60, "ResultPath": "$.charge", "Next": "IsLarge",
            })),
            "IsLarge": {
                "Type": "Choice", "Default": "Deliver",
                "Choices": [{ "Variable": "$.total", "NumericGreaterThan": 1000, "Next": "Review" }],
            },
            "Review": task(&json!({ "ResultPath": null, "Next": "Deliver" })),
            "Deliver": {
                "Type": "Parallel", "ResultPath": "$.delivery", "End": true,
                "Branches": [
                    { "StartAt": "Parcels", "States": { "Parcels": {
                        "Type": "Map", "ItemsPath": "$.parcels", "End": true,
                        "ItemProcessor": { "StartAt": "Ship", "States": { "Ship": task(&json!({ "End": true })) } },
                    } } },
                    { "StartAt": "Write", "States": { "Write": task(&json!({ "End": true })) } },
                ],
            },
        },
    })
}

/// The history of an order that was charged at the second attempt.
fn history() -> Value {
    let order = machine(&order());
    let ship =
        |name: &str, seconds| Reply::success(json!({ "shipped": name })).taking(Duration::from_secs(seconds));
    let charges =
        [Reply::failure("Busy", "later"), Reply::success(json!({ "id": 1 })).taking(Duration::from_secs(40))];
    let execution = Simulation::new(&order)
        .input(json!({ "total": 900, "parcels": ["a", "b", "c"] }))
        .on("Charge", charges)
        .on("Ship", [ship("a", 9), ship("b", 6), ship("c", 3)])
        .on("Write", [Reply::success(json!("written")).taking(Duration::from_secs(5))])
        .run()
        .expect("everything has a stand-in");
    assert_eq!(execution.status, Status::Succeeded, "{}", execution.history);
    execution.history.to_json()
}

fn rerun(history: &Value, definition: &Value) -> Rerun {
    let history = ExportedHistory::read(&history.to_string()).expect("the history is complete");
    replay_history(&history, &machine(definition)).expect("the machine can be run")
}

/// The deviations from the order's history after a change of its definition: a JSON pointer and what is put there.
#[track_caller]
fn check(changes: &[(&str, Value)], expected: &[&str]) -> Rerun {
    let mut definition = order();
    for (pointer, value) in changes {
        if let Some(place) = definition.pointer_mut(pointer) {
            *place = value.clone();
            continue;
        }
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer has a slash");
        definition.pointer_mut(parent).expect("the pointer is to a value")[name] = value.clone();
    }
    let rerun = rerun(&history(), &definition);
    let deviations: Vec<String> = rerun.deviations.iter().map(ToString::to_string).collect();
    assert_eq!(deviations, expected);
    rerun
}

#[test]
fn the_same_definition_takes_the_same_way() {
    let rerun = check(&[], &[]);
    assert!(rerun.is_same() && rerun.is_complete);
    assert_eq!((rerun.same, rerun.status), (8, Some(Status::Succeeded)));
    assert_eq!((rerun.gone, rerun.new, rerun.notes), (vec![], vec![], vec![]));
}

#[test]
fn a_change_that_does_not_matter_is_the_same_way() {
    check(&[("/States/Charge/TimeoutSeconds", json!(50))], &[]);
    check(&[("/States/Deliver/Branches/0/States/Parcels/MaxConcurrency", json!(1))], &[]);
}

#[test]
fn another_transition_is_told() {
    let rerun = check(
        &[("/States/IsLarge/Choices/0/NumericGreaterThan", json!(500))],
        &["after `IsLarge` the execution went to `Deliver`, now it goes to `Review`; nothing was \
           recorded for its task, so the replay ends there"],
    );
    assert_eq!((rerun.same, rerun.new, rerun.is_complete), (2, vec!["Review".to_owned()], false));
}

#[test]
fn states_that_are_not_visited_any_more_are_told() {
    let rerun = check(
        &[("/States/IsLarge/Default", json!("Done")), ("/States/Done", json!({ "Type": "Succeed" }))],
        &["after `IsLarge` the execution went to `Deliver`, now it goes to `Done`"],
    );
    assert_eq!(rerun.gone, ["Deliver", "Parcels", "Ship", "Write"]);
    assert_eq!(rerun.new, ["Done"]);
    check(
        &[(
            "/States/Charge",
            task(&json!({ "ResultPath": "$.charge", "End": true,
            "Retry": [{ "ErrorEquals": ["Busy"] }] })),
        )],
        &["after `Charge` the execution went to `IsLarge`, now it ends"],
    );
}

#[test]
fn another_start_is_told() {
    check(
        &[("/StartAt", json!("IsLarge"))],
        &["the execution began with `Charge`, now it begins with `IsLarge`"],
    );
}

#[test]
fn another_input_is_told_once_and_where_it_differs() {
    check(
        &[("/States/Charge/ResultPath", json!("$.payment"))],
        &["`Charge` puts out something else, at `$.charge`: recorded {\"id\":1}, now nothing"],
    );
    check(
        &[("/States/Deliver/Branches/1/States/Write/InputPath", json!("$.total"))],
        &["the task of `Write` gets other arguments: recorded \
           {\"total\":900,\"parcels\":[\"a\",\"b\",\"c\"],\"charge\":{\"id\":1}}, now 900"],
    );
}

#[test]
fn another_retry_or_timeout_is_told() {
    check(
        &[("/States/Charge/Retry", json!([]))],
        &[
            "the task of `Charge` was tried again after Busy, now it is not",
            "the execution succeeded, now it fails with Busy",
        ],
    );
    check(
        &[("/States/Charge/TimeoutSeconds", json!(30))],
        &[
            "the task of `Charge` succeeded, now it times out with States.Timeout",
            "the execution succeeded, now it fails with States.Timeout",
        ],
    );
}

#[test]
fn another_fan_out_is_told() {
    check(
        &[("/States/Deliver/Branches/0/States/Parcels/ItemsPath", json!("$.parcels[0:2]"))],
        &["`Parcels` had 3 items, now it has 2"],
    );
    check(
        &[(
            "/States/Deliver/Branches/1",
            json!({ "StartAt": "Note", "States": {
            "Note": { "Type": "Pass", "End": true } } }),
        )],
        &["`Deliver` has no branch that starts with `Write` any more"],
    );
}

#[test]
fn items_are_matched_by_their_input() {
    let mut history = history();
    history["events"][0]["executionStartedEventDetails"]["input"] =
        json!(json!({ "total": 900, "parcels": ["c", "a", "b"] }).to_string());
    let rerun = rerun(&history, &order());
    let first = rerun.deviations.first().expect("the input differs").to_string();
    assert_eq!(first, "`Charge` gets another input, at `$.parcels[0]`: recorded \"a\", now \"c\"");
    // Nothing else goes another way: each parcel got the answer that was recorded for it.
    assert_eq!(rerun.deviations.len(), 1, "{:?}", rerun.deviations);
}

#[test]
fn failures_are_compared_too() {
    let failing = json!({ "StartAt": "Charge", "States": { "Charge": task(&json!({ "End": true })) } });
    let execution =
        Simulation::new(&machine(&failing)).on("Charge", [Reply::failure("Declined", "no")]).run();
    let history = execution.expect("everything has a stand-in").history.to_json();
    assert!(rerun(&history, &failing).is_same());
    let mut caught = failing.clone();
    caught["States"]["Charge"]["Catch"] = json!([{ "ErrorEquals": ["Declined"], "Next": "Apologise" }]);
    caught["States"]["Apologise"] = json!({ "Type": "Pass", "End": true });
    let rerun = rerun(&history, &caught);
    let deviations: Vec<String> = rerun.deviations.iter().map(ToString::to_string).collect();
    assert_eq!(
        deviations,
        [
            "`Charge` failed with Declined, now it goes on",
            "the execution failed with Declined, now it succeeds"
        ]
    );
}

#[test]
fn whatever_the_states_say_is_compared() {
    let original = history();
    let events = original["events"].as_array().expect("there are events").len();
    let fields = [
        ("stateEnteredEventDetails", "name"),
        ("stateEnteredEventDetails", "input"),
        ("stateExitedEventDetails", "output"),
        ("lambdaFunctionScheduledEventDetails", "input"),
        ("lambdaFunctionSucceededEventDetails", "output"),
        ("executionSucceededEventDetails", "output"),
    ];
    let mut count = 0;
    for (index, (details, field)) in (0..events).flat_map(|index| fields.map(|field| (index, field))) {
        let mut changed = original.clone();
        let Some(value) = changed["events"][index][details].get_mut(field) else { continue };
        *value = json!("\"changed\"");
        assert!(!rerun(&changed, &order()).is_same(), "{field} of event {} is not compared", index + 1);
        count += 1;
    }
    assert!(count > 30, "{count}");
}

#[test]
fn where_a_failure_cuts_branches_short_does_not_matter() {
    let both = json!({ "StartAt": "Both", "States": { "Both": {
        "Type": "Parallel", "End": true,
        "Retry": [{ "ErrorEquals": ["Broken"], "MaxAttempts": 1 }],
        "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Caught" }],
        "Branches": [
            { "StartAt": "Break", "States": { "Break": task(&json!({ "End": true })) } },
            { "StartAt": "Pause", "States": {
                "Pause": { "Type": "Wait", "Seconds": 3, "Next": "Work" },
                "Work": { "Type": "Wait", "Seconds": 3, "End": true },
            } },
        ],
    }, "Caught": { "Type": "Pass", "End": true } } });
    let execution = Simulation::new(&machine(&both))
        .on("Break", [Reply::failure("Broken", "").taking(Duration::from_secs(4))])
        .run();
    let mut history = execution.expect("everything has a stand-in").history.to_json();
    assert!(rerun(&history, &both).is_same());
    // Without times, the task fails before the other branch goes on.
    for event in history["events"].as_array_mut().expect("there are events") {
        event.as_object_mut().expect("an event is an object").remove("timestamp");
    }
    assert_eq!(rerun(&history, &both).deviations, []);
    let mut patient = both.clone();
    patient["States"]["Both"]["Retry"][0]["MaxAttempts"] = json!(2);
    let first = rerun(&history, &patient).deviations[0].to_string();
    assert_eq!(first, "`Both` was run 2 times, now it is run 3 times");
}

#[test]
fn a_task_that_missed_its_heartbeat_misses_it_again() {
    let mut beating = json!({ "StartAt": "Work", "States": { "Work": {
        "Type": "Task", "Resource": "arn:aws:states:eu-west-1:123456789012:activity:work",
        "HeartbeatSeconds": 20, "TimeoutSeconds": 600, "End": true,
    } } });
    let falls_silent =
        Reply::silence().with_heartbeats(Duration::from_secs(10)).taking(Duration::from_secs(95));
    let lasts =
        Reply::success(json!(1)).with_heartbeats(Duration::from_secs(10)).taking(Duration::from_secs(95));
    for reply in [falls_silent, lasts, Reply::silence()] {
        let machine = machine(&beating);
        let execution = Simulation::new(&machine).on("Work", [reply]).run().expect("it has a stand-in");
        assert_eq!(rerun(&execution.history.to_json(), &beating).deviations, []);
    }
    let execution = Simulation::new(&machine(&beating))
        .on(
            "Work",
            [Reply::failure("No", "")
                .with_heartbeats(Duration::from_secs(10))
                .taking(Duration::from_secs(95))],
        )
        .run();
    let history = execution.expect("it has a stand-in").history.to_json();
    beating["States"]["Work"]["TimeoutSeconds"] = json!(90);
    let first = rerun(&history, &beating).deviations[0].to_string();
    assert_eq!(first, "the task of `Work` failed with No, now it times out with States.Timeout");
}
