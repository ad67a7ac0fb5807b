//! `SW0512`: what should be a call of an Intrinsic Function can be read as one. Spec: "Intrinsic Functions".

use crate::asl::intrinsic::Function;
use crate::asl::nearest;
use crate::check::Report;
use crate::check::index::Index;
use crate::check::texts::{Syntax, Takes, Text, paths};
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for text in index.texts.iter().filter(|text| text.takes != Takes::Literal) {
        match &text.syntax {
            Syntax::BadCall(reason) => report.add(text.state, finding(text, reason)),
            Syntax::Call(call) => {
                for (path, read) in paths(call).zip(&text.arguments) {
                    if let Err(reason) = read
                        && !path.contains("[?")
                    {
                        let reason = format!("the argument '{path}' is no Path: {reason}");
                        report.add(text.state, finding(text, &reason));
                    }
                }
            }
            Syntax::Path(_)
            | Syntax::Expression(..)
            | Syntax::BadPath(_)
            | Syntax::BadExpression(..)
            | Syntax::HalfExpression
            | Syntax::Neither
            | Syntax::Unknown => {}
        }
    }
}

fn finding(text: &Text<'_>, reason: &str) -> Finding {
    let message = format!("`{}` is no call of an Intrinsic Function: {reason}", text.content);
    let similar = unknown(reason).and_then(|name| nearest(name, Function::ALL.iter().map(|it| it.name())));
    Finding::error(Code::BadCall, text.pointer(), message)
        .maybe_help(similar.map(|name| format!("a function with a similar name is `{name}`")))
}

/// The name that the reader did not know.
fn unknown(reason: &str) -> Option<&str> {
    reason.strip_prefix("there is no function '")?.strip_suffix('\'')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_state;

    #[track_caller]
    fn check_call(call: &str, reason: Option<&str>) {
        let expected = reason.map(|reason| {
            format!(
                "error[SW0512] /States/A/Parameters/x.$: `{call}` is no call of an Intrinsic Function: {reason}"
            )
        });
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        check_state(&json!({ "Type": "Pass", "Parameters": { "x.$": call }, "End": true }), &expected);
    }

    #[test]
    fn calls_that_cannot_be_read_are_reported() {
        check_call("States.Xyz($.a)", Some("there is no function 'States.Xyz'"));
        check_call(r"States.Format('\d')", Some(r"'\d' is not an escape"));
        check_call(r#"States.Format("x")"#, Some("'\"x\"' is not an argument"));
        check_call(
            "States.Array($.a.)",
            Some("the argument '$.a.' is no Path: Path must not end with a '.' or '..'"),
        );
        check_call("States.Array(1", Some("an argument of 'States.Array' is not followed by ',' or ')'"));
    }

    #[test]
    fn calls_are_fine() {
        check_call(r"States.Format('it\'s \{{}\}', States.ArrayGetItem($.a['b c'], 0))", None);
        check_call("States.Nope(${Value})", None);
    }
}
