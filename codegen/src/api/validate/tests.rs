//! Requests and answers, right and wrong.

use serde_json::json;

use super::*;
use crate::api::model::Call;

fn shown(mismatches: &[Mismatch]) -> Vec<String> {
    mismatches.iter().map(|mismatch| format!("{}: {}", mismatch.pointer, mismatch.problem)).collect()
}

#[track_caller]
fn check_answer(resource: &str, answer: &Value, strictness: Strictness, problems: &[&str]) {
    let call = Call::of(&format!("arn:aws:states:::{resource}")).expect("the data has it");
    let answer_shape = call.result().expect("it answers");
    assert_eq!(shown(&validate(answer_shape, answer, strictness)), problems);
}

#[track_caller]
fn check_request(resource: &str, request: &Value, problems: &[&str]) {
    let call = Call::of(&format!("arn:aws:states:::{resource}")).expect("the data has it");
    assert_eq!(shown(&validate(call.operation.input, request, Strictness::Request)), problems);
}

#[test]
fn kinds_of_values_are_told_apart() {
    let problem = ["/StatusCode: must be of the type number"];
    check_answer("lambda:invoke", &json!({ "StatusCode": "200" }), Strictness::Present, &problem);
    let answer = json!({ "Entries": [{ "EventId": "a" }, { "EventId": ["b"] }] });
    let problem = ["/Entries/1/EventId: must be of the type string"];
    check_answer("events:putEvents", &answer, Strictness::Present, &problem);
    let answer = json!({ "Entries": "none" });
    let problem = ["/Entries: must be of the type array"];
    check_answer("events:putEvents", &answer, Strictness::Present, &problem);
    let answer = json!({ "Attributes": ["none"] });
    let problem = ["/Attributes: must be of the type object"];
    check_answer("dynamodb:putItem", &answer, Strictness::Present, &problem);
    let problem = [": must be of the type object"];
    check_answer("dynamodb:putItem", &json!([]), Strictness::Present, &problem);
    let answer = json!({ "DeleteMarker": "yes" });
    let problem = ["/DeleteMarker: must be of the type boolean"];
    check_answer("aws-sdk:s3:getObject", &answer, Strictness::Present, &problem);
}

#[test]
fn timestamps_are_text() {
    let answer = |date| json!({ "StartDate": date });
    check_answer("states:startExecution", &answer(json!("2025-01-01")), Strictness::Present, &[]);
    let problem = ["/StartDate: must be of the type timestamp"];
    check_answer("states:startExecution", &answer(json!(true)), Strictness::Present, &problem);
}

#[test]
fn numbers_and_lengths_have_bounds() {
    let answer = |size| json!({ "Configuration": { "MemorySize": size } });
    let problem = ["/Configuration/MemorySize: must be at least 128"];
    check_answer("aws-sdk:lambda:getFunction", &answer(127), Strictness::Present, &problem);
    check_answer("aws-sdk:lambda:getFunction", &answer(128), Strictness::Present, &[]);
    check_answer("aws-sdk:lambda:getFunction", &answer(32768), Strictness::Present, &[]);
    let problem = ["/Configuration/MemorySize: must be at most 32768"];
    check_answer("aws-sdk:lambda:getFunction", &answer(32769), Strictness::Present, &problem);
    let problem = ["/CiphertextBlob: must have a length of at least 1"];
    check_answer("aws-sdk:kms:encrypt", &json!({ "CiphertextBlob": "" }), Strictness::Present, &problem);
    let request = json!({ "Name": "n".repeat(81), "StateMachineArn": "arn" });
    check_request("states:startExecution", &request, &["/Name: must have a length of at most 80"]);
}

#[test]
fn enums_have_their_values() {
    check_answer("aws-sdk:s3:getObject", &json!({ "StorageClass": "GLACIER" }), Strictness::Present, &[]);
    let mismatches = validate(
        Call::of("arn:aws:states:::aws-sdk:s3:getObject").expect("the data has it").operation.output,
        &json!({ "StorageClass": "Papyrus" }),
        Strictness::Present,
    );
    assert!(
        matches!(&mismatches[0].problem, Problem::UnknownValue { known, .. } if known.contains(&"STANDARD"))
    );
}

#[test]
fn values_of_maps_and_recursive_shapes_are_looked_at() {
    let answer = json!({ "Item": { "a/b": { "L": [{ "S": "text" }, { "BOOL": 1 }] } } });
    let problem = ["/Item/a~1b/L/1/BOOL: must be of the type boolean"];
    check_answer("dynamodb:getItem", &answer, Strictness::Present, &problem);
}

#[test]
fn what_is_required_is_missed_where_that_is_asked_for() {
    let answer = json!({ "ExecutionArn": "arn" });
    check_answer("states:startExecution", &answer, Strictness::Present, &[]);
    let problem = [": lacks the member `StartDate`, which is required"];
    check_answer("states:startExecution", &answer, Strictness::Strict, &problem);
    let answer = json!({ "ExecutionArn": "arn", "StartDate": null });
    check_answer("states:startExecution", &answer, Strictness::Strict, &problem);
}

#[test]
fn the_answer_to_a_job_is_that_of_the_polled_operation() {
    let answer = json!({ "Status": "SUCCEEDED", "Output": "{}" });
    check_answer("states:startExecution.sync", &answer, Strictness::Present, &[]);
    let answer = json!({ "Status": "DONE", "Output": { "a": 1 } });
    let problems = [
        "/Status: must be one of: RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED, PENDING_REDRIVE",
        "/Output: must be of the type string",
    ];
    check_answer("states:startExecution.sync", &answer, Strictness::Present, &problems);
    check_answer("states:startExecution.sync:2", &answer, Strictness::Present, &problems[..1]);
}

#[test]
fn members_that_the_api_does_not_have_are_wrong_in_requests_only() {
    check_answer("sns:publish", &json!({ "Mesage": 1 }), Strictness::Strict, &[]);
    let problem = [": must not have a member `Mesage`; a member with a similar name is `Message`"];
    check_request("sns:publish", &json!({ "Mesage": "hi", "Message": "hi" }), &problem);
    let problem = [": must not have a member `Nothing.$`"];
    check_request("sns:publish", &json!({ "Nothing.$": "$.a", "Message": "hi" }), &problem);
}

#[test]
fn what_is_known_only_at_run_time_is_let_pass_in_requests() {
    let request = json!({ "StateMachineArn.$": "$.machine", "Input": { "order": 17 } });
    check_request("states:startExecution", &request, &[]);
    let request = json!({ "TableName": "orders", "Item": "{% $item %}" });
    check_request("dynamodb:putItem", &request, &[]);
    let request = json!({ "TableName": "orders", "Item": { "id": { "S.$": "$.id" }, "sum.$": "$.sum" } });
    check_request("dynamodb:putItem", &request, &[]);
}

#[test]
fn what_a_deployment_fills_in_is_let_pass_in_requests() {
    check_request("sqs:sendMessage", &json!({ "${Queue}": 1, "MessageBody": "a" }), &[]);
    let request = json!({ "Entries": "${Entries}" });
    check_request("events:putEvents", &request, &[]);
}

#[test]
fn numbers_and_booleans_may_be_text_in_requests() {
    let request = |delay: &str| json!({ "QueueUrl": "q", "MessageBody": "a", "DelaySeconds": delay });
    check_request("sqs:sendMessage", &request("10"), &[]);
    let problem = ["/DelaySeconds: must be of the type number"];
    check_request("sqs:sendMessage", &request("ten"), &problem);
    let request = |read: &str| json!({ "TableName": "orders", "Key": {}, "ConsistentRead": read });
    check_request("dynamodb:getItem", &request("True"), &[]);
    let problem = ["/ConsistentRead: must be of the type boolean"];
    check_request("dynamodb:getItem", &request("yes"), &problem);
}

#[test]
fn what_null_stands_for_in_requests_is_not_known() {
    check_request("sqs:sendMessage", &json!({ "QueueUrl": null, "MessageBody": "a" }), &[]);
}

#[test]
fn the_innermost_member_is_named() {
    let output = Call::of("arn:aws:states:::dynamodb:getItem").expect("the data has it").operation.output;
    let answer = json!({ "Item": { "id": "17" }, "ConsumedCapacity": { "Table": { "CapacityUnits": "1" } } });
    let mismatches = validate(output, &answer, Strictness::Present);
    let members: Vec<_> = mismatches.iter().map(|mismatch| mismatch.member).collect();
    assert_eq!(members, [Some("Item"), Some("CapacityUnits")]);
}
