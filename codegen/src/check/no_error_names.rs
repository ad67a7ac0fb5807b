//! `SW0401`: a Retrier or Catcher names at least one error. Spec: "Retrying after error", "Fallback states".

use crate::check::Report;
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        for handlers in entry.handlers() {
            for (position, errors) in handlers.error_equals().enumerate() {
                if errors.is_empty() {
                    let pointer = entry.at(format_args!("/{}/{position}/ErrorEquals", handlers.field()));
                    let message = format!("a {} is for no error", handlers.title());
                    let finding = Finding::error(Code::NoErrorNames, pointer, message)
                        .help("list Error Names, or `States.ALL`");
                    report.add(entry.number, finding);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::check_state;

    fn task(errors: &[&str]) -> Value {
        json!({ "Type": "Task", "Resource": "arn:x", "Retry": [{ "ErrorEquals": errors }], "End": true })
    }

    #[test]
    fn an_empty_list_is_reported() {
        check_state(&task(&[]), &["error[SW0401] /States/A/Retry/0/ErrorEquals: a Retrier is for no error"]);
    }

    #[test]
    fn one_name_is_fine() {
        check_state(&task(&["Busy"]), &[]);
    }
}
