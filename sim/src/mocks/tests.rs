//! Files of mocks, good and bad.

use serde_json::json;
use stepwright_codegen::asl;

use super::Mocks;
use crate::{Simulation, Status};

const DEFINITION: &str = r#"{ "StartAt": "Charge", "States": {
    "Charge": {
        "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Next": "Rest",
        "Retry": [{ "ErrorEquals": ["Busy"] }]
    },
    "Rest": { "Type": "Wait", "Seconds": 1, "Next": "Ship" },
    "Ship": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true }
}}"#;

const LOCAL: &str = r#"{
  "StateMachines": {
    "Order": { "TestCases": {
      "Happy": { "Charge": "Busy", "Ship": "Shipped" },
      "Sad": { "Charge": "Refused" }
    }}
  },
  "MockedResponses": {
    "Busy": {
      "0-1": { "Throw": { "Error": "Busy", "Cause": "try later" } },
      "2": { "Return": { "id": 1 } }
    },
    "Shipped": { "0": { "Return": { "Payload": "there" } } },
    "Refused": { "0": { "Throw": { "Error": "Refused" } } }
  }
}"#;

fn machine() -> asl::StateMachine {
    asl::read(DEFINITION).expect("the definition is well-formed").into_machine()
}

#[track_caller]
fn check_error(text: &str, case: Option<&str>, message: &str, help: Option<&str>) {
    let error = Mocks::read(text, case, &machine()).expect_err("the file is wrong");
    assert_eq!((error.to_string().as_str(), error.help()), (message, help));
}

#[test]
fn replies_are_given_by_state_and_by_resource() {
    let machine = machine();
    let text = r#"{
        "Charge": [{ "error": "Busy" }, { "ok": 1, "after": 2.5 }],
        "arn:aws:states:::lambda:invoke": { "ok": { "Payload": 2 } }
    }"#;
    let mut mocks = Mocks::read(text, None, &machine).expect("the file is fine");
    assert_eq!(mocks.missing(&machine), []);
    let execution = Simulation::new(&machine).run_with(&mut mocks).expect("it runs");
    assert_eq!(execution.output, Some(json!({ "Payload": 2 })));
    assert_eq!(execution.elapsed.as_millis(), 1_000 + 2_500 + 1_000);
}

#[test]
fn what_is_missing_is_listed_with_a_file_to_start_from() {
    let mocks = Mocks::read(r#"{ "Charge": { "ok": 1 } }"#, None, &machine()).expect("the file is fine");
    let missing = mocks.missing(&machine());
    assert_eq!(missing, [("Ship".to_owned(), "arn:aws:states:::lambda:invoke".to_owned())]);
    let example = Mocks::example(&missing);
    assert_eq!(example, json!({ "Ship": { "ok": { "Payload": {} } } }));
    Mocks::read(&example.to_string(), None, &machine()).expect("the example is fine");
}

#[test]
fn test_cases_of_step_functions_local_are_read() {
    let machine = machine();
    let mut mocks = Mocks::read(LOCAL, Some("Happy"), &machine).expect("the file is fine");
    let execution = Simulation::new(&machine).run_with(&mut mocks).expect("it runs");
    assert_eq!(execution.output, Some(json!({ "Payload": "there" })));
    assert_eq!(execution.retries.len(), 2);
    let mut mocks = Mocks::read(LOCAL, Some("Order/Sad"), &machine).expect("the file is fine");
    let execution = Simulation::new(&machine).run_with(&mut mocks).expect("it runs");
    assert_eq!((execution.status, execution.error.as_deref()), (Status::Failed, Some("Refused")));
}

#[test]
fn a_test_case_has_to_be_chosen() {
    let several = "line 2, column 3 (/StateMachines): there are several test cases: choose one";
    check_error(LOCAL, None, several, Some("the test cases are Order/Happy, Order/Sad"));
    let unknown = "line 2, column 3 (/StateMachines): there is no test case `Hapy`";
    check_error(LOCAL, Some("Hapy"), unknown, Some("did you mean `Happy`?"));
    check_error(
        "{}",
        Some("A"),
        "line 1, column 1: there is no test case `A`: the file has no test cases",
        None,
    );
}

#[test]
fn unknown_names_are_answered_with_known_ones() {
    let message = "line 1, column 3 (/Chrage): no task is called `Chrage`";
    check_error(r#"{ "Chrage": { "ok": 1 } }"#, None, message, Some("did you mean `Charge`?"));
    let message = "line 1, column 3 (/Nothing): no task is called `Nothing`";
    check_error(r#"{ "Nothing": { "ok": 1 } }"#, None, message, Some("the tasks are Charge, Ship"));
    let message = "line 1, column 3 (/Rest): `Rest` is a Wait state; only tasks get replies";
    check_error(r#"{ "Rest": { "ok": 1 } }"#, None, message, Some("leave it out"));
}

#[test]
fn wrong_shapes_are_placed() {
    check_error("{\n\"Ship\": }", None, "line 2, column 9: no JSON: expected value", None);
    check_error("[]", None, "line 1, column 1: expected an object, found a list", None);
    let text = r#"{ "Ship": [{ "ok": 1 }, { "ok": 1, "aftr": 1 }] }"#;
    let message = "line 1, column 44 (/Ship/1/aftr): there is no `aftr` here";
    check_error(text, None, message, Some("the members are `ok`, `error`, `cause`, `after`"));
    let message = "line 1, column 31 (/Ship/after): no task takes -1 seconds";
    check_error(r#"{ "Ship": { "ok": 1, "after": -1 } }"#, None, message, None);
}

#[test]
fn calls_without_a_reply_or_with_two_are_refused() {
    let local = |keys: [&str; 2]| {
        let [a, b] = keys;
        json!({
            "StateMachines": { "M": { "TestCases": { "T": { "Ship": "R" } } } },
            "MockedResponses": { "R": { a: { "Return": 1 }, b: { "Return": 2 } } },
        })
        .to_string()
    };
    let message = |keys| Mocks::read(&local(keys), None, &machine()).expect_err("it is wrong").to_string();
    assert!(message(["0", "2"]).ends_with("(/MockedResponses/R): there is no reply for call 1"));
    assert!(message(["0-3", "2"]).ends_with("(/MockedResponses/R): there are two replies for call 2"));
    assert!(message(["0", "x"]).contains("`x` is neither the number of a call nor a range of them"));
    assert!(Mocks::read(&local(["0", "1-18446744073709551615"]), None, &machine()).is_ok());
}
