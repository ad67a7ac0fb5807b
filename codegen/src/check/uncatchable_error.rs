//! `SW0481`: `States.Runtime` is neither retried nor caught. Developer guide: "Handling errors".
//!
//! A warning, and only where no Fail state of the machine raises the name itself.

use stepwright::error::{Handling, States};

use crate::check::Report;
use crate::check::index::Index;
use crate::check::unknown_error_name::raised_names;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    let raised = raised_names(index);
    for entry in &index.states {
        for handlers in entry.handlers() {
            for (position, errors) in handlers.error_equals.iter().enumerate() {
                for (at, error) in errors.iter().enumerate() {
                    if nobody_handles(error) && !raised.contains(error.as_str()) {
                        let pointer =
                            entry.at(format_args!("/{}/{position}/ErrorEquals/{at}", handlers.field));
                        let message = format!("`{error}` can be neither retried nor caught");
                        let finding = Finding::warning(Code::UncatchableError, pointer, message)
                            .help("remove it, and prevent the error instead");
                        report.add(entry.number, finding);
                    }
                }
            }
        }
    }
}

fn nobody_handles(error: &str) -> bool {
    States::CATALOGUE.iter().any(|facts| facts.handling == Handling::Nobody && facts.name.as_str() == error)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_state;

    #[test]
    fn runtime_errors_are_reported() {
        let retry = json!([{ "ErrorEquals": ["Busy", "States.Runtime"] }]);
        check_state(
            &json!({ "Type": "Task", "Resource": "arn:x", "Retry": retry, "End": true }),
            &[
                "warning[SW0481] /States/A/Retry/0/ErrorEquals/1: `States.Runtime` can be neither retried nor caught",
            ],
        );
    }
}
