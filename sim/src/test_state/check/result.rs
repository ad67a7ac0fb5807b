//! Holds a mocked result against the API of the service that the task calls.

use serde_json::Value;
use stepwright_codegen::api::{Call, Mismatch, Problem, Shape, Strictness, validate};

use crate::test_state::FieldValidation;

/// What is wrong with the result, as the service says it. A resource that is not known here takes any.
pub(super) fn problem(resource: &str, result: &Value, mode: FieldValidation) -> Option<String> {
    let strictness = match mode {
        FieldValidation::Strict => Strictness::Strict,
        FieldValidation::Present => Strictness::Present,
        FieldValidation::None => return None,
    };
    let shape = Call::of(resource)?.result()?;
    if matches!(shape.shape(), Shape::Structure(structure) if structure.members.is_empty()) {
        return None;
    }
    // The service tells of the first problem only.
    validate(shape, result, strictness).first().map(message)
}

fn message(mismatch: &Mismatch) -> String {
    let Some(field) = mismatch.member.or(missing(&mismatch.problem)) else {
        return "Mocked result must be a JSON object.".to_owned();
    };
    let problem = match &mismatch.problem {
        Problem::WrongType { expected: "array" } => "must be an array".to_owned(),
        Problem::WrongType { expected: "object" } => "must be an object".to_owned(),
        Problem::WrongType { expected: "timestamp" } => "must be a string".to_owned(),
        Problem::WrongType { expected } => format!("must be a {expected}"),
        Problem::UnknownValue { .. } => "is not an expected value".to_owned(),
        Problem::TooSmall(_) => "is less than the minimum value".to_owned(),
        Problem::TooShort(_) => "is smaller than the minimum length".to_owned(),
        // No recording has any of these; they are worded after those above.
        Problem::TooLarge(_) => "is greater than the maximum value".to_owned(),
        Problem::TooLong(_) => "is larger than the maximum length".to_owned(),
        Problem::MissingMember(name) => return in_schema(&format!("Required field '{name}' is missing")),
        Problem::UnknownMember { name, .. } => return in_schema(&format!("Field '{name}' is not expected")),
    };
    in_schema(&format!("Field '{field}' {problem}"))
}

fn missing(problem: &Problem) -> Option<&'static str> {
    match problem {
        Problem::MissingMember(name) => Some(name),
        _ => None,
    }
}

fn in_schema(problem: &str) -> String {
    format!("Mock result schema validation error: {problem}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(resource: &str, result: &Value, expected: Option<&str>) {
        let resource = format!("arn:aws:states:::{resource}");
        assert_eq!(problem(&resource, result, FieldValidation::Present).as_deref(), expected);
    }

    #[test]
    fn the_innermost_field_is_named() {
        check(
            "dynamodb:putItem",
            &json!({ "ConsumedCapacity": { "CapacityUnits": "1" } }),
            Some("Mock result schema validation error: Field 'CapacityUnits' must be a number"),
        );
        check(
            "aws-sdk:sqs:receiveMessage",
            &json!({ "Messages": { "Body": "hi" } }),
            Some("Mock result schema validation error: Field 'Messages' must be an array"),
        );
    }

    #[test]
    fn jobs_answer_with_their_description() {
        check("states:startExecution.sync:2", &json!({ "Output": { "a": 1 } }), None);
        check(
            "states:startExecution.sync",
            &json!({ "Output": { "a": 1 } }),
            Some("Mock result schema validation error: Field 'Output' must be a string"),
        );
    }

    #[test]
    fn a_result_is_an_object() {
        check("dynamodb:getItem", &json!("none"), Some("Mocked result must be a JSON object."));
    }

    #[test]
    fn any_result_does_where_no_api_says_more() {
        check("sqs:sendMessage.waitForTaskToken", &json!("approved"), None);
        check("aws-sdk:sqs:deleteMessage", &json!("gone"), None);
        check("aws-sdk:braket:getJob", &json!([1]), None);
        check("lambda:invoke", &json!({ "Payload": [1] }), None);
    }

    #[test]
    fn what_is_required_is_missed_in_strict_mode() {
        let resource = "arn:aws:states:::states:startExecution";
        let message = "Mock result schema validation error: Required field 'ExecutionArn' is missing";
        assert_eq!(problem(resource, &json!({}), FieldValidation::Strict).as_deref(), Some(message));
        assert_eq!(problem(resource, &json!({}), FieldValidation::Present), None);
        assert_eq!(problem(resource, &json!({ "StartDate": true }), FieldValidation::None), None);
    }
}
