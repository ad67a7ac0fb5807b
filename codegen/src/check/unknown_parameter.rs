//! `SW0243`: a parameter is one that the API has. A warning, because services learn new ones.

use crate::api::Problem;
use crate::check::Report;
use crate::check::index::Index;
use crate::check::parameters::report_misfits;
use crate::diagnostic::{Code, Finding, push_token};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    report_misfits(index, report, |misfit, problem| {
        let Problem::UnknownMember { name, nearest } = problem else { return None };
        let message = format!("{} has no parameter `{}`", misfit.place(), name.trim_end_matches(".$"));
        let mut pointer = misfit.pointer();
        push_token(&mut pointer, name);
        let finding = Finding::warning(Code::UnknownParameter, pointer, message).on_key();
        Some(finding.maybe_help(nearest.map(|nearest| format!("did you mean `{nearest}`?"))))
    });
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::check_state;

    #[track_caller]
    fn check_send(parameters: &Value, expected: &[&str]) {
        let resource = "arn:${AWS::Partition}:states:::sqs:sendMessage";
        check_state(
            &json!({ "Type": "Task", "Resource": resource, "Parameters": parameters, "End": true }),
            expected,
        );
    }

    #[test]
    fn a_misspelt_parameter_is_reported() {
        check_send(
            &json!({ "QueueUrl": "q", "MessageBody": "hi", "DelySeconds": 5, "messageGroupId.$": "$.group" }),
            &[
                "warning[SW0243] /States/A/Parameters/DelySeconds: `sqs:sendMessage` has no parameter `DelySeconds`",
                "warning[SW0243] /States/A/Parameters/messageGroupId.$: \
                 `sqs:sendMessage` has no parameter `messageGroupId`",
            ],
        );
        check_send(
            &json!({ "QueueUrl": "q", "MessageBody": "hi", "MessageAttributes": { "a/b": { "DataTyp": "x", "DataType": "x" } } }),
            &["warning[SW0243] /States/A/Parameters/MessageAttributes/a~1b/DataTyp: \
               `MessageAttributes` of `sqs:sendMessage` has no parameter `DataTyp`"],
        );
    }

    #[test]
    fn what_the_api_has_is_fine() {
        check_send(
            &json!({ "QueueUrl.$": "$.q", "MessageBody": { "any": "thing" }, "DelaySeconds": 5 }),
            &[],
        );
    }
}
