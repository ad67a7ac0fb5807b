//! `replay`.

use crate::Bench;

/// A recording of a Pass state that is said to have put this out.
fn recording(output: u32) -> String {
    r#"{
      "id": "pass", "type": "STANDARD", "input": {}, "bindings": {}, "opaque": ["timestamp"], "tasks": {},
      "definition": { "StartAt": "A", "States": { "A": { "Type": "Pass", "Result": { "n": 1 }, "End": true } } },
      "history": [
        { "id": 1, "previousEventId": 0, "timestamp": "timestamp", "type": "ExecutionStarted",
          "executionStartedEventDetails": {
            "input": {}, "inputDetails": { "truncated": false }, "roleArn": "<role>" } },
        { "id": 2, "previousEventId": 0, "timestamp": "timestamp", "type": "PassStateEntered",
          "stateEnteredEventDetails": { "input": {}, "inputDetails": { "truncated": false }, "name": "A" } },
        { "id": 3, "previousEventId": 2, "timestamp": "timestamp", "type": "PassStateExited",
          "stateExitedEventDetails": {
            "name": "A", "output": { "n": N }, "outputDetails": { "truncated": false } } },
        { "id": 4, "previousEventId": 3, "timestamp": "timestamp", "type": "ExecutionSucceeded",
          "executionSucceededEventDetails": { "output": { "n": N }, "outputDetails": { "truncated": false } } }
      ],
      "outcome": { "status": "SUCCEEDED", "output": { "n": N } }
    }"#
    .replace('N', &output.to_string())
}

#[test]
fn a_folder_is_replayed_and_differences_are_shown() {
    let bench = Bench::new();
    bench.write("recordings/good.json", recording(1));
    bench.write("recordings/more/bad.json", recording(2));
    bench.write("recordings/package.json", "{}");
    bench.write("recordings/torn.json", "{");
    insta::assert_snapshot!(bench.run("replay recordings").all(), @r#"
    agrees   recordings/good.json
    differs  recordings/more/bad.json
             at         event 3 PassStateExited, output
             recorded   {"n":2}
             simulated  "{\"n\":1}"
    differs  recordings/torn.json
             no recording: EOF while parsing an object at line 1 column 1
    3 recordings: 1 agrees, 2 differ; 1 file left out: no recordings of executions
    exit code 1
    "#);
}

#[test]
fn a_file_that_agrees_is_fine() {
    let bench = Bench::new();
    bench.write("good.json", recording(1));
    insta::assert_snapshot!(bench.run("replay good.json").all(), @"
    agrees   good.json
    1 recording: 1 agrees, 0 differ
    exit code 0
    ");
}

#[test]
fn cases_are_counted() {
    let bench = Bench::new();
    bench.write(
        "cases.json",
        r#"{
          "definition": { "StartAt": "A", "States": { "A": { "Type": "Succeed" } } },
          "cases": [
            { "input": 1, "outcome": { "status": "SUCCEEDED", "output": 1 } },
            { "input": 1, "outcome": { "status": "SUCCEEDED", "output": 2 } }
          ]
        }"#,
    );
    insta::assert_snapshot!(bench.run("replay cases.json").all(), @"
    agrees   cases.json: case 1
    differs  cases.json: case 2
             at         outcome, output
             recorded   2
             simulated  1
    2 recordings: 1 agrees, 1 differs
    exit code 1
    ");
}

#[test]
fn what_is_no_recording_is_an_error() {
    let bench = Bench::new();
    bench.write("package.json", "{}");
    insta::assert_snapshot!(bench.run("replay package.json").all(), @"
    error: `package.json` is no recording of an execution
      = help: it needs a `definition` and an `outcome`, or `cases`
    exit code 2
    ");
    bench.write("torn.json", "{");
    insta::assert_snapshot!(bench.run("replay torn.json").all(), @"
    error: cannot replay `torn.json`: no recording: EOF while parsing an object at line 1 column 1
    exit code 2
    ");
    insta::assert_snapshot!(bench.run("replay nowhere.json").all(), @"
    error: cannot read `nowhere.json`: No such file or directory (os error 2)
      = help: check the path
    exit code 2
    ");
}
