//! `policies`.

use crate::Bench;

#[test]
fn policies_are_shown_with_their_numbers() {
    insta::assert_snapshot!(Bench::new().run("policies").all(), @"
    Policy A, 2 states
      on       States.ALL
      retries  5, the first after 5 s, backoff 2
      delays   5, 10, 20, 40, 80 s (2 min 35 s in all)

    Policy B, 1 state
      on       States.Permissions
      retries  never
      on       States.Timeout, States.TaskFailed
      retries  2, the first after 1 min, backoff 5
      delays   1 min, 5 min (6 min in all)

    STATE            TYPE  POLICY  TIMEOUT  WORST CASE
    nightly-release
      Build          Task  A             -  2 min 35 s + 6 attempts
      Sign           Task  B           4 h  ≤ 12 h 6 min
      Announce       Task  A          30 s  ≤ 5 min 35 s
      SignAgain      Task  none        4 h  ≤ 4 h

    2 policies: A used by 2 states and B by 1; 1 Task state has none
    exit code 0
    ");
}

#[test]
fn a_workflow_without_tasks_has_nothing_to_show() {
    insta::assert_snapshot!(Bench::new().run("policies hello").all(), @"
    no state has a retry policy, and there are no tasks that could have one
    exit code 0
    ");
}

#[test]
fn definitions_by_hand_have_policies_too() {
    let bench = Bench::new();
    let text = r#"{ "StartAt": "Fan", "States": { "Fan": { "Type": "Parallel", "End": true,
        "Retry": [{ "ErrorEquals": ["States.ALL"], "MaxDelaySeconds": 100,
             "JitterStrategy": "FULL", "MaxAttempts": 20 }],
        "Branches": [{ "StartAt": "Inner", "States": { "Inner":
            { "Type": "Task", "Resource": "arn:aws:states:::sns:publish", "End": true,
              "TimeoutSecondsPath": "$.limit", "Retry": [
                { "ErrorEquals": [
                    "SNS.InternalErrorException", "SNS.ThrottledException", "SNS.KMSThrottlingException"
                ] }
              ] } } }] } } }"#;
    bench.write("fan.asl.json", text);
    insta::assert_snapshot!(bench.run("policies fan.asl.json").all(), @"
    Policy A, 1 state
      on       States.ALL
      retries  20, the first after 1 s, backoff 2, at most 1 min 40 s, full jitter
      delays   1, 2, 4, 8, 16, 32, 64, 100 s, … (23 min 47 s in all)

    Policy B, 1 state
      on       SNS.InternalErrorException, SNS.ThrottledException,
               SNS.KMSThrottlingException
      retries  3, the first after 1 s, backoff 2
      delays   1, 2, 4 s (7 s in all)

    STATE         TYPE      POLICY  TIMEOUT  WORST CASE
    fan.asl.json
      Fan         Parallel  A             -  23 min 47 s + 21 attempts
        Inner     Task      B          data  7 s + 4 attempts

    2 policies: A used by 1 state and B by 1
    exit code 0
    ");
    bench.write("fan.asl.json", "[]");
    assert_eq!(bench.run("policies fan.asl.json").code, 1);
}

#[test]
fn no_line_is_longer_than_the_screen() {
    let bench = Bench::new();
    let state = |name: &str| {
        format!(
            r#""{name}": {{ "Type": "Task", "Resource": "${{A}}", "End": true, "TimeoutSeconds": 99999999,
                "Retry": [{{ "ErrorEquals": ["{}"], "MaxAttempts": 9 }}] }}"#,
            "Error, ".repeat(30),
        )
    };
    let name = "N".repeat(80);
    bench.write("long.asl.json", format!(r#"{{ "StartAt": "{name}", "States": {{ {} }} }}"#, state(&name)));
    for line in bench.run("policies long.asl.json").out.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}
