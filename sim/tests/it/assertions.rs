//! Each assertion, where it holds and where it does not, with what it says then.

use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use stepwright::{DurationExt, ErrorName, States};
use stepwright_sim::{Execution, Reply, Simulation, Timeline};

use crate::machine::machine;

const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:f";

const DECLINED: ErrorName = ErrorName::new("Declined");

/// A shop that charges, packs two things at a time, and ships; who does not pay gets a letter.
fn shop() -> Value {
    json!({ "QueryLanguage": "JSONata", "StartAt": "Charge", "States": {
        "Charge": {
            "Type": "Task", "Resource": FUNCTION, "Next": "PackAll",
            "Arguments": { "amount": "{% $states.input.total %}" },
            "Assign": { "charge": "{% $states.result.id %}" },
            "Output": "{% $states.input.lines %}",
            "Retry": [{ "ErrorEquals": ["Busy"], "IntervalSeconds": 5, "MaxAttempts": 3 }],
            "Catch": [{ "ErrorEquals": ["Declined"], "Next": "Letter", "Assign": { "charge": "none" } }],
        },
        "PackAll": {
            "Type": "Map", "Next": "Ship",
            "ItemProcessor": { "StartAt": "Pack", "States": {
                "Pack": { "Type": "Pass", "End": true, "Output": { "packed": "{% $states.input %}" } },
            }},
        },
        "Ship": { "Type": "Task", "Resource": FUNCTION, "End": true, "TimeoutSeconds": 60 },
        "Letter": { "Type": "Fail", "Error": "NotPaid", "Cause": "the bank said:\nno money" },
    }})
}

fn run(charge: impl IntoIterator<Item = Reply>, ship: Reply) -> Execution {
    let machine = machine(&shop());
    let simulation = Simulation::new(&machine).input(json!({ "total": 12.0, "lines": ["pear", "apple"] }));
    simulation.on("Charge", charge).on("Ship", [ship]).run().expect("it runs")
}

/// The card is charged at the third attempt.
fn shipped() -> Execution {
    let busy = || Reply::failure("Busy", "try later");
    let parcel = json!({ "parcel": { "id": "p-1", "weight": 800 }, "carrier": "post" });
    run([busy(), busy(), Reply::success(json!({ "id": "c-1" }))], Reply::success(parcel))
}

fn declined() -> Execution {
    run([Reply::failure("Declined", "no money")], Reply::silence())
}

/// Stopped from outside, or by its own timeout.
fn ended(fields: &Value) -> Execution {
    let rest = json!({ "Type": "Wait", "Seconds": 60, "End": true });
    let mut definition = json!({ "StartAt": "Rest", "States": { "Rest": rest } });
    let members = definition.as_object_mut().expect("it is an object");
    members.extend(fields.as_object().expect("fields are an object").clone());
    let machine = machine(&definition);
    Simulation::new(&machine).stop_after(30.seconds(), Some("Enough"), None).run().expect("it runs")
}

/// What an assertion says that does not hold.
#[track_caller]
fn message(execution: &Execution, assertion: impl FnOnce(&Execution) -> &Execution) -> String {
    let fails = AssertUnwindSafe(|| assertion(execution).status);
    let panic = catch_unwind(fails).expect_err("the assertion does not hold");
    *panic.downcast().expect("a message with its values")
}

/// The same, without the timeline.
#[track_caller]
fn reason(execution: &Execution, assertion: impl FnOnce(&Execution) -> &Execution) -> String {
    let message = message(execution, assertion);
    message.split("\n\n").next().unwrap_or_default().to_owned()
}

#[test]
fn an_outcome_that_differs_is_told_with_the_timeline() {
    insta::assert_snapshot!(message(&declined(), |it| it.assert_succeeded()), @"
    expected the execution to succeed, but it failed with `NotPaid` (the bank said: no money)

    0 s  Charge  entered
    0 s  Charge  attempt 1 failed: Declined (no money)
    0 s  Charge  caught Declined → Letter
    0 s  Letter  entered
    0 s  FAILED  NotPaid (the bank said: no money)
    ");
}

#[test]
fn success() {
    let output = json!({ "carrier": "post", "parcel": { "weight": 800.0, "id": "p-1" } });
    shipped().assert_succeeded().assert_succeeded_with(output);
    let output = json!({ "parcel": { "weight": 900, "id": "p-1" }, "tracking code": 7 });
    insta::assert_snapshot!(message(&shipped(), |it| it.assert_succeeded_with(&output)), @r#"
    the execution succeeded, but its output is not the expected one
      output.parcel.weight: expected 900, found 800
      output["tracking code"]: expected 7, found nothing
      output.carrier: expected nothing, found "post"

    0 s   Charge      entered
    0 s   Charge      attempt 1 failed: Busy (try later)
    0 s   Charge      retry in 5 s
    5 s   Charge      attempt 2 failed: Busy (try later)
    5 s   Charge      retry in 10 s
    15 s  Charge      attempt 3 succeeded → PackAll
    15 s  PackAll     entered, 2 items
    15 s    [0] Pack  done
    15 s    [1] Pack  done
    15 s  PackAll     → Ship
    15 s  Ship        entered
    15 s  Ship        attempt 1 succeeded
    15 s  SUCCEEDED
    "#);
    insta::assert_snapshot!(reason(&declined(), |it| it.assert_succeeded_with(&output)), @"expected the execution to succeed, but it failed with `NotPaid` (the bank said: no money)");
    insta::assert_snapshot!(reason(&shipped(), |it| it.assert_succeeded_with("post")), @r#"
    the execution succeeded, but its output is not the expected one
      output: expected "post", found {"parcel":{"id":"p-1","weight":800},"carrier":"post"}
    "#);
}

#[test]
fn failure() {
    declined().assert_failed().assert_failed_with("NotPaid").assert_failed_with(ErrorName::new("NotPaid"));
    let silent = run([Reply::success(json!({ "id": "c-1" }))], Reply::silence());
    silent.assert_failed_with(States::TIMEOUT).assert_elapsed(60.seconds());
    insta::assert_snapshot!(reason(&shipped(), |it| it.assert_failed()), @r#"expected the execution to fail, but it succeeded with {"parcel":{"id":"p-1","weight":800},"carrier":"post"}"#);
    insta::assert_snapshot!(reason(&shipped(), |it| it.assert_failed_with(DECLINED)), @r#"expected the execution to fail with `Declined`, but it succeeded with {"parcel":{"id":"p-1","weight":800},"carrier":"post"}"#);
    insta::assert_snapshot!(reason(&declined(), |it| it.assert_failed_with(DECLINED)), @"expected the execution to fail with `Declined`, but it failed with `NotPaid` (the bank said: no money)");
    insta::assert_snapshot!(reason(&silent, |it| it.assert_timed_out()), @"expected the execution to time out, but it failed with `States.Timeout`");
}

#[test]
fn ends_from_outside() {
    let (stopped, slow) = (ended(&json!({})), ended(&json!({ "TimeoutSeconds": 10 })));
    stopped.assert_aborted();
    slow.assert_timed_out();
    insta::assert_snapshot!(reason(&stopped, |it| it.assert_timed_out()), @"expected the execution to time out, but it was aborted with `Enough`");
    insta::assert_snapshot!(reason(&slow, |it| it.assert_aborted()), @"expected the execution to be aborted, but it timed out");
    insta::assert_snapshot!(reason(&slow, |it| it.assert_failed_with("States.Timeout")), @"expected the execution to fail with `States.Timeout`, but it timed out");
}

#[test]
fn causes() {
    declined().assert_cause_contains("said:\nno");
    insta::assert_snapshot!(reason(&declined(), |it| it.assert_cause_contains("some money")), @r#"
    expected the execution to end with a cause that contains "some money", but it failed with `NotPaid` (the bank said: no money)
      the bank said:
      no money
    "#);
    insta::assert_snapshot!(reason(&ended(&json!({})), |it| it.assert_cause_contains("")), @r#"expected the execution to end with a cause that contains "", but it was aborted with `Enough`"#);
}

#[test]
fn visits() {
    shipped()
        .assert_visited("Pack")
        .assert_visited_times("Pack", 2)
        .assert_visited_times("Letter", 0)
        .assert_not_visited("Letter");
    insta::assert_snapshot!(message(&shipped(), |it| it.assert_visited("Shop")), @"
    expected a visit to `Shop`, but there was none
      similar names: `Ship`

    0 s   Charge      entered
    0 s   Charge      attempt 1 failed: Busy (try later)
    0 s   Charge      retry in 5 s
    5 s   Charge      attempt 2 failed: Busy (try later)
    5 s   Charge      retry in 10 s
    15 s  Charge      attempt 3 succeeded → PackAll
    15 s  PackAll     entered, 2 items
    15 s    [0] Pack  done
    15 s    [1] Pack  done
    15 s  PackAll     → Ship
    15 s  Ship        entered
    15 s  Ship        attempt 1 succeeded
    15 s  SUCCEEDED
    ");
    insta::assert_snapshot!(reason(&shipped(), |it| it.assert_visited("pac")), @"
    expected a visit to `pac`, but there was none
      similar names: `Pack`
    ");
    insta::assert_snapshot!(reason(&shipped(), |it| it.assert_visited_times("Pack", 1)), @"expected 1 visit to `Pack`, but there were 2");
    insta::assert_snapshot!(reason(&shipped(), |it| it.assert_visited_times("Pakc", 2)), @"
    expected 2 visits to `Pakc`, but there was none
      similar names: `Pack`
    ");
    insta::assert_snapshot!(reason(&declined(), |it| it.assert_not_visited("Letter")), @"expected no visit to `Letter`, but there was 1");
}

#[test]
fn paths() {
    shipped()
        .assert_path(["Charge", "PackAll", "Ship"])
        .assert_visited_in_order(["Charge", "Pack", "Pack", "Ship"])
        .assert_visited_in_order(["Ship".to_owned()]);
    declined().assert_path(["Charge", "Letter"]);
    insta::assert_snapshot!(reason(&shipped(), |it| it.assert_path(["Charge", "Packall"])), @"
    the execution took another path than expected
      expected Charge → Packall
      found    Charge → PackAll → Ship
      similar names: `PackAll`
    ");
    insta::assert_snapshot!(reason(&shipped(), |it| it.assert_path([""; 0])), @"
    the execution took another path than expected
      expected no state
      found    Charge → PackAll → Ship
    ");
    insta::assert_snapshot!(reason(&shipped(), |it| it.assert_visited_in_order(["Ship", "Pack"])), @"expected a visit to `Pack` after `Ship`, but there was none");
    insta::assert_snapshot!(reason(&shipped(), |it| it.assert_visited_in_order(["Shop"])), @"
    expected a visit to `Shop`, but there was none
      similar names: `Ship`
    ");
}

#[test]
fn a_state_that_comes_again_is_on_the_path_each_time() {
    let machine = machine(&json!({ "StartAt": "Count", "States": {
        "Count": { "Type": "Pass", "Parameters": { "n.$": "States.MathAdd($.n, 1)" }, "Next": "Again" },
        "Again": { "Type": "Choice", "Default": "Count", "Choices": [
            { "Variable": "$.n", "NumericEquals": 2, "Next": "Both" },
        ]},
        "Both": { "Type": "Parallel", "Branches": [
            { "StartAt": "Inner", "States": { "Inner": { "Type": "Pass", "End": true } } },
        ], "End": true },
    }}));
    let execution = Simulation::new(&machine).input(json!({ "n": 0 })).run().expect("it runs");
    execution
        .assert_path(["Count", "Again", "Count", "Again", "Both"])
        .assert_outputs_of("Count", [json!({ "n": 1 }), json!({ "n": 2 })])
        .assert_inputs_of("Inner", [json!({ "n": 2 })]);
}

#[test]
fn what_is_inside_a_container_is_not_on_the_path_even_if_it_fails() {
    let branch =
        |name: &str| json!({ "StartAt": name, "States": { name: { "Type": "Fail", "Error": "Stuck" } } });
    let machine = machine(&json!({ "StartAt": "Both", "States": {
        "Both": {
            "Type": "Parallel", "Branches": [branch("Left"), branch("Right")], "End": true,
            "Retry": [{ "ErrorEquals": ["Stuck"], "MaxAttempts": 1 }],
            "Catch": [{ "ErrorEquals": ["Stuck"], "Next": "Rescue" }],
        },
        "Rescue": { "Type": "Succeed" },
    }}));
    let execution = Simulation::new(&machine).run().expect("it runs");
    execution.assert_path(["Both", "Rescue"]).assert_visited_times("Left", 2);
    execution.assert_retries("Both", [1.seconds()]);
}

#[test]
fn times() {
    shipped().assert_retries("Charge", [5.seconds(), 10.seconds()]).assert_elapsed(15.seconds());
    shipped().assert_retries("Ship", []);
    insta::assert_snapshot!(message(&shipped(), |it| it.assert_retries("Charge", [5, 9].map(Duration::from_secs))), @"
    expected retries of `Charge` after 5 s, 9 s, but they came after 5 s, 10 s

    0 s   Charge      entered
    0 s   Charge      attempt 1 failed: Busy (try later)
    0 s   Charge      retry in 5 s
    5 s   Charge      attempt 2 failed: Busy (try later)
    5 s   Charge      retry in 10 s
    15 s  Charge      attempt 3 succeeded → PackAll
    15 s  PackAll     entered, 2 items
    15 s    [0] Pack  done
    15 s    [1] Pack  done
    15 s  PackAll     → Ship
    15 s  Ship        entered
    15 s  Ship        attempt 1 succeeded
    15 s  SUCCEEDED
    ");
    insta::assert_snapshot!(reason(&shipped(), |it| it.assert_retries("Charge", [])), @"expected no retries of `Charge`, but they came after 5 s, 10 s");
    insta::assert_snapshot!(reason(&shipped(), |it| it.assert_retries("Chrage", [5.seconds()])), @"
    expected retries of `Chrage` after 5 s, but there were none
      similar names: `Charge`
    ");
    insta::assert_snapshot!(reason(&shipped(), |it| it.assert_elapsed(2.minutes())), @"expected the execution to take 2 min, but it took 15 s");
}

#[test]
fn data_of_states() {
    shipped()
        .assert_inputs_of("Pack", ["pear", "apple"])
        .assert_outputs_of("Pack", [json!({ "packed": "pear" }), json!({ "packed": "apple" })])
        .assert_arguments_of("Charge", vec![json!({ "amount": 12 }); 3]);
    let packed = [json!({ "packed": "pear" }), json!({ "packed": "orange", "by": 7 })];
    insta::assert_snapshot!(message(&shipped(), |it| it.assert_outputs_of("Pack", &packed)), @r#"
    the outputs of `Pack` are not the expected ones
      outputs[1].packed: expected "orange", found "apple"
      outputs[1].by: expected 7, found nothing

    0 s   Charge      entered
    0 s   Charge      attempt 1 failed: Busy (try later)
    0 s   Charge      retry in 5 s
    5 s   Charge      attempt 2 failed: Busy (try later)
    5 s   Charge      retry in 10 s
    15 s  Charge      attempt 3 succeeded → PackAll
    15 s  PackAll     entered, 2 items
    15 s    [0] Pack  entered
                      input "pear"
    15 s    [0] Pack  done
                      output {"packed":"pear"}
    15 s    [1] Pack  entered
                      input "apple"
    15 s    [1] Pack  done
                      output {"packed":"apple"}
    15 s  PackAll     → Ship
    15 s  Ship        entered
    15 s  Ship        attempt 1 succeeded
    15 s  SUCCEEDED
    "#);
    insta::assert_snapshot!(reason(&shipped(), |it| it.assert_inputs_of("Pack", ["pear"])), @r#"
    the inputs of `Pack` are not the expected ones: expected 1, but there were 2
      inputs[1]: expected nothing, found "apple"
    "#);
    insta::assert_snapshot!(reason(&shipped(), |it| it.assert_inputs_of("Park", ["pear"])), @r#"
    the inputs of `Park` are not the expected ones: expected 1, but there was none
      inputs[0]: expected "pear", found nothing
      similar names: `Pack`
    "#);
    insta::assert_snapshot!(reason(&shipped(), |it| it.assert_arguments_of("Charge", [json!({ "amount": 1 })])), @r#"
    the arguments of `Charge` are not the expected ones: expected 1, but there were 3
      arguments[0].amount: expected 1, found 12.0
      arguments[1]: expected nothing, found {"amount":12.0}
      arguments[2]: expected nothing, found {"amount":12.0}
    "#);
}

#[test]
fn variables() {
    shipped().assert_assigned("charge", ["c-1"]);
    declined().assert_assigned("charge", ["none"]);
    insta::assert_snapshot!(message(&shipped(), |it| it.assert_assigned("charge", ["c-2"])), @r#"
    the values of the variable `charge` are not the expected ones
      values[0]: expected "c-2", found "c-1"

    0 s   Charge      entered
    0 s   Charge      attempt 1 failed: Busy (try later)
    0 s   Charge      retry in 5 s
    5 s   Charge      attempt 2 failed: Busy (try later)
    5 s   Charge      retry in 10 s
    15 s  Charge      attempt 3 succeeded → PackAll
    15 s  PackAll     entered, 2 items
    15 s    [0] Pack  done
    15 s    [1] Pack  done
    15 s  PackAll     → Ship
    15 s  Ship        entered
    15 s  Ship        attempt 1 succeeded
    15 s  SUCCEEDED
    "#);
    insta::assert_snapshot!(reason(&shipped(), |it| it.assert_assigned("$charge", ["c-1"])), @r#"
    the values of the variable `$charge` are not the expected ones: expected 1, but there was none
      values[0]: expected "c-1", found nothing
      assigned variables: `charge`
    "#);
}

#[test]
fn an_expected_value_that_is_no_json_is_reported() {
    let odd = std::collections::BTreeMap::from([((1, 2), 3)]);
    insta::assert_snapshot!(message(&shipped(), |it| it.assert_succeeded_with(&odd)), @"the expected value cannot be written as JSON: key must be a string");
}

#[test]
fn without_a_history_only_the_outcome_is_known() {
    let machine = machine(&shop());
    let busy = Reply::failure("Busy", "try later");
    let simulation = Simulation::new(&machine).input(json!({ "total": 1, "lines": [] })).without_history();
    let execution = simulation.on("Charge", [busy]).on("Ship", [Reply::silence()]).run().expect("it runs");
    execution.assert_failed_with("Busy").assert_elapsed(35.seconds());
    execution.assert_retries("Charge", [5.seconds(), 10.seconds(), 20.seconds()]);
    let needs_history: [fn(&Execution) -> &Execution; 9] = [
        |it| it.assert_visited("Charge"),
        |it| it.assert_visited_times("Charge", 1),
        |it| it.assert_not_visited("Letter"),
        |it| it.assert_path(["Charge"]),
        |it| it.assert_visited_in_order(["Charge"]),
        |it| it.assert_inputs_of("Letter", [""; 0]),
        |it| it.assert_arguments_of("Letter", [""; 0]),
        |it| it.assert_outputs_of("Letter", [""; 0]),
        |it| it.assert_assigned("charge", [""; 0]),
    ];
    for assertion in needs_history {
        assert_eq!(
            message(&execution, assertion),
            "this assertion needs the history, which was not kept: leave `without_history()` out"
        );
    }
    insta::assert_snapshot!(message(&execution, Execution::assert_succeeded), @"expected the execution to succeed, but it failed with `Busy` (try later)");
}

#[test]
fn a_timeline_is_a_snapshot_as_it_is() {
    insta::assert_snapshot!(shipped().timeline(), @"
    0 s   Charge      entered
    0 s   Charge      attempt 1 failed: Busy (try later)
    0 s   Charge      retry in 5 s
    5 s   Charge      attempt 2 failed: Busy (try later)
    5 s   Charge      retry in 10 s
    15 s  Charge      attempt 3 succeeded → PackAll
    15 s  PackAll     entered, 2 items
    15 s    [0] Pack  done
    15 s    [1] Pack  done
    15 s  PackAll     → Ship
    15 s  Ship        entered
    15 s  Ship        attempt 1 succeeded
    15 s  SUCCEEDED
    ");
    insta::assert_snapshot!(Timeline::with_data_of(&shipped().history, "Ship"), @r#"
    0 s   Charge      entered
    0 s   Charge      attempt 1 failed: Busy (try later)
    0 s   Charge      retry in 5 s
    5 s   Charge      attempt 2 failed: Busy (try later)
    5 s   Charge      retry in 10 s
    15 s  Charge      attempt 3 succeeded → PackAll
    15 s  PackAll     entered, 2 items
    15 s    [0] Pack  done
    15 s    [1] Pack  done
    15 s  PackAll     → Ship
    15 s  Ship        entered
                      input [{"packed":"pear"},{"packed":"apple"}]
    15 s  Ship        attempt 1 succeeded
                      output {"parcel":{"id":"p-1","weight":800},"carrier":"post"}
    15 s  SUCCEEDED
    "#);
}

#[test]
fn a_timeline_is_the_same_each_time_and_has_no_blanks_at_the_end_of_lines() {
    let timeline = |execution: Execution| Timeline::with_data(&execution.history).to_string();
    assert_eq!(timeline(shipped()), timeline(shipped()));
    for text in [timeline(shipped()), timeline(declined()), timeline(ended(&json!({})))] {
        assert!(text.lines().all(|line| line == line.trim_end() && !line.contains('\u{1b}')), "{text}");
    }
}

#[test]
fn a_panic_is_at_the_line_of_the_test() {
    let (report, here) = (Arc::new(Mutex::new(Vec::new())), thread::current().id());
    let (places, others) = (report.clone(), panic::take_hook());
    panic::set_hook(Box::new(move |panic| {
        if thread::current().id() == here {
            let file = panic.location().map(|location| location.file().to_owned());
            places.lock().expect("nobody panics meanwhile").push(file);
        } else {
            others(panic);
        }
    }));
    let fail: [fn(&Execution) -> &Execution; 17] = [
        |it| it.assert_succeeded(),
        |it| it.assert_succeeded_with("post"),
        |it| it.assert_failed_with("Busy"),
        |it| it.assert_timed_out(),
        |it| it.assert_aborted(),
        |it| it.assert_cause_contains("parcel"),
        |it| it.assert_visited("Ship"),
        |it| it.assert_visited_times("Ship", 1),
        |it| it.assert_not_visited("Charge"),
        |it| it.assert_path(["Ship"]),
        |it| it.assert_visited_in_order(["Ship"]),
        |it| it.assert_retries("Charge", [1.seconds()]),
        |it| it.assert_elapsed(1.seconds()),
        |it| it.assert_inputs_of("Ship", [1]),
        |it| it.assert_arguments_of("Ship", [1]),
        |it| it.assert_outputs_of("Ship", [1]),
        |it| it.assert_assigned("charge", [1]),
    ];
    for assertion in fail {
        message(&declined(), assertion);
    }
    let places = report.lock().expect("nobody panics meanwhile").clone();
    assert_eq!(places, vec![Some(file!().to_owned()); fail.len()]);
}
