//! `SW0515`, `SW0516`: in a Payload Template fields with `.$` are evaluated, and others are not.
//!
//! Spec: "Payload Template".

use crate::asl::path::{Path, Root, Step};
use crate::check::Report;
use crate::check::index::Index;
use crate::check::texts::{Syntax, Takes, Text};
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for text in &index.texts {
        let finding = match (text.takes, &text.syntax) {
            (Takes::PathOrCall, Syntax::Neither) => Some(neither(text)),
            (Takes::Literal, Syntax::Path(path)) if is_meant(text, path) => Some(literal(text)),
            (Takes::Literal, Syntax::Call(_)) => Some(literal(text)),
            _ => None,
        };
        if let Some(finding) = finding {
            report.add(text.state, finding);
        }
    }
}

fn neither(text: &Text<'_>) -> Finding {
    let name = name(text);
    let message = format!("the value of `{name}` is neither a Path nor a call of an Intrinsic Function");
    let help = match (text.content.trim(), name.strip_suffix(".$")) {
        (trimmed, _) if trimmed != text.content && trimmed.starts_with(['$', 'S']) => {
            Some("leave out the spaces around it".to_owned())
        }
        (_, Some(constant)) => Some(format!("a constant stands under a name without `.$`: `{constant}`")),
        (_, None) => None,
    };
    Finding::error(Code::BadTemplateField, text.pointer(), message).maybe_help(help)
}

fn literal(text: &Text<'_>) -> Finding {
    let name = name(text);
    let message = format!("`{}` is not evaluated, as the name `{name}` does not end in `.$`", text.content);
    Finding::warning(Code::LiteralPath, text.pointer(), message)
        .help(format!("call the field `{name}.$` if the value is meant"))
}

/// Whether a text that could be a Path is one: it goes somewhere, and nothing around it says that Paths are handed on as
/// texts, as the `InputPathsMap` of a rule of `EventBridge` does.
fn is_meant(text: &Text<'_>, path: &Path) -> bool {
    let takes_paths = text.pointer().rsplit("/States/").next().is_some_and(|field| {
        let inner = field.split_once('/').map_or("", |(_, field)| field);
        inner.contains("Path") || inner.contains("path")
    });
    let is_member = matches!(path.steps.first(), Some(Step::Names(_)));
    is_member && !takes_paths && !matches!(path.root, Root::Variable(_))
}

fn name(text: &Text<'_>) -> String {
    text.pointer().rsplit('/').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::check_state;

    #[track_caller]
    fn check_field(name: &str, value: &Value, expected: &[&str]) {
        check_state(&json!({ "Type": "Pass", "Parameters": { name: value }, "End": true }), expected);
    }

    #[test]
    fn what_is_evaluated_is_a_path_or_a_call() {
        let message = "error[SW0515] /States/A/Parameters/x.$: \
                       the value of `x.$` is neither a Path nor a call of an Intrinsic Function";
        for value in [json!(23), json!("23"), json!([1]), json!({ "a": 1 }), json!(" States.UUID()")] {
            check_field("x.$", &value, &[message]);
        }
        for value in
            [json!("$"), json!("$$.Execution.Id"), json!("States.UUID()"), json!({ "Fn::Sub": "$.a" })]
        {
            check_field("x.$", &value, &[]);
        }
    }

    #[test]
    fn what_is_not_evaluated_may_be_a_mistake() {
        check_field(
            "x",
            &json!("$.a"),
            &[
                "warning[SW0516] /States/A/Parameters/x: `$.a` is not evaluated, as the name `x` does not end in `.$`",
            ],
        );
        check_field("InputPathsMap", &json!({ "a": "$.detail" }), &[]);
        for value in ["$", "$5", "$name", "$.a is here", "States of matter"] {
            check_field("x", &json!(value), &[]);
        }
    }
}
