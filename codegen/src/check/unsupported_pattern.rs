//! `SW0241`: a service integration is waited for in a way that it supports.
//!
//! Source: Developer Guide, "Integrating services with Step Functions".

use stepwright::plan::Pattern;

use crate::check::Report;
use crate::check::index::Index;
use crate::check::resource::ServiceCall;
use crate::diagnostic::{Code, Finding};

/// Of these, the Developer Guide does not say for which operations `.waitForTaskToken` is.
const UNCLEAR: &[&str] = &["bedrock", "eks"];

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
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
