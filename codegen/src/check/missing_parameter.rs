//! `SW0244`: what an API requires is given.
//!
//! An error in optimised integrations, whose parameters the service checks itself. APIs come to require less from time to time,
//! so it is a warning for those of the AWS SDK.

use crate::api::Problem;
use crate::check::Report;
use crate::check::index::Index;
use crate::check::parameters::report_misfits;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    report_misfits(index, report, |misfit, problem| {
        let Problem::MissingMember(name) = problem else { return None };
        let (place, pointer) = (misfit.place(), misfit.pointer());
        let message = format!("{place} lacks `{name}`, which is required");
        let report = if misfit.is_sdk() { Finding::warning } else { Finding::error };
        Some(report(Code::MissingParameter, pointer, message).on_key())
    });
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::check_state;

    #[track_caller]
    fn check_given(resource: &str, field: &str, given: &Value, expected: &[&str]) {
        let mut state =
            json!({ "Type": "Task", "Resource": format!("arn:aws:states:::{resource}"), "End": true });
        state["QueryLanguage"] = json!(if field == "Arguments" { "JSONata" } else { "JSONPath" });
        state[field] = given.clone();
        check_state(&state, expected);
    }

    #[test]
    fn what_is_required_is_missed() {
        check_given(
            "lambda:invoke",
            "Parameters",
            &json!({ "Payload.$": "$" }),
            &["error[SW0244] /States/A/Parameters: `lambda:invoke` lacks `FunctionName`, which is required"],
        );
        check_given(
            "events:putEvents",
            "Arguments",
            &json!({ "Entrys": [] }),
            &[
                "error[SW0244] /States/A/Arguments: `events:putEvents` lacks `Entries`, which is required",
                "warning[SW0243] /States/A/Arguments/Entrys: `events:putEvents` has no parameter `Entrys`",
            ],
        );
        check_given(
            "aws-sdk:s3:getObject",
            "Arguments",
            &json!({ "Bucket": "b" }),
            &["warning[SW0244] /States/A/Arguments: `aws-sdk:s3:getObject` lacks `Key`, which is required"],
        );
        check_given(
            "http:invoke",
            "Arguments",
            &json!({ "ApiEndpoint": "https://example.com", "InvocationConfig": {} , "Method": "GET" }),
            &["error[SW0244] /States/A/Arguments/InvocationConfig: \
               `InvocationConfig` of `http:invoke` lacks `ConnectionArn`, which is required"],
        );
    }

    #[track_caller]
    fn check_files(language: &str, reader: &Value, writer: &Value, expected: &[&str]) {
        let field = if language == "JSONata" { "Arguments" } else { "Parameters" };
        let processor = json!({
            "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
            "StartAt": "B", "States": { "B": { "Type": "Pass", "End": true } },
        });
        check_state(
            &json!({
                "Type": "Map", "QueryLanguage": language, "ItemProcessor": processor,
                "ItemReader": {
                    "Resource": "arn:aws:states:::s3:getObject", field: reader, "ReaderConfig": { "InputType": "JSON" }
                },
                "ResultWriter": { "Resource": "arn:aws:states:::s3:putObject", field: writer },
                "End": true
            }),
            expected,
        );
    }

    #[test]
    fn what_a_map_asks_for_files_is_looked_at() {
        check_files(
            "JSONPath",
            &json!({ "Bucket.$": "$.bucket", "Prefix": "orders/" }),
            &json!({ "Bukket": "b", "Prefix.$": "$.prefix" }),
            &[
                "error[SW0244] /States/A/ItemReader/Parameters: `s3:getObject` lacks `Key`, which is required",
                "error[SW0244] /States/A/ResultWriter/Parameters: `s3:putObject` lacks `Bucket`, which is required",
                "warning[SW0243] /States/A/ItemReader/Parameters/Prefix: `s3:getObject` has no parameter `Prefix`",
                "warning[SW0243] /States/A/ResultWriter/Parameters/Bukket: `s3:putObject` has no parameter `Bukket`",
            ],
        );
        check_files(
            "JSONata",
            &json!({ "Bucket": "b", "Key": "{% $states.input.key %}", "VersionId": "1" }),
            &json!({ "Bucket": "b", "Prefix": "{% 'p' %}" }),
            &[],
        );
        check_files("JSONata", &json!("{% $states.input.reader %}"), &json!({ "Bucket": "b" }), &[]);
    }

    #[test]
    fn what_is_given_somehow_is_there() {
        check_given("lambda:invoke", "Parameters", &json!({ "FunctionName.$": "$.name" }), &[]);
        check_given(
            "lambda:invoke",
            "Arguments",
            &json!({ "FunctionName": "{% $states.input.name %}" }),
            &[],
        );
    }

    #[test]
    fn what_is_given_as_a_whole_is_not_known() {
        check_given("lambda:invoke", "Arguments", &json!("{% $states.input %}"), &[]);
        check_given("lambda:invoke", "InputPath", &json!("$.call"), &[]);
        check_given("lambda:invoke", "Parameters", &json!({ "${Key}": "name" }), &[]);
    }

    #[test]
    fn what_the_sdk_makes_up_is_not_missed() {
        let job = json!({ "ApplicationId": "a", "ExecutionRoleArn": "arn:aws:iam::123456789012:role/r" });
        check_given("emr-serverless:startJobRun", "Parameters", &job, &[]);
    }
}
