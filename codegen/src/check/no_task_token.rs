//! `SW0242`: a task that waits for its token gives it to somebody.
//!
//! The service accepts it, and the task waits for its timeout; a warning.

use serde_json::Value;
use stepwright::plan::Pattern;

use crate::asl::{NullablePath, QueryLanguage};
use crate::check::Report;
use crate::check::index::{Index, StateEntry};
use crate::diagnostic::{Code, Finding};

/// What the Context Object has besides the task; `State` is also the beginning of `StateMachine`.
const OTHERS: &[&str] = &[".Execution", ".State", ".Map"];

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for service in index.services() {
        if service.call.suffix != Pattern::TaskToken.suffix() {
            continue;
        }
        let (entry, task) = (&index.states[service.state], service.task);
        let (given, token) = match entry.language {
            QueryLanguage::Jsonata => (task.arguments.as_ref(), "{% $states.context.Task.Token %}"),
            QueryLanguage::JsonPath => (task.parameters.as_ref(), "$$.Task.Token"),
        };
        if given.is_some_and(|given| mentions_token(given, entry.language)) || is_context(entry) {
            continue;
        }
        let message = format!("`{}` waits for its task token, but does not hand it on", entry.name);
        let finding = Finding::warning(Code::NoTaskToken, entry.at("/Resource"), message).help(format!(
            "put the token into what the task is given, `{token}`, or leave `.waitForTaskToken` out"
        ));
        report.add(entry.number, finding);
    }
}

/// Whether the input itself is taken from the Context Object.
fn is_context(entry: &StateEntry<'_>) -> bool {
    matches!(&entry.state.input_path, Some(NullablePath::Path(path)) if path.starts_with("$$"))
}

/// Whether some text in it may read the token: the token itself, or the Context Object as a whole.
fn mentions_token(value: &Value, language: QueryLanguage) -> bool {
    match value {
        Value::String(text) => match language {
            QueryLanguage::JsonPath => text.split("$$").skip(1).any(|rest| !begins_with_any(rest, OTHERS)),
            QueryLanguage::Jsonata => text.split("$states").skip(1).any(may_be_token),
        },
        Value::Array(items) => items.iter().any(|item| mentions_token(item, language)),
        Value::Object(fields) => fields.values().any(|field| mentions_token(field, language)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Of what follows `$states` in JSONata.
fn may_be_token(rest: &str) -> bool {
    match rest.strip_prefix(".context") {
        Some(rest) => !begins_with_any(rest, OTHERS),
        None => !begins_with_any(rest, &[".input", ".result", ".errorOutput"]),
    }
}

fn begins_with_any(text: &str, prefixes: &[&str]) -> bool {
    prefixes.iter().any(|prefix| text.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::check_state;

    const FINDING: &str =
        "warning[SW0242] /States/A/Resource: `A` waits for its task token, but does not hand it on";

    #[track_caller]
    fn check_given(field: &str, given: &Value, expected: &[&str]) {
        let mut state = json!({ "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "End": true });
        state["QueryLanguage"] = json!(if field == "Arguments" { "JSONata" } else { "JSONPath" });
        state[field] = given.clone();
        if let Some(parameters) = state[field].as_object_mut() {
            parameters.entry("MessageBody").or_insert(json!("approve"));
            parameters.insert("QueueUrl".to_owned(), json!("q"));
        }
        check_state(&state, expected);
    }

    #[test]
    fn a_token_that_nobody_gets_is_reported() {
        check_given(
            "Parameters",
            &json!({ "MessageBody": "in $$.Task", "MessageGroupId.$": "$$.Execution.Id" }),
            &[],
        );
        check_given(
            "Parameters",
            &json!({ "MessageBody": "approve", "MessageGroupId.$": "$$.Execution.Id" }),
            &[FINDING],
        );
        check_given(
            "Arguments",
            &json!("{% {'a': $states.input.b, 'c': $states.context.StateMachine.Id} %}"),
            &[FINDING],
        );
        check_given("InputPath", &json!("$.a"), &[FINDING]);
    }

    #[test]
    fn a_token_anywhere_is_enough() {
        check_given(
            "Parameters",
            &json!({ "MessageBody": { "list": [{ "Token.$": "$$.Task.Token" }] } }),
            &[],
        );
        check_given(
            "Parameters",
            &json!({ "MessageBody": "a", "MessageGroupId.$": "States.JsonToString($$)" }),
            &[],
        );
        check_given("Arguments", &json!({ "MessageBody": "{% 'x' & $states.context.Task.Token %}" }), &[]);
        check_given("Arguments", &json!("{% $states.context %}"), &[]);
        check_given("InputPath", &json!("$$.Task"), &[]);
    }
}
