//! Timelines of small machines.

use std::time::Duration;

use serde_json::{Value, json};
use stepwright_codegen::asl;

use super::{Timeline, cut};
use crate::{Execution, Reply, Simulation};

fn run(definition: &Value, input: Value, replies: &[(&str, Vec<Reply>)]) -> Execution {
    let document = asl::read(&definition.to_string()).expect("the definition is well-formed");
    let mut simulation = Simulation::new(document.machine()).input(input);
    for (state, replies) in replies {
        simulation = simulation.on(*state, replies.clone());
    }
    simulation.run().expect("it runs")
}

#[track_caller]
fn check(execution: &Execution, expect: &str) {
    assert_eq!(execution.timeline().to_string(), expect, "{}", execution.history);
}

const LAMBDA: &str = "arn:aws:lambda:eu-west-1:123456789012:function:f";

#[test]
fn waits_choices_and_caught_errors_are_told() {
    let definition = json!({ "StartAt": "Rest", "States": {
        "Rest": { "Type": "Wait", "Seconds": 14400, "Next": "Which" },
        "Which": { "Type": "Choice", "Choices": [], "Default": "Ship" },
        "Ship": {
            "Type": "Task", "Resource": LAMBDA, "TimeoutSeconds": 30, "Next": "Done",
            "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Sorry" }],
        },
        "Done": { "Type": "Succeed" },
        "Sorry": { "Type": "Fail", "Error": "NotShipped", "Cause": "it took\ntoo long" },
    }});
    let execution = run(&definition, json!({}), &[("Ship", vec![Reply::silence()])]);
    check(
        &execution,
        "\
0 s       Rest    waits 4 h
4 h       Rest    → Which
4 h       Which   → Ship
4 h       Ship    entered
4 h 30 s  Ship    attempt 1 timed out: States.Timeout
4 h 30 s  Ship    caught States.Timeout → Sorry
4 h 30 s  Sorry   entered
4 h 30 s  FAILED  NotShipped (it took too long)
",
    );
}

#[test]
fn items_have_their_index_and_failures_abort_the_others() {
    let definition = json!({ "StartAt": "Each", "States": { "Each": {
        "Type": "Map", "End": true,
        "Retry": [{ "ErrorEquals": ["Broken"], "IntervalSeconds": 10, "MaxAttempts": 1 }],
        "ItemProcessor": { "StartAt": "Work", "States": {
            "Work": { "Type": "Task", "Resource": LAMBDA, "End": true },
        }},
    }}});
    let slow = |seconds| Reply::success(json!(1)).taking(Duration::from_secs(seconds));
    let replies = vec![Reply::failure("Broken", "").taking(Duration::from_secs(2)), slow(5)];
    let execution = run(&definition, json!([1, 2]), &[("Work", replies)]);
    check(
        &execution,
        "\
0 s   Each        entered, 2 items
0 s     [0] Work  entered
0 s     [1] Work  entered
2 s     [0] Work  attempt 1 failed: Broken ()
2 s     [1] Work  aborted
2 s   Each        retry in 10 s
12 s  Each        attempt 2, 2 items
12 s    [0] Work  entered
12 s    [1] Work  entered
17 s    [0] Work  attempt 1 succeeded
17 s    [1] Work  attempt 1 succeeded
17 s  Each        done
17 s  SUCCEEDED
",
    );
}

#[test]
fn branches_are_indented_and_nest() {
    let definition = json!({ "StartAt": "Both", "States": {
        "Both": {
            "Type": "Parallel", "Next": "After",
            "Catch": [{ "ErrorEquals": ["Nope"], "Next": "After" }],
            "Branches": [
                { "StartAt": "Inner", "States": { "Inner": { "Type": "Parallel", "End": true, "Branches": [
                    { "StartAt": "Stop", "States": { "Stop": { "Type": "Fail", "Error": "Nope" } } },
                ]}}},
                { "StartAt": "Long", "States": { "Long": { "Type": "Wait", "Seconds": 60, "End": true } } },
            ],
        },
        "After": { "Type": "Pass", "End": true },
    }});
    check(
        &run(&definition, json!({}), &[]),
        "\
0 s  Both       entered
0 s    Inner    entered
0 s    Long     entered
0 s      Stop   entered
0 s    Inner    failed
0 s    Long     aborted
0 s  Both       failed
0 s  Both       caught the error → After
0 s  After      done
0 s  SUCCEEDED
",
    );
}

#[test]
fn inputs_and_outputs_are_shown_when_asked_for() {
    let definition = json!({ "StartAt": "Set", "States": {
        "Set": { "Type": "Pass", "Result": { "n": 1 }, "End": true },
    }});
    let execution = run(&definition, json!({ "a": "b".repeat(90) }), &[]);
    let timeline = Timeline::with_data(&execution.history).to_string();
    assert!(timeline.lines().all(|line| line.chars().count() <= 80), "{timeline}");
    assert!(timeline.contains("0 s  Set        done\n                output {\"n\":1}\n"), "{timeline}");
}

#[test]
fn what_is_cut_is_marked() {
    assert_eq!(cut("abc", 3), "abc");
    assert_eq!(cut("abcd", 3), "ab…");
    assert_eq!(cut("a\nb", 3), "a b");
}
