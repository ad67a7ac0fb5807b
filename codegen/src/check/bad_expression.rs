//! `SW0517`: what stands between `{%` and `%}` is JSONata, of the version that the service has. Spec: "JSONata".

use crate::check::Report;
use crate::check::index::Index;
use crate::check::texts::{Syntax, Text};
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for text in &index.texts {
        let finding = match &text.syntax {
            Syntax::BadExpression(character, reason) => {
                error(text, &format!("the JSONata is wrong at character {character} after `{{%`: {reason}"))
            }
            Syntax::HalfExpression => error(text, "the text begins with `{%`, but does not end with `%}`"),
            Syntax::Expression(expression, _) => match expression.newer {
                Some(newer) => error(text, &format!("Step Functions has no `{newer}`")),
                None => continue,
            },
            Syntax::Path(_)
            | Syntax::Call(_)
            | Syntax::BadPath(_)
            | Syntax::BadCall(_)
            | Syntax::Neither
            | Syntax::Unknown => continue,
        };
        report.add(text.state, finding);
    }
}

fn error(text: &Text<'_>, message: &str) -> Finding {
    Finding::error(Code::BadExpression, text.pointer(), message)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_state;

    #[track_caller]
    fn check_output(output: &str, expected: &[&str]) {
        check_state(
            &json!({ "Type": "Pass", "QueryLanguage": "JSONata", "Output": { "x": [output] }, "End": true }),
            expected,
        );
    }

    #[test]
    fn what_cannot_be_read_is_reported_with_its_place() {
        check_output(
            "{% $states.input.a + %}",
            &["error[SW0517] /States/A/Output/x/0: the JSONata is wrong at character 20 after `{%`: \
               Unexpected end of expression"],
        );
        check_output(
            "{% $states.input",
            &["error[SW0517] /States/A/Output/x/0: the text begins with `{%`, but does not end with `%}`"],
        );
        check_output(
            "{% $states.input.a ?? 1 %}",
            &["error[SW0517] /States/A/Output/x/0: Step Functions has no `??`"],
        );
        check_output(
            "{% $eval('1') %}",
            &["error[SW0517] /States/A/Output/x/0: Step Functions has no `$eval`"],
        );
    }

    #[test]
    fn expressions_and_other_texts_are_fine() {
        for text in [
            "{% $states.input.lines[price > 10].(name & ' ' & price) %}",
            "{% ($f := function($x) { $x * 2 }; $f($states.input.n)) %}",
            "{% $states.input ~> |lines|{'n': 1}| %}",
            "{% ${Expression} + %}",
            "100 %}",
        ] {
            check_output(text, &[]);
        }
        // With a space before it, it is a text.
        let message = "the expression is not evaluated, as there are spaces around it";
        check_output(" {% + %}", &[&format!("warning[SW0516] /States/A/Output/x/0: {message}")]);
    }
}
