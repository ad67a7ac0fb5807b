//! `SW0240`: a service integration is one that Step Functions has.
//!
//! A name that is not known is a warning, because the service learns new ones; an action that is not in camel case is an error.
//!
//! Source: Developer Guide, "Integrating optimized services", "Supported AWS SDK service integrations".

use stepwright::integration::{SDK_SERVICES, operations};

use crate::asl::nearest;
use crate::check::Report;
use crate::check::index::Index;
use crate::check::resource::ServiceCall;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for service in index.services() {
        let pointer = || index.states[service.state].at("/Resource");
        let finding = match service.call.sdk() {
            Some(sdk) => in_sdk(pointer, sdk, service.call.action),
            None if service.known.facts.is_some() => None,
            None => Some(optimised(pointer, service.call)),
        };
        if let Some(finding) = finding {
            report.add(service.state, finding);
        }
    }
}

fn in_sdk(pointer: impl Fn() -> String, sdk: &str, action: &str) -> Option<Finding> {
    if !SDK_SERVICES.contains(&sdk) {
        let plain: String =
            sdk.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        let near = SDK_SERVICES.iter().copied().find(|known| *known == plain);
        let near = near.or_else(|| nearest(&plain, SDK_SERVICES.iter().copied()));
        let message = format!("the AWS SDK has no service `{sdk}`");
        let finding = Finding::warning(Code::UnknownResource, pointer(), message);
        return Some(finding.maybe_help(near.map(|near| format!("did you mean `{near}`?"))));
    }
    let mut characters = action.chars();
    let first = characters.next();
    if first.is_some_and(|first| first.is_ascii_lowercase()) && characters.all(|c| c.is_ascii_alphanumeric())
    {
        return None;
    }
    let message = format!("`{action}` is no action of the AWS SDK: those are in camel case");
    let finding = Finding::error(Code::UnknownResource, pointer(), message);
    Some(finding.maybe_help(camel_case(action).map(|name| format!("write `{name}`"))))
}

/// `GetObject` and `get_object` are `getObject`.
fn camel_case(action: &str) -> Option<String> {
    let words = action.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut name = String::new();
    for word in words {
        let (first, rest) = word.split_at_checked(1)?;
        name += &if name.is_empty() { first.to_lowercase() } else { first.to_uppercase() };
        name += rest;
    }
    (!name.is_empty()).then_some(name)
}

fn optimised(pointer: impl Fn() -> String, call: ServiceCall<'_>) -> Finding {
    let ServiceCall { service, action, .. } = call;
    let known = || operations().filter_map(|facts| facts.action.split_once(':'));
    let (message, near) = if known().any(|(name, _)| name == service) {
        let actions = known().filter(|(name, _)| *name == service).map(|(_, action)| action);
        let near = nearest(action, actions).map(|near| format!("did you mean `{service}:{near}`?"));
        (format!("there is no optimised integration for `{action}` of `{service}`"), near)
    } else {
        let near =
            nearest(service, known().map(|(name, _)| name)).map(|near| format!("did you mean `{near}`?"));
        (format!("there is no optimised integration for the service `{service}`"), near)
    };
    let sdk = SDK_SERVICES
        .contains(&service)
        .then(|| format!("call it through the AWS SDK: `aws-sdk:{service}:{action}`"));
    Finding::warning(Code::UnknownResource, pointer(), message).maybe_help(near.or(sdk))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_state;

    #[track_caller]
    fn check_resource(resource: &str, expected: &[&str]) {
        check_state(
            &json!({ "Type": "Task", "Resource": format!("arn:aws:states:::{resource}"), "End": true }),
            expected,
        );
    }

    #[test]
    fn what_is_misspelt_is_reported() {
        check_resource(
            "sqs:sendMesage",
            &[
                "warning[SW0240] /States/A/Resource: there is no optimised integration for `sendMesage` of `sqs`",
            ],
        );
        check_resource(
            "sgs:sendMessage",
            &["warning[SW0240] /States/A/Resource: there is no optimised integration for the service `sgs`"],
        );
        check_resource(
            "aws-sdk:cloudwatch-logs:putLogEvents",
            &["warning[SW0240] /States/A/Resource: the AWS SDK has no service `cloudwatch-logs`"],
        );
        check_resource(
            "aws-sdk:s3:GetObject",
            &[
                "error[SW0240] /States/A/Resource: `GetObject` is no action of the AWS SDK: those are in camel case",
            ],
        );
    }

    #[test]
    fn what_is_known_is_not() {
        for resource in [
            "sqs:sendMessage",
            "aws-sdk:dynamodb:query",
            "aws-sdk:s3:listObjectsV2",
            "http:invoke",
            "states:startExecution.sync:2",
        ] {
            check_resource(resource, &[]);
        }
    }

    #[test]
    fn an_action_is_put_into_camel_case() {
        let written = |action| super::camel_case(action);
        assert_eq!(
            ["GetObject", "get_object", "_"].map(written),
            [Some("getObject".to_owned()), Some("getObject".to_owned()), None]
        );
    }
}
