//! `SW0245`: a parameter that is written out is of the type that the API takes.
//!
//! Text may be any JSON, and a number or a boolean may be given as text; `api::validate` lets both pass.

use crate::api::Problem;
use crate::check::Report;
use crate::check::index::Index;
use crate::check::parameters::report_misfits;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    report_misfits(index, report, |misfit, problem| {
        let Problem::WrongType { expected } = problem else { return None };
        let article = if matches!(expected.as_bytes().first(), Some(b'a' | b'o')) { "an" } else { "a" };
        let message = format!("{} takes {article} {expected} here", misfit.place());
        Some(Finding::error(Code::ParameterType, misfit.pointer(), message))
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_parameters;

    #[test]
    fn an_object_where_a_number_stands_is_reported() {
        check_parameters(
            "sqs:sendMessage",
            &json!({ "QueueUrl": "q", "MessageBody": "hi", "DelaySeconds": { "Value": 5 } }),
            &[
                "error[SW0245] /States/A/Parameters/DelaySeconds: `DelaySeconds` of `sqs:sendMessage` takes a number here",
            ],
        );
        check_parameters(
            "dynamodb:putItem",
            &json!({ "TableName": "t", "Item": { "id": "17" } }),
            &[
                "error[SW0245] /States/A/Parameters/Item/id: `Item` of `dynamodb:putItem` takes an object here",
            ],
        );
        check_parameters(
            "apigateway:invoke",
            &json!({ "ApiEndpoint": "e", "Method": "GET", "Headers": { "a": "b" } }),
            &[
                "error[SW0245] /States/A/Parameters/Headers/a: `Headers` of `apigateway:invoke` takes an array here",
            ],
        );
    }

    #[test]
    fn a_whole_that_is_no_object_is_reported() {
        check_parameters(
            "sqs:sendMessage",
            &json!(["q", "hi"]),
            &["error[SW0245] /States/A/Parameters: `sqs:sendMessage` takes an object here"],
        );
    }

    #[test]
    fn json_for_text_and_text_for_numbers_are_fine() {
        check_parameters(
            "sqs:sendMessage",
            &json!({ "QueueUrl": "q", "MessageBody": { "order": 17 }, "DelaySeconds": "5" }),
            &[],
        );
        check_parameters(
            "states:startExecution",
            &json!({ "StateMachineArn": "arn", "Input": { "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$": "$$.Execution.Id" } }),
            &[],
        );
        check_parameters(
            "events:putEvents",
            &json!({ "Entries": [{ "Detail": { "order": 17 }, "DetailType": "Ordered", "Source": "shop" }] }),
            &[],
        );
    }
}
