//! What the `Resource` of a Task state says about how the task is done.

use serde_json::Value;

use crate::history::{TaskKind, Text};
use crate::state::nested::Report;

/// How the state waits for the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// Until the service has answered.
    RequestResponse,
    /// Until the job is done: `.sync`, `.sync:2`.
    Sync,
    /// Until somebody returns the task token: `.waitForTaskToken`.
    TaskToken,
}

/// A resource that has been taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Integration {
    /// How the task is done.
    pub(crate) kind: TaskKind,
    /// How the state waits for it.
    pub(crate) pattern: Pattern,
}

impl Integration {
    /// Takes the ARN of a function, an activity or a service integration apart. What is none of them is taken for a
    /// function, such as the `${…}` that a deployment fills in.
    pub(crate) fn of(resource: &str) -> Self {
        // The partition may be filled in at deployment: `arn:${AWS::Partition}:states:::…`.
        if let Some((arn, service)) = resource.split_once(":states:::")
            && arn.starts_with("arn:${")
        {
            return Self::service(service);
        }
        let parts: Vec<&str> = resource.splitn(6, ':').collect();
        let (kind, pattern) = match parts.as_slice() {
            ["arn", _, "states", "", "", service] => return Self::service(service),
            ["arn", _, "states", _, _, rest] if rest.starts_with("activity:") => {
                (TaskKind::Activity, Pattern::RequestResponse)
            }
            _ => (TaskKind::Lambda, Pattern::RequestResponse),
        };
        Self { kind, pattern }
    }

    /// A service integration: `sqs:sendMessage.waitForTaskToken`, `aws-sdk:dynamodb:putItem`.
    fn service(service: &str) -> Self {
        let sdk = service.strip_prefix("aws-sdk:");
        let (name, action) = sdk.unwrap_or(service).split_once(':').unwrap_or((service, ""));
        let resource_type = if sdk.is_some() { format!("aws-sdk:{name}") } else { name.to_owned() };
        let pattern = match action.split_once('.') {
            Some((_, "waitForTaskToken")) => Pattern::TaskToken,
            Some((_, "sync" | "sync:2")) => Pattern::Sync,
            _ => Pattern::RequestResponse,
        };
        let kind = TaskKind::Service { resource_type: resource_type.into(), resource: Text::from(action) };
        Self { kind, pattern }
    }

    /// Whether the task starts an execution of a machine.
    pub(crate) fn starts_execution(&self) -> bool {
        Report::of(self).is_some()
    }

    /// What keeps the service from being called with these parameters at all.
    pub(crate) fn invalid_parameters(&self, parameters: &Value) -> Option<String> {
        let TaskKind::Service { resource_type, .. } = &self.kind else { return None };
        if &**resource_type != "apigateway" {
            return None;
        }
        // Each header is a list of values, since a header may be sent more than once.
        let headers = parameters.get("Headers").filter(|headers| !headers.is_null())?;
        let is_valid = headers.as_object().is_some_and(|headers| headers.values().all(Value::is_array));
        (!is_valid).then(|| "The value of the field 'Headers' has an invalid format".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_service(resource: &str, resource_type: &str, action: &str, pattern: Pattern) {
        let kind = TaskKind::Service { resource_type: resource_type.into(), resource: action.into() };
        assert_eq!(Integration::of(resource), Integration { kind, pattern });
    }

    #[test]
    fn services_have_a_type_an_action_and_a_pattern() {
        check_service("arn:aws:states:::lambda:invoke", "lambda", "invoke", Pattern::RequestResponse);
        check_service(
            "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            "sqs",
            "sendMessage.waitForTaskToken",
            Pattern::TaskToken,
        );
        check_service(
            "arn:aws:states:::states:startExecution.sync:2",
            "states",
            "startExecution.sync:2",
            Pattern::Sync,
        );
        check_service(
            "arn:${AWS::Partition}:states:::sns:publish",
            "sns",
            "publish",
            Pattern::RequestResponse,
        );
        check_service(
            "arn:aws:states:::aws-sdk:dynamodb:putItem",
            "aws-sdk:dynamodb",
            "putItem",
            Pattern::RequestResponse,
        );
    }

    #[test]
    fn functions_and_activities_are_told_apart() {
        let kind = |resource| Integration::of(resource).kind;
        assert_eq!(kind("arn:aws:lambda:us-east-1:123456789012:function:f"), TaskKind::Lambda);
        assert_eq!(kind("${Function}"), TaskKind::Lambda);
        assert_eq!(kind("arn:aws:states:us-east-1:123456789012:activity:a"), TaskKind::Activity);
    }
}
