//! `replay` with `--definition` and `--history`.

use clap::Parser;
use stepwright_xtask::Flags;

use crate::Bench;

/// Looks up a customer, and asks for a review of what is large.
const DEFINITION: &str = r#"{
  "StartAt": "Find",
  "States": {
    "Find": {
      "Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:find",
      "ResultPath": "$.customer", "Next": "IsLarge"
    },
    "IsLarge": {
      "Type": "Choice", "Default": "Ship",
      "Choices": [{ "Variable": "$.total", "NumericGreaterThan": 1000, "Next": "Review" }]
    },
    "Review": { "Type": "Pass", "Next": "Ship" },
    "Ship": { "Type": "Succeed" }
  }
}"#;

/// A folder with the definition and the history of an execution of it, as `run --history` writes it.
fn bench() -> Bench {
    let bench = Bench::new();
    bench.write("order.asl.json", DEFINITION);
    bench.write("input.json", r#"{ "total": 900 }"#);
    bench.write("mocks.json", r#"{ "Find": { "ok": "Ada", "after": 3 } }"#);
    let reply = bench.run("run order.asl.json --input @input.json --mocks mocks.json --history monday.json");
    assert_eq!(reply.code, 0, "{}", reply.all());
    bench
}

/// Replays the history after a change of the definition's text.
#[track_caller]
fn replay_changed(from: &str, to: &str) -> String {
    let bench = bench();
    assert!(DEFINITION.contains(from), "{from}");
    bench.write("order.asl.json", DEFINITION.replace(from, to));
    bench.run("replay --definition order.asl.json --history monday.json").all()
}

#[test]
fn the_same_way_is_told() {
    insta::assert_snapshot!(replay_changed("function:find", "function:find"), @"
    takes the same way: 3 states, SUCCEEDED
    exit code 0
    ");
}

#[test]
fn another_transition_is_told() {
    insta::assert_snapshot!(replay_changed("1000", "500"), @"
    takes another way than monday.json
      after `IsLarge` the execution went to `Ship`, now it goes to `Review`
      visited for the first time: `Review`
    the same until then: 2 states
    exit code 1
    ");
    insta::assert_snapshot!(replay_changed(r#""Default": "Ship""#, r#""Default": "Review""#), @"
    takes another way than monday.json
      after `IsLarge` the execution went to `Ship`, now it goes to `Review`
      visited for the first time: `Review`
    the same until then: 2 states
    exit code 1
    ");
}

#[test]
fn other_data_are_told() {
    insta::assert_snapshot!(replay_changed("$.customer", "$.buyer"), @r#"
    takes another way than monday.json
      `Find` puts out something else, at `$.customer`
        recorded  "Ada"
        now       nothing
    exit code 1
    "#);
}

#[test]
fn a_new_task_ends_the_replay() {
    let task = r#""Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:look""#;
    let changed = DEFINITION.replace(r#""Type": "Pass""#, task).replace("1000", "500");
    let bench = bench();
    bench.write("order.asl.json", changed);
    insta::assert_snapshot!(bench.run("replay --definition order.asl.json --history monday.json").all(), @"
    takes another way than monday.json
      after `IsLarge` the execution went to `Ship`, now it goes to `Review`;
        nothing was recorded for its task, so the replay ends there
      visited for the first time: `Review`
    the same until then: 2 states
    exit code 1
    ");
}

#[test]
fn a_workflow_of_the_registry_can_be_replayed() {
    let bench = Bench::new();
    bench.write("input.json", r#""Ada""#);
    assert_eq!(bench.run("run hello --input @input.json --history ada.json").code, 0);
    insta::assert_snapshot!(bench.run("replay --definition hello --history ada.json").all(), @"
    takes the same way: 1 state, SUCCEEDED
    exit code 0
    ");
}

#[test]
fn a_running_execution_is_replayed_as_far_as_it_got() {
    let bench = bench();
    let history = bench.read("monday.json");
    let mut history: serde_json::Value = serde_json::from_str(&history).unwrap();
    history["events"].as_array_mut().unwrap().truncate(4);
    bench.write("monday.json", history.to_string());
    insta::assert_snapshot!(bench.run("replay --definition order.asl.json --history monday.json").all(), @"
    takes the same way: 1 state, not ended yet
    note: the execution was still running when it was exported
    exit code 0
    ");
}

#[test]
fn a_history_that_cannot_be_replayed_is_an_error() {
    let bench = bench();
    let replay = "replay --definition order.asl.json --history";
    bench.write("yaml.json", "events:\n- id: 1");
    insta::assert_snapshot!(bench.run(&format!("{replay} yaml.json")).all(), @"
    error: cannot replay `yaml.json`: it is no JSON: expected value at line 1 column 1
      = help: export it with `aws stepfunctions get-execution-history
        --execution-arn ARN --output json`
    exit code 2
    ");
    bench.write("empty.json", r#"{ "events": [] }"#);
    insta::assert_snapshot!(bench.run(&format!("{replay} empty.json")).all(), @"
    error: cannot replay `empty.json`: its list of events is empty
      = help: export it with `aws stepfunctions get-execution-history
        --execution-arn ARN --output json`
    exit code 2
    ");
    bench.write("bare.json", r#"[{ "id": 1, "type": "ExecutionStarted" }]"#);
    insta::assert_snapshot!(bench.run(&format!("{replay} bare.json")).all(), @"
    error: cannot replay `bare.json`: it has no payloads
      = help: export it again with `--include-execution-data`
    exit code 2
    ");
    insta::assert_snapshot!(bench.run(&format!("{replay} nowhere.json")).all(), @"
    error: cannot read `nowhere.json`: No such file or directory (os error 2)
      = help: check the path
    exit code 2
    ");
    insta::assert_snapshot!(bench.run("replay --definition hello --history monday.json").all(), @"
    error: `monday.json` is the history of another state machine
      = note: `hello` has none of its states, `Find`, `IsLarge` and `Ship`
      = help: export an execution of this one, or choose another definition
    exit code 2
    ");
}

#[test]
fn the_flags_need_each_other() {
    let refused = |command: &str| {
        let error = Flags::try_parse_from(format!("xtask {command}").split(' ')).unwrap_err();
        error.to_string().lines().take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(refused("replay"), @"
    error: the following required arguments were not provided:
      <FILE|FOLDER>
    ");
    insta::assert_snapshot!(refused("replay --definition hello"), @"
    error: the following required arguments were not provided:
      --history <FILE>
    ");
    insta::assert_snapshot!(refused("replay --history monday.json"), @"
    error: the following required arguments were not provided:
      --definition <NAME|FILE>
    ");
    insta::assert_snapshot!(refused("replay all --definition hello --history monday.json"), @"
    error: the argument '[FILE|FOLDER]' cannot be used with:
      --definition <NAME|FILE>
      --history <FILE>
    ");
}
