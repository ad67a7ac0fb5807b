//! `SW0522`, `SW0523`: fields of the Context Object exist, and are there where they are read.
//!
//! Developer guide: "Context object".

use crate::asl::{StateKind, nearest};
use crate::check::Report;
use crate::check::index::{Index, StateEntry};
use crate::check::texts::{Takes, Text};
use crate::diagnostic::{Code, Finding, Severity};

/// The fields of the Context Object with their members; what the input and an item hold is open.
const FIELDS: &[(&str, &[&str])] = &[
    ("Execution", &["Id", "Input", "Name", "RoleArn", "StartTime", "RedriveCount", "RedriveTime"]),
    ("StateMachine", &["Id", "Name"]),
    ("State", &["Name", "EnteredTime", "RetryCount"]),
    ("Task", &["Token"]),
    ("Map", &["Item"]),
];

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for text in index.texts.iter().filter(|text| is_read(text)) {
        let entry = index.state_of(text);
        let tested = text.expression().is_some_and(|expression| expression.tests_states);
        let mut found = Vec::new();
        text.contexts(|members, is_certain| {
            found.extend(unknown(text, members));
            if !tested {
                found.extend(missing(text, entry, index, members, is_certain));
            }
        });
        for finding in found {
            report.add(text.state, finding);
        }
    }
}

/// Whether it needs what it names.
fn is_read(text: &Text<'_>) -> bool {
    !text.is_test && !matches!(text.takes, Takes::Literal | Takes::ResultPath)
}

/// A field that is not documented: a warning, as the service may have learnt it.
fn unknown(text: &Text<'_>, members: &[String]) -> Option<Finding> {
    let field = members.first()?;
    let known = FIELDS.iter().find(|(name, _)| name == field);
    let (name, similar) = match (known, members.get(1)) {
        (None, _) => (field.clone(), nearest(field, FIELDS.iter().map(|(name, _)| *name)).map(str::to_owned)),
        (Some((_, inner)), Some(member)) if !inner.contains(&member.as_str()) => {
            let similar = nearest(member, inner.iter().copied()).map(|similar| format!("{field}.{similar}"));
            (format!("{field}.{member}"), similar)
        }
        (Some(_), _) => return None,
    };
    let message = format!("the Context Object has no field `{name}`");
    Some(
        Finding::warning(Code::UnknownContextField, text.pointer(), message)
            .maybe_help(similar.map(|similar| format!("a field with a similar name is `{similar}`"))),
    )
}

/// A field that is not there in this state.
fn missing(
    text: &Text<'_>,
    entry: &StateEntry<'_>,
    index: &Index<'_>,
    members: &[String],
    is_certain: bool,
) -> Option<Finding> {
    let (message, help) = match members.first()?.as_str() {
        "Map" if !is_in_map(entry, index) => {
            ("there is no `Map` in the Context Object: the state is in no Map state", None)
        }
        "Task" if has_no_token(entry) => (
            "there is no `Task.Token` in the Context Object: the state does not wait for a token",
            Some("add `.waitForTaskToken` to the `Resource`"),
        ),
        _ => return None,
    };
    let mut finding = Finding::error(Code::NoSuchContext, text.pointer(), message);
    if !is_certain {
        finding.severity = Severity::Warning;
    }
    Some(finding.maybe_help(help.map(str::to_owned)))
}

fn is_in_map(entry: &StateEntry<'_>, index: &Index<'_>) -> bool {
    let mut next = Some(entry.number);
    while let Some(number) = next {
        let entry = &index.states[number];
        if matches!(entry.state.kind, StateKind::Map(_)) {
            return true;
        }
        next = index.scopes[entry.scope].owner;
    }
    false
}

/// Whether it is certain that nobody is given a token.
fn has_no_token(entry: &StateEntry<'_>) -> bool {
    match &entry.state.kind {
        StateKind::Task(task) => {
            let resource = task.resource.as_str();
            let is_known =
                resource.starts_with("arn:aws:states:::") || resource.starts_with("arn:aws:lambda:");
            is_known && !resource.contains(".waitForTaskToken") && !resource.contains(".sync")
        }
        StateKind::Pass(_)
        | StateKind::Choice(_)
        | StateKind::Wait(_)
        | StateKind::Succeed(_)
        | StateKind::Fail(_) => true,
        StateKind::Parallel(_) | StateKind::Map(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::check_state;

    #[track_caller]
    fn check_read(path: &str, expected: &[&str]) {
        check_state(&json!({ "Type": "Pass", "InputPath": path, "End": true }), expected);
    }

    #[test]
    fn unknown_fields_are_reported() {
        check_read(
            "$$.Execution.StartedAt",
            &["warning[SW0522] /States/A/InputPath: the Context Object has no field `Execution.StartedAt`"],
        );
        check_read(
            "$$.state.Name",
            &["warning[SW0522] /States/A/InputPath: the Context Object has no field `state`"],
        );
        for path in ["$$", "$$.Execution.Input.anything", "$$['State']['EnteredTime']", "$$.StateMachine"] {
            check_read(path, &[]);
        }
    }

    #[test]
    fn jsonata_reads_the_same_object() {
        let pass = |output: &str| json!({ "Type": "Pass", "QueryLanguage": "JSONata", "Output": output, "End": true });
        check_state(
            &pass("{% $states.context.Execution.Nme %}"),
            &["warning[SW0522] /States/A/Output: the Context Object has no field `Execution.Nme`"],
        );
        check_state(
            &pass("{% $states.context.Map.Item.Index %}"),
            &[
                "error[SW0523] /States/A/Output: there is no `Map` in the Context Object: the state is in no Map state",
            ],
        );
        check_state(
            &pass("{% 'at ' & $states.context.Map.Item.Index %}"),
            &[
                "warning[SW0523] /States/A/Output: there is no `Map` in the Context Object: the state is in no Map state",
            ],
        );
        check_state(&pass("{% $exists($states.context.Map) ? 1 : 2 %}"), &[]);
    }

    #[test]
    fn items_are_there_in_a_map() {
        let message = "error[SW0523] /States/A/InputPath: \
                       there is no `Map` in the Context Object: the state is in no Map state";
        check_read("$$.Map.Item.Value", &[message]);
        check_state(
            &json!({
                "Type": "Map", "ItemSelector": { "x.$": "$$.Map.Item.Value" }, "End": true,
                "ItemProcessor": { "StartAt": "B", "States": {
                    "B": { "Type": "Pass", "InputPath": "$$.Map.Item.Index", "End": true }
                } },
            }),
            &[],
        );
    }

    #[track_caller]
    fn check_task(resource: &str, parameters: &Value, expected: &[&str]) {
        check_state(
            &json!({ "Type": "Task", "Resource": resource, "Parameters": parameters, "End": true }),
            expected,
        );
    }

    #[test]
    fn a_token_is_there_where_it_is_waited_for() {
        let parameters = json!({ "QueueUrl": "q", "MessageBody": { "token.$": "$$.Task.Token" } });
        check_task(
            "arn:aws:states:::sqs:sendMessage",
            &parameters,
            &["error[SW0523] /States/A/Parameters/MessageBody/token.$: \
               there is no `Task.Token` in the Context Object: the state does not wait for a token"],
        );
        check_task("arn:aws:states:::sqs:sendMessage.waitForTaskToken", &parameters, &[]);
        check_task("${Resource}", &parameters, &[]);
    }
}
