//! `SW0405`: an Error Name that begins with `States.` is one of the predefined ones.
//!
//! Spec: "Error representation", "Appendix A". A warning: a function could raise such a name all the same.

use indexmap::IndexSet;
use stepwright::States;

use crate::asl::{StateKind, nearest};
use crate::check::Report;
use crate::check::index::{Index, is_substituted};
use crate::diagnostic::{Code, Finding};

/// The predefined Error Names of the specification and of the service.
fn predefined() -> impl Iterator<Item = &'static str> {
    States::CATALOGUE.iter().map(|facts| facts.name.as_str())
}

/// What the HTTP Task's errors begin with; a status code follows.
const HTTP_STATUS: &str = "States.Http.StatusCode.";

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    report_names(index, report, is_unknown, finding);
}

/// Reports the names in `ErrorEquals` that are wrong, unless a Fail state of the machine raises them itself.
pub(super) fn report_names(
    index: &Index<'_>,
    report: &mut Report,
    is_wrong: fn(&str) -> bool,
    finding: fn(String, &str) -> Finding,
) {
    let raised = raised_names(index);
    for entry in &index.states {
        for handlers in entry.handlers() {
            for (position, errors) in handlers.error_equals().enumerate() {
                for (at, error) in errors.iter().enumerate() {
                    if is_wrong(error) && !raised.contains(error.as_str()) {
                        let pointer =
                            entry.at(format_args!("/{}/{position}/ErrorEquals/{at}", handlers.field()));
                        report.add(entry.number, finding(pointer, error));
                    }
                }
            }
        }
    }
}

/// The names that Fail states of the machine raise themselves.
fn raised_names<'m>(index: &Index<'m>) -> IndexSet<&'m str> {
    let states = index.states.iter();
    states
        .filter_map(|entry| match &entry.state.kind {
            StateKind::Fail(fail) => fail.error.as_deref(),
            StateKind::Task(_)
            | StateKind::Pass(_)
            | StateKind::Choice(_)
            | StateKind::Wait(_)
            | StateKind::Succeed(_)
            | StateKind::Parallel(_)
            | StateKind::Map(_) => None,
        })
        .collect()
}

fn is_unknown(error: &str) -> bool {
    error.starts_with("States.")
        && predefined().all(|name| name != error)
        && !error.starts_with(HTTP_STATUS)
        && !is_substituted(error)
}

fn finding(pointer: String, error: &str) -> Finding {
    let similar = nearest(error, predefined());
    Finding::warning(Code::UnknownErrorName, pointer, format!("there is no error `{error}`"))
        .maybe_help(similar.map(|name| format!("a predefined error with a similar name is `{name}`")))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::check_state;

    fn task(error: &str) -> Value {
        json!({ "Type": "Task", "Resource": "arn:x", "Retry": [{ "ErrorEquals": [error] }], "End": true })
    }

    #[test]
    fn a_misspelt_reserved_name_is_reported() {
        check_state(
            &task("States.TimeOut"),
            &["warning[SW0405] /States/A/Retry/0/ErrorEquals/0: there is no error `States.TimeOut`"],
        );
    }

    #[test]
    fn names_that_are_not_reserved_may_be_anything() {
        check_state(&task("states.Timeout"), &[]);
        check_state(&task("States.Http.StatusCode.429"), &[]);
    }
}
