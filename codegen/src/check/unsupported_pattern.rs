//! `SW0241`: a service integration is waited for in a way that it supports.
//!
//! Source: Developer Guide, "Integrating services with Step Functions".

use stepwright::plan::Pattern;

use crate::asl::StateKind;
use crate::check::Report;
use crate::check::index::Index;
use crate::check::resource::ServiceCall;
use crate::diagnostic::{Code, Finding};

/// Of these, the Developer Guide does not say for which operations `.waitForTaskToken` is.
const UNCLEAR: &[&str] = &["bedrock", "eks"];

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        let StateKind::Task(task) = &entry.state.kind else { continue };
        let Some(suffix) = of_function(&task.resource) else { continue };
        let message = format!("a function that is called by its ARN has no `{suffix}`");
        let finding = Finding::error(Code::UnsupportedPattern, entry.at("/Resource"), message);
        let help = if suffix == Pattern::TaskToken.suffix() {
            "write `arn:aws:states:::lambda:invoke.waitForTaskToken`, and the function in `FunctionName`"
        } else {
            "leave it out: the state goes on when the function has answered"
        };
        report.add(entry.number, finding.help(help));
    }
    for service in index.services() {
        let ServiceCall { service: name, action, suffix } = service.call;
        let supported: &[Pattern] = match (service.call.sdk(), service.known.facts) {
            (Some(_), _) => &[Pattern::TaskToken],
            (None, Some(facts)) => facts.patterns,
            (None, None) => continue,
        };
        let unclear = suffix == Pattern::TaskToken.suffix() && UNCLEAR.contains(&name);
        if suffix.is_empty() || unclear || supported.iter().any(|pattern| pattern.suffix() == suffix) {
            continue;
        }
        let ways: Vec<String> = supported.iter().map(|pattern| format!("`{}`", pattern.suffix())).collect();
        let help = match ways.as_slice() {
            [] => "leave it out: the state goes on when the service has answered".to_owned(),
            ways => format!("leave it out, or write {}", ways.join(" or ")),
        };
        let message = format!("`{name}:{action}` has no `{suffix}`");
        let pointer = index.states[service.state].at("/Resource");
        report.add(service.state, Finding::error(Code::UnsupportedPattern, pointer, message).help(help));
    }
}

/// What the ARN of a function ends in that is no part of its name.
fn of_function(resource: &str) -> Option<&'static str> {
    const SUFFIXES: [&str; 3] = [".waitForTaskToken", ".sync", ".sync:2"];
    let is_function = resource.contains(":lambda:") && resource.contains(":function:");
    SUFFIXES.into_iter().find(|suffix| is_function && resource.ends_with(suffix))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_state;

    #[track_caller]
    fn check_resource(resource: &str, expected: &[&str]) {
        // A name that is filled in may be any parameter.
        let parameters = json!({ "${Parameter}.$": "$$.Task.Token" });
        check_state(
            &json!({ "Type": "Task", "Resource": format!("arn:aws:states:::{resource}"), "Parameters": parameters, "End": true }),
            expected,
        );
    }

    #[test]
    fn a_way_to_wait_that_there_is_not_is_reported() {
        check_resource(
            "sqs:sendMessage.sync",
            &["error[SW0241] /States/A/Resource: `sqs:sendMessage` has no `.sync`"],
        );
        check_resource(
            "dynamodb:putItem.waitForTaskToken",
            &["error[SW0241] /States/A/Resource: `dynamodb:putItem` has no `.waitForTaskToken`"],
        );
        check_resource(
            "aws-sdk:s3:getObject.sync",
            &["error[SW0241] /States/A/Resource: `aws-sdk:s3:getObject` has no `.sync`"],
        );
        check_resource(
            "codebuild:startBuild.sync:2",
            &["error[SW0241] /States/A/Resource: `codebuild:startBuild` has no `.sync:2`"],
        );
    }

    #[test]
    fn a_function_has_none() {
        let function = "arn:aws:lambda:eu-west-1:123456789012:function:pack";
        check_state(
            &json!({ "Type": "Task", "Resource": format!("{function}.waitForTaskToken"), "End": true }),
            &["error[SW0241] /States/A/Resource: \
               a function that is called by its ARN has no `.waitForTaskToken`"],
        );
        check_state(&json!({ "Type": "Task", "Resource": format!("{function}:live"), "End": true }), &[]);
    }

    #[test]
    fn those_that_there_are_are_fine() {
        for resource in [
            "codebuild:startBuild.sync",
            "states:startExecution.sync",
            "states:startExecution.sync:2",
            "aws-sdk:sqs:sendMessage.waitForTaskToken",
            "eks:createCluster.waitForTaskToken",
        ] {
            check_resource(resource, &[]);
        }
    }
}
