//! `SW0402`: `States.ALL` is alone in its `ErrorEquals`, and that one is the last. Spec: "Retrying after error".

use crate::check::Report;
use crate::check::index::{Handlers, Index, StateEntry};
use crate::diagnostic::{Code, Finding};

const ALL: &str = "States.ALL";

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        for handlers in entry.handlers() {
            for (position, errors) in handlers.error_equals().enumerate() {
                if let Some(finding) = finding(entry, handlers, position, errors) {
                    report.add(entry.number, finding);
                }
            }
        }
    }
}

fn finding(
    entry: &StateEntry<'_>,
    handlers: Handlers<'_>,
    position: usize,
    errors: &[String],
) -> Option<Finding> {
    let all = errors.iter().position(|error| error == ALL)?;
    let (field, title) = (handlers.field(), handlers.title());
    let (message, help) = if errors.len() > 1 {
        (format!("`{ALL}` stands beside other errors"), format!("give `{ALL}` a {title} of its own"))
    } else if position + 1 < handlers.count() {
        (format!("a {title} for `{ALL}` is not the last one"), format!("move it to the end of `{field}`"))
    } else {
        return None;
    };
    let pointer = entry.at(format_args!("/{field}/{position}/ErrorEquals/{all}"));
    Some(Finding::error(Code::StatesAll, pointer, message).help(help))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::check_state;

    fn task(retry: &Value) -> Value {
        json!({ "Type": "Task", "Resource": "arn:x", "Retry": retry, "End": true })
    }

    #[test]
    fn beside_others_or_before_the_end_it_is_reported() {
        check_state(
            &task(&json!([{ "ErrorEquals": ["A", "States.ALL"] }])),
            &["error[SW0402] /States/A/Retry/0/ErrorEquals/1: `States.ALL` stands beside other errors"],
        );
        check_state(
            &task(&json!([{ "ErrorEquals": ["States.ALL"] }, { "ErrorEquals": ["B"] }])),
            &[
                "error[SW0402] /States/A/Retry/0/ErrorEquals/0: a Retrier for `States.ALL` is not the last one",
            ],
        );
    }

    #[test]
    fn alone_and_last_it_is_fine() {
        check_state(&task(&json!([{ "ErrorEquals": ["B"] }, { "ErrorEquals": ["States.ALL"] }])), &[]);
    }
}
