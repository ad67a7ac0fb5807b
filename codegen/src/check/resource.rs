//! The `Resource` of a service integration, taken apart.

use stepwright::integration::{OperationFacts, operations};

use crate::asl::{StateKind, Task};
use crate::check::index::{Index, StateEntry, is_substituted};

/// What the `Resource` of a service integration says; `sqs:sendMessage.waitForTaskToken` without the `arn:aws:states:::`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ServiceCall<'m> {
    /// `sqs`, or `aws-sdk:s3`.
    pub(crate) service: &'m str,
    /// `sendMessage`.
    pub(crate) action: &'m str,
    /// What it waits for: `.waitForTaskToken`, with the full stop; empty for nothing.
    pub(crate) suffix: &'m str,
}

impl<'m> ServiceCall<'m> {
    /// `None` for anything else: a function, an activity, a text that a deployment fills in. The partition may be filled in.
    pub(crate) fn of(resource: &'m str) -> Option<Self> {
        let (arn, rest) = resource.split_once(":states:::")?;
        if !arn.starts_with("arn:") || is_substituted(rest) {
            return None;
        }
        let (service, action) = rest.rsplit_once(':').filter(|(_, last)| *last != "2").or_else(|| {
            // `startExecution.sync:2`
            let at = rest.strip_suffix(":2")?.rfind(':')?;
            Some((&rest[..at], &rest[at + 1..]))
        })?;
        let (action, suffix) = action.split_at(action.find('.').unwrap_or(action.len()));
        Some(Self { service, action, suffix })
    }

    /// The service of the AWS SDK.
    pub(crate) fn sdk(self) -> Option<&'m str> {
        self.service.strip_prefix("aws-sdk:")
    }

    /// What is known of the operation.
    pub(crate) fn facts(self) -> Option<&'static OperationFacts> {
        operations().find(|facts| {
            let action = facts.action.strip_prefix(self.service).and_then(|rest| rest.strip_prefix(':'));
            action == Some(self.action)
        })
    }
}

/// The Task states of a machine that call a service.
pub(crate) fn services<'i, 'm>(
    index: &'i Index<'m>,
) -> impl Iterator<Item = (&'i StateEntry<'m>, &'m Task, ServiceCall<'m>)> {
    index.states.iter().filter_map(|entry| match &entry.state.kind {
        StateKind::Task(task) => Some((entry, task, ServiceCall::of(&task.resource)?)),
        StateKind::Pass(_)
        | StateKind::Choice(_)
        | StateKind::Wait(_)
        | StateKind::Succeed(_)
        | StateKind::Fail(_)
        | StateKind::Parallel(_)
        | StateKind::Map(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::ServiceCall;

    #[track_caller]
    fn check_service(resource: &str, expected: Option<(&str, &str, &str)>) {
        let service = ServiceCall::of(resource).map(|found| (found.service, found.action, found.suffix));
        assert_eq!(service, expected);
    }

    #[test]
    fn a_resource_has_a_service_an_action_and_a_suffix() {
        check_service("arn:aws:states:::sns:publish", Some(("sns", "publish", "")));
        check_service(
            "arn:aws:states:::states:startExecution.sync:2",
            Some(("states", "startExecution", ".sync:2")),
        );
        check_service("arn:aws:states:::aws-sdk:s3:getObject", Some(("aws-sdk:s3", "getObject", "")));
        check_service(
            "arn:${AWS::Partition}:states:::sqs:sendMessage.waitForTaskToken",
            Some(("sqs", "sendMessage", ".waitForTaskToken")),
        );
    }

    #[test]
    fn nothing_else_is_taken_apart() {
        check_service("arn:aws:lambda:eu-west-1:123456789012:function:f", None);
        check_service("arn:aws:states:eu-west-1:123456789012:activity:a", None);
        check_service("arn:aws:states:::${Action}", None);
        check_service("${Resource}", None);
        check_service("arn:aws:states:::odd", None);
    }
}
