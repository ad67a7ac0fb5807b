//! `SW0511`: `ResultPath` is a Reference Path into the input, and other fields have Reference Paths.
//!
//! Spec: "Reference Paths".

use crate::asl::path::{Path, Root, Step};
use crate::check::Report;
use crate::check::index::Index;
use crate::check::texts::{Syntax, Takes, Text};
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for text in &index.texts {
        let Syntax::Path(path) = &text.syntax else { continue };
        let finding = match text.takes {
            Takes::ResultPath => result_path(text, path),
            // The specification wants one here too, but it is not known that the service does.
            Takes::ReferencePath if !is_one(path) => {
                Some(Finding::warning(Code::NotReferencePath, text.pointer(), not_one(text)))
            }
            Takes::ReferencePath | Takes::Path | Takes::PathOrCall | Takes::Literal | Takes::Expression => {
                None
            }
        };
        if let Some(finding) = finding {
            report.add(text.state, finding);
        }
    }
}

fn result_path(text: &Text<'_>, path: &Path) -> Option<Finding> {
    let (message, help) = match &path.root {
        Root::Context => (
            format!("`{}` writes to the Context Object, which cannot be changed", text.content),
            "write to a field of the input, such as `$.result`".to_owned(),
        ),
        Root::Variable(name) => (
            format!("`{}` writes to a variable, which `ResultPath` cannot do", text.content),
            format!("assign it: `\"Assign\": {{ \"{name}.$\": \"$\" }}`"),
        ),
        Root::Input if !is_one(path) => {
            (not_one(text), "use names and indices only, such as `$.order.result`".to_owned())
        }
        Root::Input => return None,
    };
    Some(Finding::error(Code::NotReferencePath, text.pointer(), message).help(help))
}

fn not_one(text: &Text<'_>) -> String {
    format!("`{}` is no Reference Path: it can match more than one value", text.content)
}

/// Whether it leads to one place. A negative index does, though the specification does not say so.
fn is_one(path: &Path) -> bool {
    path.steps.iter().all(|step| match step {
        Step::Names(names) => names.len() == 1,
        Step::Indices(indices) => indices.len() == 1,
        Step::Slice { .. } | Step::All | Step::Below | Step::Filter(_) | Step::Function(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_state;

    #[track_caller]
    fn check_result_path(path: &str, expected: &[&str]) {
        check_state(&json!({ "Type": "Pass", "ResultPath": path, "End": true }), expected);
    }

    #[test]
    fn results_are_written_to_one_place_of_the_input() {
        check_result_path(
            "$.a[*]",
            &[
                "error[SW0511] /States/A/ResultPath: `$.a[*]` is no Reference Path: it can match more than one value",
            ],
        );
        check_result_path(
            "$$.a",
            &[
                "error[SW0511] /States/A/ResultPath: `$$.a` writes to the Context Object, which cannot be changed",
            ],
        );
        check_result_path(
            "$a",
            &["error[SW0511] /States/A/ResultPath: `$a` writes to a variable, which `ResultPath` cannot do"],
        );
        check_result_path("$.a['b c'][0]", &[]);
        check_result_path("$", &[]);
    }

    #[test]
    fn other_fields_should_have_one() {
        check_state(
            &json!({ "Type": "Wait", "SecondsPath": "$..delay", "End": true }),
            &[
                "warning[SW0511] /States/A/SecondsPath: `$..delay` is no Reference Path: it can match more than one value",
            ],
        );
        check_state(
            &json!({ "Type": "Wait", "SecondsPath": "$$.Execution.Input.delays[0]", "End": true }),
            &[],
        );
    }
}
