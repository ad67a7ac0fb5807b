//! `SW0510`: what should be a Path can be read as one. Spec: "Paths".

use crate::check::Report;
use crate::check::index::Index;
use crate::check::texts::{Syntax, Takes};
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for text in &index.texts {
        let Syntax::BadPath(reason) = &text.syntax else { continue };
        if text.takes == Takes::Literal {
            continue;
        }
        let finding = if text.content.starts_with("States.") {
            let message =
                format!("`{}` is a call of an Intrinsic Function; here a Path is expected", text.content);
            Finding::error(Code::BadPath, text.pointer(), message)
                .help("compute the value in a field with `.$` of a Payload Template, such as `Parameters`")
        } else {
            let message = format!("`{}` is no Path: {}", text.content, uncapitalised(reason));
            Finding::error(Code::BadPath, text.pointer(), message)
        };
        report.add(text.state, finding);
    }
}

/// Reasons are worded as causes; within a clause they begin in lower case.
fn uncapitalised(reason: &str) -> String {
    let mut letters = reason.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_state;

    #[track_caller]
    fn check_input_path(path: &str, expected: &[&str]) {
        check_state(&json!({ "Type": "Pass", "InputPath": path, "End": true }), expected);
    }

    #[test]
    fn broken_paths_are_reported() {
        check_input_path(
            "$.a.",
            &["error[SW0510] /States/A/InputPath: `$.a.` is no Path: path must not end with a '.' or '..'"],
        );
        check_input_path(
            "order",
            &["error[SW0510] /States/A/InputPath: `order` is no Path: path must start with '$'"],
        );
        check_input_path(
            "States.UUID()",
            &["error[SW0510] /States/A/InputPath: `States.UUID()` is a call of an Intrinsic Function; \
               here a Path is expected"],
        );
        check_state(
            &json!({ "Type": "Pass", "Parameters": { "a": [{ "b.$": "$$23" }] }, "End": true }),
            &["error[SW0510] /States/A/Parameters/a/0/b.$: `$$23` is no Path: illegal character '2': \
               expected '.' or '['"],
        );
    }

    #[test]
    fn all_that_the_service_reads_is_fine() {
        for path in [
            "$",
            "$$",
            "$.a ",
            "$.a[?(@.b == word)]",
            "$.a-b",
            "$['a b'][0]",
            "$..x",
            "$.a[?(@.b == 'x' && @.c)]",
            "$.a[-1:]",
            "${Path}",
        ] {
            check_input_path(path, &[]);
        }
    }
}
