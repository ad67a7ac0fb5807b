//! `SW0244`, too: of some parameters one is required, whichever.
//!
//! The models of the APIs do not say it. Developer guide: "Call HTTPS APIs", "Invoke and customize Amazon Bedrock models"; API
//! reference of Amazon SNS, "Publish".

use crate::check::Report;
use crate::check::index::Index;
use crate::check::parameters::{Given, given};
use crate::diagnostic::{Code, Finding};

/// What is called, with the parameters of which one has to be there; what is to be preferred first.
const ONE_OF: &[(&str, &[&str])] = &[
    ("bedrock:invokeModel", &["Body", "Input"]),
    ("http:invoke", &["InvocationConfig", "Authentication"]),
    ("sns:publish", &["TopicArn", "TargetArn", "PhoneNumber"]),
    ("aws-sdk:sns:publish", &["TopicArn", "TargetArn", "PhoneNumber"]),
];

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for given in given(index) {
        let Some((_, names)) = ONE_OF.iter().find(|(action, _)| *action == given.action) else { continue };
        if !given.has_unknown_name() && names.iter().all(|name| given.member(name).is_none()) {
            report.add(given.state, finding(&given, names));
        }
    }
}

fn finding(given: &Given<'_>, names: &[&str]) -> Finding {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let (last, others) = names.split_last().expect("invariant: there are several");
    let message = format!("`{}` needs {} or {last}", given.action, others.join(", "));
    let severity = if given.action.starts_with("aws-sdk:") { Finding::warning } else { Finding::error };
    severity(Code::MissingParameter, &given.pointer, message).on_key()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_parameters;

    #[test]
    fn a_call_without_any_of_them_is_reported() {
        check_parameters(
            "http:invoke",
            &json!({ "ApiEndpoint": "https://example.com", "Method": "GET" }),
            &[
                "error[SW0244] /States/A/Parameters: `http:invoke` needs `InvocationConfig` or `Authentication`",
            ],
        );
        check_parameters(
            "aws-sdk:sns:publish",
            &json!({ "Message": "packed" }),
            &["warning[SW0244] /States/A/Parameters: \
               `aws-sdk:sns:publish` needs `TopicArn`, `TargetArn` or `PhoneNumber`"],
        );
    }

    #[test]
    fn one_of_them_is_enough() {
        check_parameters("sns:publish", &json!({ "Message": "packed", "PhoneNumber.$": "$.phone" }), &[]);
        check_parameters("sns:publish", &json!({ "Message": "packed", "${Target}": "arn" }), &[]);
        check_parameters(
            "bedrock:invokeModel",
            &json!({ "ModelId": "m", "Input": { "S3Uri": "s3://b/k" } }),
            &[],
        );
    }
}
