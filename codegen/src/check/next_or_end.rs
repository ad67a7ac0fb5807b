//! `SW0207`: Task, Pass, Wait, Parallel and Map states have either `Next` or `"End": true`. Spec: "Transitions".

use crate::check::Report;
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in index.states.iter().filter(|entry| entry.has_successor()) {
        let ends = entry.state.end == Some(true);
        let finding = match (&entry.state.next, ends) {
            (Some(next), true) => {
                let message = format!("state `{}` has both `Next` and `\"End\": true`", entry.name);
                Finding::error(Code::NextOrEnd, entry.at("/End"), message)
                    .help(format!("remove `End` to go on with `{next}`, or `Next` to end here"))
            }
            (None, false) => {
                let message = format!("state `{}` has neither `Next` nor `\"End\": true`", entry.name);
                Finding::error(Code::NextOrEnd, &entry.pointer, message)
                    .on_key()
                    .help("name the state that follows in `Next`, or add `\"End\": true`")
            }
            (Some(_), false) | (None, true) => continue,
        };
        report.add(entry.number, finding);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::{check_findings, check_state};

    #[test]
    fn neither_and_both_are_reported() {
        check_state(
            &json!({ "Type": "Pass" }),
            &["error[SW0207] /States/A: state `A` has neither `Next` nor `\"End\": true`"],
        );
        check_findings(
            &json!({ "StartAt": "A", "States": {
                "A": { "Type": "Pass", "Next": "B", "End": true },
                "B": { "Type": "Pass", "End": false },
            } }),
            &[
                "error[SW0207] /States/A/End: state `A` has both `Next` and `\"End\": true`",
                "error[SW0207] /States/B: state `B` has neither `Next` nor `\"End\": true`",
            ],
        );
    }

    #[test]
    fn an_end_that_is_false_goes_with_next() {
        check_findings(
            &json!({ "StartAt": "A", "States": {
                "A": { "Type": "Pass", "Next": "B", "End": false },
                "B": { "Type": "Pass", "End": true },
            } }),
            &[],
        );
    }
}
