//! `SW0253`: what a Retrier or Catcher of a service task is for, is an error that the service raises.
//!
//! Only where a task does nothing but ask a service: a function raises errors of any name, and so does who answers a task token.
//!
//! Source: Developer Guide, "Supported AWS SDK service integrations"; the names of some optimised integrations were recorded.

mod prefixes;

use crate::check::Report;
use crate::check::foreign_error::prefixes::SDK_PREFIXES;
use crate::check::index::{Index, is_substituted};
use crate::check::resource::ServiceCall;
use crate::diagnostic::{Code, Finding};

/// What the Error Names of optimised integrations begin with, as far as that is known of all of them.
const OPTIMISED: &[(&str, &str)] = &[
    ("dynamodb", "DynamoDB"),
    ("events", "EventBridge"),
    ("sns", "SNS"),
    ("sqs", "SQS"),
    ("states", "StepFunctions"),
];

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for task in index.services() {
        let (entry, service) = (&index.states[task.state], task.call);
        let Some(raised) = Raised::by(service) else { continue };
        for handlers in entry.handlers() {
            for (position, errors) in handlers.error_equals().enumerate() {
                for (at, error) in errors.iter().enumerate() {
                    let Some(instead) = raised.instead_of(error) else { continue };
                    let message =
                        format!("`{}:{}` does not raise `{error}`", service.service, service.action);
                    let pointer = entry.at(format_args!("/{}/{position}/ErrorEquals/{at}", handlers.field()));
                    let finding = Finding::warning(Code::ForeignError, pointer, message).help(instead);
                    report.add(entry.number, finding);
                }
            }
        }
    }
}

/// The Error Names that a service raises.
struct Raised {
    prefix: &'static str,
    /// Whether they all end with `Exception`.
    is_sdk: bool,
}

impl Raised {
    fn by(service: ServiceCall<'_>) -> Option<Self> {
        if !service.suffix.is_empty() {
            return None;
        }
        if let Some(sdk) = service.sdk() {
            let prefix = SDK_PREFIXES.iter().find(|prefix| prefix.eq_ignore_ascii_case(sdk))?;
            return Some(Self { prefix, is_sdk: true });
        }
        let (_, prefix) = OPTIMISED.iter().find(|(name, _)| *name == service.service)?;
        Some(Self { prefix, is_sdk: false })
    }

    /// What to write instead of a name that the service does not raise.
    fn instead_of(&self, error: &str) -> Option<String> {
        if error.starts_with("States.") || is_substituted(error) {
            return None;
        }
        let (prefix, name) = error.split_once('.').unwrap_or(("", error));
        let is_whole = !self.is_sdk || name.ends_with(EXCEPTION);
        if prefix == self.prefix && is_whole {
            return None;
        }
        let is_own = prefix.is_empty() || is_like(prefix, self.prefix);
        if !is_own || name.is_empty() {
            return Some(format!("its errors begin with `{}.`", self.prefix));
        }
        let ending = if self.is_sdk && !is_whole { EXCEPTION } else { "" };
        Some(format!("it raises `{}.{name}{ending}`", self.prefix))
    }
}

const EXCEPTION: &str = "Exception";

/// Whether both prefixes are of one service, in the two kinds of integrations.
fn is_like(one: &str, other: &str) -> bool {
    const STEP_FUNCTIONS: [&str; 2] = ["sfn", "stepfunctions"];
    let names = [one.to_lowercase(), other.to_lowercase()];
    names[0] == names[1] || names.iter().all(|name| STEP_FUNCTIONS.contains(&name.as_str()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_findings;

    #[track_caller]
    fn check_errors(action: &str, errors: &[&str], expected: &[&str]) {
        let task = json!({
            "Type": "Task", "Resource": format!("arn:aws:states:::{action}"), "InputPath": "$$",
            "Catch": [{ "ErrorEquals": errors, "Next": "B" }], "Next": "B"
        });
        check_findings(
            &json!({ "StartAt": "A", "States": { "A": task, "B": { "Type": "Succeed" } } }),
            expected,
        );
    }

    #[test]
    fn errors_of_the_sdk_have_its_prefix_and_end_with_exception() {
        check_errors(
            "aws-sdk:dynamodb:putItem",
            &[
                "DynamoDB.ConditionalCheckFailedException",
                "ConditionalCheckFailedException",
                "States.Timeout",
            ],
            &[
                "warning[SW0253] /States/A/Catch/0/ErrorEquals/0: \
                 `aws-sdk:dynamodb:putItem` does not raise `DynamoDB.ConditionalCheckFailedException`",
                "warning[SW0253] /States/A/Catch/0/ErrorEquals/1: \
                 `aws-sdk:dynamodb:putItem` does not raise `ConditionalCheckFailedException`",
            ],
        );
        check_errors(
            "aws-sdk:s3:getObject",
            &["S3.NoSuchKey", "S3.S3Exception", "${Error}"],
            &[
                "warning[SW0253] /States/A/Catch/0/ErrorEquals/0: `aws-sdk:s3:getObject` does not raise `S3.NoSuchKey`",
            ],
        );
    }

    #[test]
    fn errors_of_other_services_are_reported() {
        check_errors(
            "dynamodb:putItem",
            &["DynamoDB.ConditionalCheckFailedException", "Lambda.ServiceException"],
            &["warning[SW0253] /States/A/Catch/0/ErrorEquals/1: \
               `dynamodb:putItem` does not raise `Lambda.ServiceException`"],
        );
    }

    #[test]
    fn who_may_raise_any_error_is_not_looked_at() {
        check_errors("aws-sdk:sqs:sendMessage.waitForTaskToken", &["Refused"], &[]);
        check_errors("lambda:invoke", &["OutOfStock"], &[]);
        check_errors("states:startExecution.sync", &["OutOfStock"], &[]);
        check_errors("events:putEvents", &["EventBridge.FailedEntry"], &[]);
    }
}
