//! `SW0482`: a Retrier (or Catcher) after one for `States.TaskFailed`, for errors that this one matches.
//!
//! Certain only of names that are not reserved: which of those `States.TaskFailed` matches is not documented. Names that are listed
//! twice are `SW0404`, what follows `States.ALL` is `SW0402`. Spec: "Appendix A".

use crate::check::Report;
use crate::check::index::{Handlers, Index, StateEntry};
use crate::diagnostic::{Code, Finding};

const TASK_FAILED: &str = "States.TaskFailed";

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        for handlers in entry.handlers() {
            report_covered(entry, handlers, report);
        }
    }
}

fn report_covered(entry: &StateEntry<'_>, handlers: Handlers<'_>, report: &mut Report) {
    let Some(wildcard) =
        handlers.error_equals().position(|errors| errors.iter().any(|error| error == TASK_FAILED))
    else {
        return;
    };
    for (position, errors) in handlers.error_equals().enumerate().skip(wildcard + 1) {
        let is_covered = |error: &String| !error.starts_with("States.");
        if !errors.is_empty() && errors.iter().all(is_covered) {
            let pointer = |position| entry.at(format_args!("/{}/{position}/ErrorEquals", handlers.field()));
            let title = handlers.title();
            let message = format!("this {title} is never used: one for `{TASK_FAILED}` comes first");
            let finding = Finding::warning(Code::CoveredHandler, pointer(position), message)
                .label(pointer(wildcard), "its errors are matched here")
                .help(format!("move it in front of the {title} for `{TASK_FAILED}`"));
            report.add(entry.number, finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::check_state;

    fn task(retry: &Value) -> Value {
        json!({ "Type": "Task", "Resource": "arn:x", "Retry": retry, "End": true })
    }

    #[test]
    fn what_follows_the_wildcard_is_reported() {
        check_state(
            &task(
                &json!([{ "ErrorEquals": ["States.TaskFailed"] }, { "ErrorEquals": ["Busy", "Lambda.Unknown"] }]),
            ),
            &["warning[SW0482] /States/A/Retry/1/ErrorEquals: \
               this Retrier is never used: one for `States.TaskFailed` comes first"],
        );
    }

    #[test]
    fn what_the_wildcard_may_leave_over_is_fine() {
        check_state(
            &task(&json!([
                { "ErrorEquals": ["Busy"] },
                { "ErrorEquals": ["States.TaskFailed"] },
                { "ErrorEquals": ["States.Timeout", "Slow"] },
                { "ErrorEquals": ["States.ALL"] },
            ])),
            &[],
        );
    }
}
