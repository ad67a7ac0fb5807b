//! The `Resource` of a service integration, taken apart.

use stepwright::integration::{OperationFacts, operations};

use crate::api::Call;
use crate::asl::{StateKind, Task};
use crate::check::hash::TextMap;
use crate::check::index::{StateEntry, is_substituted};

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

/// A service integration, with what is known of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    /// Which ways of waiting there are; `None` for the AWS SDK, and for an operation that is not known.
    pub(crate) facts: Option<&'static OperationFacts>,
    /// The operation of the API; `None` where the data does not have it.
    pub(crate) api: Option<Call>,
}

/// A Task state that calls a service.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ServiceTask<'m> {
    /// The number of the state.
    pub(crate) state: usize,
    pub(crate) task: &'m Task,
    pub(crate) call: ServiceCall<'m>,
    pub(crate) known: Known,
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

    fn known(self) -> Known {
        let Self { service, action, suffix } = self;
        let facts = operations().find(|facts| {
            let known = facts.action.strip_prefix(service).and_then(|rest| rest.strip_prefix(':'));
            known == Some(action)
        });
        let api = Call::of(&format!("arn:aws:states:::{service}:{action}{suffix}"));
        Known { facts, api }
    }
}

/// The Task states that call a service, in their order. Many call the same one, which is looked up once.
pub(crate) fn services<'m>(states: &[StateEntry<'m>]) -> Vec<ServiceTask<'m>> {
    let mut known: TextMap<&str, Option<(ServiceCall<'m>, Known)>> = TextMap::default();
    let tasks = states.iter().filter_map(|entry| match &entry.state.kind {
        StateKind::Task(task) => Some((entry.number, task)),
        StateKind::Pass(_)
        | StateKind::Choice(_)
        | StateKind::Wait(_)
        | StateKind::Succeed(_)
        | StateKind::Fail(_)
        | StateKind::Parallel(_)
        | StateKind::Map(_) => None,
    });
    let services = tasks.filter_map(|(state, task)| {
        let look_up = || ServiceCall::of(&task.resource).map(|call| (call, call.known()));
        let found = known.entry(task.resource.as_str()).or_insert_with(look_up);
        found.map(|(call, known)| ServiceTask { state, task, call, known })
    });
    services.collect()
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
