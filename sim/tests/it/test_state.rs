//! Single states, beyond what was recorded.

use serde_json::{Value, json};
use stepwright_sim::Reply;
use stepwright_sim::test_state::{
    InspectionLevel, StateConfiguration, TestState, TestStateResult, TestStatus, test_state,
};

fn task(extra: &Value) -> TestState {
    let mut state = json!({ "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "After" });
    let members = state.as_object_mut().expect("a state is an object");
    members.extend(extra.as_object().cloned().expect("the members are an object"));
    TestState::of_state(state.to_string()).inspect(InspectionLevel::Debug)
}

#[track_caller]
fn run(request: &TestState) -> TestStateResult {
    test_state(request).expect("the call is accepted")
}

#[track_caller]
fn check_refused(request: &TestState, expected: &str) {
    let error = test_state(request).expect_err("the call is refused");
    assert_eq!(error.to_string(), expected);
}

fn error_details(result: &TestStateResult) -> Value {
    let data = result.inspection_data.as_ref().expect("the level asks for it");
    data.get("errorDetails").cloned().unwrap_or_default()
}

#[test]
fn a_retry_waits_longer_each_time_until_the_catcher_gets_its_turn() {
    let request = task(&json!({
        "Retry": [{ "ErrorEquals": ["Busy"], "IntervalSeconds": 3, "MaxAttempts": 2 }],
        "Catch": [{ "ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Apologise" }],
    }))
    .input(json!({ "id": 1 }))
    .mock_error(Some("Busy"), None);
    let after = |retrier_retry_count| {
        let configuration = StateConfiguration { retrier_retry_count, ..StateConfiguration::default() };
        run(&request.clone().configuration(configuration))
    };
    for (count, seconds) in [(0, 3), (1, 6)] {
        let result = after(count);
        assert_eq!(result.status, TestStatus::Retriable);
        assert_eq!((result.output.as_ref(), result.next_state.as_ref()), (None, None));
        let details = json!({ "retryIndex": 0, "retryBackoffIntervalSeconds": seconds });
        assert_eq!(error_details(&result), details);
    }
    let result = after(2);
    assert_eq!(result.status, TestStatus::CaughtError);
    assert_eq!(result.error.as_deref(), Some("Busy"));
    assert_eq!(result.next_state.as_deref(), Some("Apologise"));
    assert_eq!(result.output, Some(json!({ "id": 1, "error": { "Error": "Busy", "Cause": null } })));
}

#[test]
fn what_a_catcher_fails_with_takes_the_place_of_the_error() {
    let request = task(&json!({
        "QueryLanguage": "JSONata",
        "Catch": [{ "ErrorEquals": ["States.ALL"], "Output": "{% $error('no') %}", "Next": "Apologise" }],
    }))
    .mock_error(Some("Busy"), None);
    let result = run(&request);
    assert_eq!(result.status, TestStatus::Failed);
    assert_eq!(result.error.as_deref(), Some("States.QueryEvaluationError"));
    assert_eq!((result.output, result.next_state), (None, None));
}

#[test]
fn a_task_without_mock_is_answered_by_the_reply() {
    let request = task(&json!({})).with_role();
    assert!(test_state(&request).expect_err("nothing answers").is_missing_stand_in());
    let result = run(&request.reply(Reply::success(json!(7))));
    assert_eq!((result.status, result.output), (TestStatus::Succeeded, Some(json!(7))));
}

#[test]
fn a_wait_takes_no_time() {
    let wait = json!({ "Type": "Wait", "Seconds": 86_400, "Next": "After" }).to_string();
    let result = run(&TestState::of_state(wait).input(json!([1])));
    assert_eq!(result.status, TestStatus::Succeeded);
    assert_eq!((result.output, result.next_state.as_deref()), (Some(json!([1])), Some("After")));
    assert_eq!(result.inspection_data, None);
}

#[test]
fn a_state_of_a_branch_keeps_the_language_of_its_machine() {
    let machine = json!({
        "QueryLanguage": "JSONata",
        "StartAt": "Both",
        "States": { "Both": { "Type": "Parallel", "End": true, "Branches": [
            { "StartAt": "Inner", "States": {
                "Inner": { "Type": "Pass", "Output": "{% $states.input.a + $b %}", "Next": "Last" },
                "Last": { "Type": "Succeed" },
            } },
        ] } },
    });
    let request = TestState::of_machine(machine.to_string(), "Inner")
        .input(json!({ "a": 1 }))
        .variables([("b".to_owned(), json!(2))]);
    let result = run(&request);
    assert_eq!((result.output, result.next_state.as_deref()), (Some(json!(3)), Some("Last")));
}

#[test]
fn definitions_that_cannot_be_read_are_refused() {
    check_refused(
        &TestState::of_machine(r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}"#, "B"),
        "the call is refused: ValidationException: State not found in definition",
    );
    let error = test_state(&TestState::of_state("{")).expect_err("the call is refused");
    assert_eq!(error.refusal().map(|(code, _)| code), Some("InvalidDefinition"));
}

#[test]
fn the_items_of_an_item_reader_count_for_failed_iterations() {
    let map = json!({
        "Type": "Map",
        "ItemReader": { "Resource": "arn:aws:states:::s3:getObject", "Parameters": { "Bucket": "b", "Key": "k" } },
        "ItemProcessor": {
            "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
            "StartAt": "A",
            "States": { "A": { "Type": "Succeed" } },
        },
        "ToleratedFailurePercentage": 50,
        "End": true,
    });
    let with_failures = |map_iteration_failure_count| {
        TestState::of_state(map.to_string()).mock_result("[1, 2]").configuration(StateConfiguration {
            map_iteration_failure_count,
            map_item_reader_data: Some(vec![json!("x"), json!("y")]),
            ..StateConfiguration::default()
        })
    };
    assert_eq!(run(&with_failures(1)).output, Some(json!([1, 2])));
    let error = run(&with_failures(2)).error;
    assert_eq!(error.as_deref(), Some("States.ExceedToleratedFailureThreshold"));
    check_refused(
        &with_failures(3),
        "the call is refused: ValidationException: Map iteration failure count must be less than or equal to the \
         number of Map iterations",
    );
}
