//! `run`.

use std::fs;

use stepwright::prelude::*;
use stepwright_sim::StandIns;
use stepwright_xtask::Xtask;

use crate::Bench;

const CHARGE: &str = r#"{
  "StartAt": "ChargeCard",
  "States": {
    "ChargeCard": {
      "Type": "Task",
      "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:charge",
      "Retry": [{ "ErrorEquals": ["Busy"], "IntervalSeconds": 5 }],
      "Next": "FraudCheck"
    },
    "FraudCheck": { "Type": "Pass", "Next": "Ship" },
    "Ship": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true }
  }
}
"#;

const MOCKS: &str = r#"{
  "ChargeCard": [{ "error": "Busy", "cause": "try later" }, { "ok": { "id": 1 } }],
  "Ship": { "ok": { "Payload": "shipped" }, "after": 90 }
}
"#;

/// A folder with a definition and mocks for it.
fn bench() -> Bench {
    let bench = Bench::new();
    bench.write("charge.asl.json", CHARGE);
    bench.write("mocks.json", MOCKS);
    bench
}

#[test]
fn a_definition_runs_in_virtual_time() {
    insta::assert_snapshot!(bench().run("run charge.asl.json --mocks mocks.json").all(), @r#"
    0 s         ChargeCard  entered
    0 s         ChargeCard  attempt 1 failed: Busy (try later)
    0 s         ChargeCard  retry in 5 s
    5 s         ChargeCard  attempt 2 succeeded → FraudCheck
    5 s         FraudCheck  → Ship
    5 s         Ship        entered
    1 min 35 s  Ship        attempt 1 succeeded
    1 min 35 s  SUCCEEDED

    SUCCEEDED after 1 min 35 s: 3 states, 1 retry
    {
      "Payload": "shipped"
    }
    exit code 0
    "#);
}

#[test]
fn a_workflow_runs_with_its_input() {
    insta::assert_snapshot!(Bench::new().run(r#"run Hello --input "Ada" --data"#).all(), @r#"
    0 s  STARTED
                    input "Ada"
    0 s  Greet      entered
                    input "Ada"
    0 s  Greet      done
                    output "Hello, Ada!"
    0 s  SUCCEEDED
                    output "Hello, Ada!"

    SUCCEEDED after 0 s: 1 state
    "Hello, Ada!"
    exit code 0
    "#);
}

#[test]
fn a_failed_execution_has_an_exit_code() {
    let bench = bench();
    bench.write("mocks.json", r#"{ "ChargeCard": { "error": "Declined", "cause": "no money" } }"#);
    insta::assert_snapshot!(bench.run("run charge.asl.json --mocks mocks.json").all(), @"
    0 s  ChargeCard  entered
    0 s  ChargeCard  attempt 1 failed: Declined (no money)
    0 s  FAILED      Declined (no money)

    FAILED after 0 s: 1 state
    error: Declined
    cause: no money
    exit code 1
    ");
}

#[test]
fn missing_mocks_are_listed_with_a_file_to_start_from() {
    let reply = bench().run("run charge.asl.json");
    insta::assert_snapshot!(reply.all(), @r#"
    error: 2 tasks have no mock
      = note: nothing answers `ChargeCard` and `Ship`
      = help: write down what they answer, and name the file with `--mocks`:
    {
      "ChargeCard": {"ok":{}},
      "Ship": {"ok":{"Payload":{}}}
    }
    exit code 2
    "#);
    assert_eq!(reply.out, "");
}

#[test]
fn a_bad_input_is_shown_with_its_place() {
    let bench = bench();
    insta::assert_snapshot!(bench.run("run charge.asl.json --input {id:1}").all(), @r#"
    error: the input is no JSON: key must be a string at line 1, column 2
      = help: write it like '{"id": 1}', a text as '"text"', a file as @FILE
    exit code 2
    "#);
    bench.write("in.json", "[1,\n");
    insta::assert_snapshot!(bench.run("run charge.asl.json --input @in.json").all(), @r#"
    error: `in.json` is no JSON: EOF while parsing a value at line 2, column 0
      = help: write it like '{"id": 1}', a text as '"text"', a file as @FILE
    exit code 2
    "#);
    insta::assert_snapshot!(bench.run("run charge.asl.json --input @nowhere.json").all(), @"
    error: cannot read `nowhere.json`: No such file or directory (os error 2)
      = help: check the path
    exit code 2
    ");
}

#[test]
fn bad_mocks_are_shown_with_their_place() {
    let bench = bench();
    bench.write("mocks.json", r#"{ "ChargeCrad": { "ok": 1 } }"#);
    insta::assert_snapshot!(bench.run("run charge.asl.json --mocks mocks.json").all(), @"
    error: the mocks in `mocks.json` cannot be used: line 1, column 3 (/ChargeCrad): no task is called `ChargeCrad`
      = help: did you mean `ChargeCard`?
    exit code 2
    ");
}

#[test]
fn test_cases_are_chosen_by_name() {
    let bench = bench();
    bench.write(
        "MockConfigFile.json",
        r#"{
            "StateMachines": { "Charge": { "TestCases": {
                "Happy": { "ChargeCard": "Fine", "Ship": "Fine" },
                "Sad": { "ChargeCard": "Bad" }
            }}},
            "MockedResponses": {
                "Fine": { "0": { "Return": "fine" } },
                "Bad": { "0-9": { "Throw": { "Error": "Busy", "Cause": "" } } }
            }
        }"#,
    );
    assert_eq!(bench.run("run charge.asl.json --mocks MockConfigFile.json#Happy").code, 0);
    assert_eq!(bench.run("run charge.asl.json --mocks MockConfigFile.json#Sad").code, 1);
    insta::assert_snapshot!(bench.run("run charge.asl.json --mocks MockConfigFile.json").all(), @"
    error: the mocks in `MockConfigFile.json` cannot be used: line 2, column 13 (/StateMachines): there are several test cases: choose one
      = help: the test cases are Charge/Happy, Charge/Sad
    exit code 2
    ");
}

#[test]
fn the_history_is_written() {
    let bench = bench();
    let reply = bench.run("run charge.asl.json --mocks mocks.json --history out/history.json");
    assert_eq!(reply.code, 0);
    let history: serde_json::Value = serde_json::from_str(&bench.read("out/history.json")).unwrap();
    let events = history["events"].as_array().unwrap();
    assert_eq!(events[0]["type"], "ExecutionStarted");
    assert_eq!(events.last().unwrap()["type"], "ExecutionSucceeded");
    assert_eq!(fs::read_dir(bench.path("out")).unwrap().count(), 1);
    let in_the_way = bench.run("run charge.asl.json --mocks mocks.json --history out");
    assert_eq!(in_the_way.code, 2);
    assert!(in_the_way.err.starts_with("error: cannot write `out`"), "{}", in_the_way.err);
}

#[test]
fn broken_definitions_do_not_run() {
    let bench = bench();
    bench.write("bad.asl.json", "{");
    assert_eq!(bench.run("run bad.asl.json").code, 1);
    bench.write(
        "nowhere.asl.json",
        r#"{ "StartAt": "A", "States": { "A": { "Type": "Pass", "Next": "B" } } }"#,
    );
    insta::assert_snapshot!(bench.run("run nowhere.asl.json").all(), @r#"
    error[SW0204]: `Next` names `B`, but there is no such state
     --> nowhere.asl.json:1:62
      |
    1 | { "StartAt": "A", "States": { "A": { "Type": "Pass", "Next": "B" } } }
      |                                                              ^^^
      |
      = state: A
      = pointer: /States/A/Next
      = help: a state with a similar name is `A`

    error: 1 problem
    exit code 1
    "#);
    bench.write("two/a.asl.json", CHARGE);
    bench.write("two/b.asl.json", CHARGE);
    insta::assert_snapshot!(bench.run("run two").all(), @"
    error: `two` is a folder with several definitions
      = help: name the file of the one to run
    exit code 2
    ");
}

/// An xtask whose workflow `Greet` has a stand-in.
fn with_stand_ins(bench: &Bench, name: &str) -> Xtask {
    let registry = Registry::new(bench.folder.path()).with(greet());
    let stand_ins = || StandIns::new().on::<ask, _>(|()| (Ok("Ada".to_owned()), 3.seconds()));
    Xtask::new(registry).stand_ins(name, stand_ins)
}

#[task(lambda = "${Ask}")]
fn ask() -> String;

#[workflow]
fn greet(s: &mut Scope) -> Expr<String> {
    let name = s.task(ask());
    fmt!("Hello, {}!", name)
}

#[test]
fn stand_ins_answer_what_has_no_mock() {
    let bench = Bench::new();
    let xtask = with_stand_ins(&bench, "greet");
    insta::assert_snapshot!(bench.run_xtask(&xtask, "run Greet").all(), @r#"
    0 s  Ask        entered
    3 s  Ask        attempt 1 succeeded
    3 s  SUCCEEDED

    SUCCEEDED after 3 s: 1 state
    "Hello, Ada!"
    exit code 0
    "#);
    bench.write("mocks.json", r#"{ "Ask": { "ok": "Grace" } }"#);
    let reply = bench.run_xtask(&xtask, "run greet --mocks mocks.json");
    assert!(reply.out.ends_with("\"Hello, Grace!\"\n"), "{}", reply.out);
}

#[test]
fn stand_ins_for_nothing_are_an_error() {
    let bench = Bench::new();
    insta::assert_snapshot!(bench.run_xtask(&with_stand_ins(&bench, "gret"), "run greet").all(), @"
    error: no workflow is called `gret`
      = help: mend the name that `Xtask::stand_ins` is given
    exit code 2
    ");
}

#[test]
fn an_input_that_does_not_fit_is_told() {
    let bench = Bench::new();
    let reply = bench.run("run Hello --input {}");
    insta::assert_snapshot!(reply.err, @r#"
    warning: the input is not what the workflow takes: {} is not of type "string"
      = help: give it with `--input`, as JSON or as @FILE
    "#);
}
