//! `SW0404`: an Error Name is listed by one Retrier (or Catcher) of a state only.
//!
//! The first match is used, and when its attempts are used up no other Retrier is tried. Spec: "Complex retry
//! scenarios".

use crate::check::Report;
use crate::check::hash::TextMap;
use crate::check::index::{Handlers, Index, StateEntry};
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        for handlers in entry.handlers() {
            report_shadowed(entry, handlers, report);
        }
    }
}

fn report_shadowed(entry: &StateEntry<'_>, handlers: Handlers<'_>, report: &mut Report) {
    if handlers.error_equals().map(<[String]>::len).sum::<usize>() < 2 {
        return;
    }
    let pointer = |position, at| entry.at(format_args!("/{}/{position}/ErrorEquals/{at}", handlers.field()));
    let mut seen: TextMap<&str, (usize, usize)> = TextMap::default();
    for (position, errors) in handlers.error_equals().enumerate() {
        for (at, error) in errors.iter().enumerate() {
            match seen.get(error.as_str()) {
                None => drop(seen.insert(error, (position, at))),
                Some((first, first_at)) => {
                    let message = format!("`{error}` is listed before, so it is never matched here");
                    let finding = Finding::warning(Code::ShadowedError, pointer(position, at), message)
                        .label(pointer(*first, *first_at), "matched here")
                        .help("remove it here or there");
                    report.add(entry.number, finding);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_state;

    #[test]
    fn an_error_of_an_earlier_retrier_is_reported() {
        let retry = json!([{ "ErrorEquals": ["Busy"] }, { "ErrorEquals": ["Slow", "Busy"] }]);
        check_state(
            &json!({ "Type": "Task", "Resource": "arn:x", "Retry": retry, "End": true }),
            &["warning[SW0404] /States/A/Retry/1/ErrorEquals/1: \
               `Busy` is listed before, so it is never matched here"],
        );
    }

    #[test]
    fn retriers_and_catchers_do_not_shadow_each_other() {
        let errors = json!({ "ErrorEquals": ["Busy"] });
        let catcher = json!({ "ErrorEquals": ["Busy"], "Next": "A" });
        check_state(
            &json!({ "Type": "Task", "Resource": "arn:x", "Retry": [errors], "Catch": [catcher], "End": true }),
            &[],
        );
    }
}
