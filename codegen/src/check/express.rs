//! `SW0280`, `SW0281`: an Express workflow does not wait for others, has no Distributed Maps, and runs for five minutes.
//!
//! The definition does not say what it is deployed as, so [`check`] is only for those who know. Of the child executions of a
//! Distributed Map the definition does say it; whether the service looks for it there before it runs them is not documented, so
//! that is a warning. Developer guide: "Choosing workflow type", "Service quotas".

use crate::asl::{ExecutionType, ProcessorMode, StateKind};
use crate::check::Report;
use crate::check::index::{Index, StateEntry};
use crate::diagnostic::{Code, Finding, Severity};

/// How long an Express execution can run, in seconds.
const LONGEST: u64 = 300;

/// Checks a machine that is deployed as an Express workflow.
pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    if let Some(timeout) = index.machine.timeout_seconds.filter(|timeout| *timeout > LONGEST) {
        report.add(None, late_timeout("/TimeoutSeconds".to_owned(), timeout));
    }
    for entry in &index.states {
        check_state(entry, Severity::Error, report);
    }
}

/// Checks the Express children of Distributed Maps, whatever the machine itself is.
pub(crate) fn check_children(index: &Index<'_>, report: &mut Report) {
    // A scope stands after the one around it.
    let mut express: Vec<bool> = Vec::with_capacity(index.scopes.len());
    for scope in &index.scopes {
        let owner = scope.owner.map(|owner| &index.states[owner]);
        express.push(owner.is_some_and(|owner| has_express_children(owner) || express[owner.scope]));
    }
    for entry in index.states.iter().filter(|entry| express[entry.scope]) {
        check_state(entry, Severity::Warning, report);
    }
}

fn has_express_children(entry: &StateEntry<'_>) -> bool {
    let StateKind::Map(map) = &entry.state.kind else { return false };
    let config = map.item_processor.as_ref().and_then(|processor| processor.processor_config.as_ref());
    config.is_some_and(|config| config.execution_type == Some(ExecutionType::Express))
}

fn check_state(entry: &StateEntry<'_>, severity: Severity, report: &mut Report) {
    let mut refuse = |code, field: &str, message: String, help: &str| {
        let finding = Finding::error(code, entry.at(field), message).help(help);
        report.add(entry.number, Finding { severity, ..finding });
    };
    match &entry.state.kind {
        StateKind::Task(task) => {
            if let Some(pattern) = pattern(&task.resource) {
                let message =
                    format!("`{}` waits for {pattern}, which an Express workflow does not", entry.name);
                refuse(Code::NotInExpress, "/Resource", message, "make the workflow a Standard one");
            }
            let timeout = task.timeout_seconds.as_ref().and_then(|seconds| seconds.constant());
            if let Some(timeout) = timeout.filter(|timeout| **timeout > LONGEST) {
                report.add(entry.number, late_timeout(entry.at("/TimeoutSeconds"), *timeout));
            }
        }
        StateKind::Wait(wait) => {
            let seconds = wait.seconds.as_ref().and_then(|seconds| seconds.constant());
            if let Some(seconds) = seconds.filter(|seconds| **seconds > LONGEST) {
                let message = format!(
                    "`{}` waits for {seconds} s, but an Express execution ends after 300 s",
                    entry.name
                );
                refuse(Code::ExpressDuration, "/Seconds", message, "make the workflow a Standard one");
            }
        }
        StateKind::Map(map) => {
            let config =
                map.item_processor.as_ref().and_then(|processor| processor.processor_config.as_ref());
            if config.is_some_and(|config| config.mode == Some(ProcessorMode::Distributed)) {
                let message =
                    format!("`{}` is a Distributed Map, which an Express workflow cannot run", entry.name);
                refuse(
                    Code::NotInExpress,
                    "/ItemProcessor/ProcessorConfig/Mode",
                    message,
                    "make the workflow a Standard one, or the Map an inline one",
                );
            }
        }
        StateKind::Pass(_)
        | StateKind::Choice(_)
        | StateKind::Succeed(_)
        | StateKind::Fail(_)
        | StateKind::Parallel(_) => {}
    }
}

/// What a task waits for beyond the answer of a service.
fn pattern(resource: &str) -> Option<&'static str> {
    match resource.rsplit_once('.') {
        Some((_, "sync" | "sync:2")) => Some("a job to be done (`.sync`)"),
        Some((_, "waitForTaskToken")) => Some("a callback (`.waitForTaskToken`)"),
        _ => (resource.contains(":states:") && resource.contains(":activity:")).then_some("an activity"),
    }
}

fn late_timeout(pointer: String, seconds: u64) -> Finding {
    let message = format!("a timeout of {seconds} s never comes: an Express execution ends after 300 s");
    Finding::warning(Code::ExpressDuration, pointer, message).help("make it shorter, or leave it out")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::asl;
    use crate::check::testing::check_findings;
    use crate::check::{check, check_express};

    #[track_caller]
    fn check_as_express(state: &Value, expected: &[&str]) {
        let definition = json!({ "StartAt": "A", "States": { "A": state } });
        let document = asl::read(&definition.to_string()).expect("the definition can be read");
        assert!(check(document.machine()).is_empty(), "a Standard workflow can do it");
        let found: Vec<String> = (check_express(document.machine()).into_iter())
            .map(|finding| format!("{:?} {}: {}", finding.severity, finding.pointer, finding.message))
            .collect();
        assert_eq!(found, expected);
    }

    fn task(resource: &str) -> Value {
        // A name that is filled in may be any parameter.
        let parameters = json!({ "${Parameter}.$": "$$.Task.Token" });
        json!({ "Type": "Task", "Resource": resource, "Parameters": parameters, "End": true })
    }

    #[test]
    fn what_waits_for_others_is_reported() {
        check_as_express(
            &task("arn:aws:states:::ecs:runTask.sync"),
            &[
                "Error /States/A/Resource: `A` waits for a job to be done (`.sync`), which an Express workflow does not",
            ],
        );
        check_as_express(
            &task("arn:aws:states:::sqs:sendMessage.waitForTaskToken"),
            &[
                "Error /States/A/Resource: `A` waits for a callback (`.waitForTaskToken`), which an Express workflow does not",
            ],
        );
        check_as_express(
            &task("arn:aws:states:eu-west-1:123456789012:activity:pack"),
            &["Error /States/A/Resource: `A` waits for an activity, which an Express workflow does not"],
        );
        let mut sent = task("arn:aws:states:::sqs:sendMessage");
        sent["Parameters"] = json!({ "QueueUrl": "q", "MessageBody": "hi" });
        check_as_express(&sent, &[]);
        check_as_express(&task("${Function}"), &[]);
    }

    #[test]
    fn what_takes_more_than_five_minutes_is_reported() {
        check_as_express(
            &json!({ "Type": "Wait", "Seconds": 301, "End": true }),
            &["Error /States/A/Seconds: `A` waits for 301 s, but an Express execution ends after 300 s"],
        );
        check_as_express(&json!({ "Type": "Wait", "Seconds": 60, "End": true }), &[]);
        let mut slow = task("${Function}");
        slow["TimeoutSeconds"] = json!(900);
        check_as_express(
            &slow,
            &[
                "Warning /States/A/TimeoutSeconds: a timeout of 900 s never comes: an Express execution ends after 300 s",
            ],
        );
    }

    fn map(execution_type: &str, inner: &Value) -> Value {
        json!({ "Type": "Map", "End": true, "ItemProcessor": {
            "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": execution_type },
            "StartAt": "B", "States": { "B": inner },
        } })
    }

    #[test]
    fn a_distributed_map_is_reported() {
        check_as_express(
            &map("STANDARD", &json!({ "Type": "Pass", "End": true })),
            &[
                "Error /States/A/ItemProcessor/ProcessorConfig/Mode: `A` is a Distributed Map, which an Express workflow cannot run",
            ],
        );
    }

    #[test]
    fn express_children_of_a_standard_workflow_are_looked_at() {
        let machine = |kind, inner: &Value| json!({ "StartAt": "A", "States": { "A": map(kind, inner) } });
        let long = json!({ "Type": "Wait", "Seconds": 600, "End": true });
        check_findings(&machine("STANDARD", &long), &[]);
        check_findings(
            &machine("EXPRESS", &long),
            &["warning[SW0281] /States/A/ItemProcessor/States/B/Seconds: \
               `B` waits for 600 s, but an Express execution ends after 300 s"],
        );
    }
}
