//! `SW0518`: functions in JSONata exist. Developer guide: "Transforming data with JSONata".

use crate::asl::nearest;
use crate::check::Report;
use crate::check::index::Index;
use crate::check::texts::{functions, is_function};
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for text in &index.texts {
        let Some(expression) = text.expression() else { continue };
        for name in expression.calls.iter().filter(|name| !is_function(name)) {
            let similar = nearest(name, functions());
            let finding = Finding::error(
                Code::UnknownFunction,
                text.pointer(),
                format!("there is no function `${name}`"),
            )
            .maybe_help(similar.map(|name| format!("a function with a similar name is `${name}`")));
            report.add(text.state, finding);
        }
        // Data holds no functions.
        let bare = expression.bare_calls.iter().filter(|_| !expression.defines_functions);
        for (name, _) in bare.filter(|(name, has_item)| !has_item || is_function(name)) {
            let similar = if is_function(name) { Some(&**name) } else { nearest(name, functions()) };
            let finding = Finding::error(
                Code::UnknownFunction,
                text.pointer(),
                format!("there is no function `{name}`"),
            )
            .maybe_help(similar.map(|name| format!("functions are called with a `$`: `${name}(…)`")));
            report.add(text.state, finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_state;

    #[track_caller]
    fn check_output(output: &str, expected: &[&str]) {
        check_state(
            &json!({ "Type": "Pass", "QueryLanguage": "JSONata", "Output": output, "End": true }),
            expected,
        );
    }

    #[test]
    fn a_misspelt_function_is_reported() {
        check_output(
            "{% [1].{ 'n': $lenght($states.input.a) } %}",
            &["error[SW0518] /States/A/Output: there is no function `$lenght`"],
        );
    }

    #[test]
    fn a_function_is_called_with_a_dollar() {
        for text in ["{% uppercase('a') %}", "{% $states.input.name.uppercase() %}"] {
            check_output(text, &["error[SW0518] /States/A/Output: there is no function `uppercase`"]);
        }
        check_output("{% ($o := { 'trim': function($x) { $x } }; $o.trim(1)) %}", &[]);
    }

    #[test]
    fn functions_of_the_language_and_of_the_expression_are_fine() {
        for text in [
            "{% $partition($range(1, 9, 2), 2) %}",
            "{% ($twice := function($x) { $x * 2 }; $twice(2)) %}",
            "{% $map([1], function($f) { $f() }) %}",
            "{% ($half := $power(?, 0.5); [$half(4), $uuid(), $parse('1')]) %}",
            "{% $states.input.name.$uppercase() %}",
        ] {
            check_output(text, &[]);
        }
    }
}
