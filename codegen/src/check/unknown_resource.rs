//! `SW0240`: a service integration is one that Step Functions has.
//!
//! A name that is not known is a warning, because the service learns new ones; an action that is not in camel case is an error.
//!
//! Source: Developer Guide, "Integrating optimized services", "Supported AWS SDK service integrations".

use stepwright::integration::{SDK_SERVICES, operations};

use crate::api::Service;
use crate::asl::nearest;
use crate::check::Report;
use crate::check::advice::tasks;
use crate::check::index::{Index, StateEntry, is_substituted};
use crate::check::map_files::{self, Request};
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
    for (entry, task) in tasks(index) {
        if let Some(finding) = no_resource(entry, &task.resource) {
            report.add(entry.number, finding);
        }
    }
    for (entry, request) in map_files::all(index).filter(|(_, request)| request.is_misdirected()) {
        report.add(entry.number, of_map(entry, &request));
    }
}

/// The ARN of something that is there, but is no work for a Task state.
fn no_resource(entry: &StateEntry<'_>, resource: &str) -> Option<Finding> {
    let mut parts = resource.splitn(6, ':');
    let (arn, _, service) = (parts.next()?, parts.next()?, parts.next()?);
    let name = parts.nth(2).filter(|name| arn == "arn" && !name.is_empty())?;
    if is_substituted(resource) {
        return None;
    }
    let kind = name.split([':', '/']).next().unwrap_or_default();
    let help = match (service, kind) {
        ("states", "stateMachine" | "express") => {
            "run it with `arn:aws:states:::states:startExecution.sync`, and its ARN in `StateMachineArn`"
        }
        // A service integration is taken apart elsewhere.
        ("lambda", "function") | ("states", _) => return None,
        ("lambda", _) => "write the ARN of a function: `arn:aws:lambda:…:function:…`",
        ("sns", _) => "write `arn:aws:states:::sns:publish`, and the ARN in `TopicArn`",
        ("sqs", _) => "write `arn:aws:states:::sqs:sendMessage`, and the address of the queue in `QueueUrl`",
        _ => "write a service integration, `arn:aws:states:::…`, and the ARN in its parameters",
    };
    let message = format!("a Task state cannot run `{resource}`");
    Some(Finding::warning(Code::UnknownResource, entry.at("/Resource"), message).help(help))
}

fn of_map(entry: &StateEntry<'_>, request: &Request<'_>) -> Finding {
    let Request { field, resource, actions, .. } = request;
    let known: Vec<String> = actions.iter().map(|action| format!("`arn:aws:states:::s3:{action}`")).collect();
    let message = format!("`{field}` cannot call `{resource}`");
    Finding::warning(Code::UnknownResource, entry.at(format_args!("/{field}/Resource")), message)
        .help(format!("write {}", known.join(" or ")))
}

/// Operations that Step Functions does not call: they answer in a stream, or give another identity.
const NOT_CALLED: &[(&str, &[&str])] = &[
    (
        "bedrockagentruntime",
        &["invokeAgent", "invokeFlow", "invokeInlineAgent", "optimizePrompt", "retrieveAndGenerateStream"],
    ),
    (
        "bedrockruntime",
        &["invokeModelWithResponseStream", "converseStream", "invokeModelWithBidirectionalStream"],
    ),
    ("cloudwatchlogs", &["startLiveTail", "getLogObject"]),
    ("kinesis", &["subscribeToShard"]),
    ("lambda", &["invokeAsync", "invokeWithResponseStream"]),
    ("s3", &["selectObjectContent"]),
    ("sagemakerruntime", &["invokeEndpointWithResponseStream"]),
    ("sts", &["assumeRole", "assumeRoleWithSAML", "assumeRoleWithWebIdentity"]),
];

fn in_sdk(pointer: impl Fn() -> String, sdk: &str, action: &str) -> Option<Finding> {
    if NOT_CALLED.iter().any(|(service, actions)| *service == sdk && actions.contains(&action)) {
        let message = format!("Step Functions does not call `{action}` of `{sdk}`");
        return Some(Finding::warning(Code::UnknownResource, pointer(), message));
    }
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
        return no_action(pointer, sdk, action);
    }
    let message = format!("`{action}` is no action of the AWS SDK: those are in camel case");
    let finding = Finding::error(Code::UnknownResource, pointer(), message);
    Some(finding.maybe_help(camel_case(action).map(|name| format!("write `{name}`"))))
}

/// An action that a service does not have, of which all are known.
fn no_action(pointer: impl Fn() -> String, sdk: &str, action: &str) -> Option<Finding> {
    let service = Service::find(sdk).filter(|service| !service.is_partial)?;
    if service.operation(action).is_some() {
        return None;
    }
    let message = format!("`{sdk}` has no action `{action}`");
    let near = service.nearest_action(action).map(|near| format!("did you mean `{near}`?"));
    Some(Finding::warning(Code::UnknownResource, pointer(), message).maybe_help(near))
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
            "aws-sdk:sts:assumeRole",
            &["warning[SW0240] /States/A/Resource: Step Functions does not call `assumeRole` of `sts`"],
        );
        check_resource(
            "aws-sdk:sqs:sendMesage",
            &["warning[SW0240] /States/A/Resource: `sqs` has no action `sendMesage`"],
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

    #[track_caller]
    fn check_files(reader: &str, writer: &str, expected: &[&str]) {
        let given =
            |resource: &str| json!({ "Resource": resource, "Parameters": { "Bucket": "b", "Prefix": "p" } });
        let processor = json!({
            "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
            "StartAt": "B", "States": { "B": { "Type": "Succeed" } },
        });
        check_state(
            &json!({
                "Type": "Map", "ItemReader": given(reader), "ResultWriter": given(writer),
                "ItemProcessor": processor, "End": true
            }),
            expected,
        );
    }

    #[test]
    fn what_a_map_reads_and_writes_with_is_one_of_a_few() {
        check_files("arn:aws:states:::s3:listObjectsV2", "arn:${AWS::Partition}:states:::s3:putObject", &[]);
        check_files("${Reader}", "arn:aws:states:::${Writer}", &[]);
        check_files(
            "arn:aws:states:::aws-sdk:s3:listObjectsV2",
            "arn:aws:states:::s3:getObject",
            &[
                "warning[SW0240] /States/A/ItemReader/Resource: \
                 `ItemReader` cannot call `arn:aws:states:::aws-sdk:s3:listObjectsV2`",
                "warning[SW0240] /States/A/ResultWriter/Resource: \
                 `ResultWriter` cannot call `arn:aws:states:::s3:getObject`",
            ],
        );
    }

    #[track_caller]
    fn check_arn(resource: &str, is_reported: bool) {
        let message = format!("warning[SW0240] /States/A/Resource: a Task state cannot run `{resource}`");
        let expected = if is_reported { vec![message.as_str()] } else { Vec::new() };
        check_state(&json!({ "Type": "Task", "Resource": resource, "End": true }), &expected);
    }

    #[test]
    fn what_is_no_work_is_reported() {
        check_arn("arn:aws:states:eu-west-1:123456789012:stateMachine:pack", true);
        check_arn("arn:aws:sns:eu-west-1:123456789012:packed", true);
        check_arn("arn:aws:lambda:eu-west-1:123456789012:layer:pack:1", true);
        for resource in [
            "arn:aws:lambda:eu-west-1:123456789012:function:pack",
            "arn:aws:lambda:eu-west-1:123456789012:${Function}",
            "arn:aws:states:eu-west-1:123456789012:activity:pack",
            "arn:aws:sns",
            "foo:bar",
        ] {
            check_arn(resource, false);
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
