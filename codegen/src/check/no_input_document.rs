//! `SW0521`: expressions in JSONata have no input document. Spec: "JSONata Restrictions".

use crate::check::Report;
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for text in &index.texts {
        let Some(name) = text.expression().and_then(|expression| expression.input.first()) else { continue };
        let message = match name.as_str() {
            "$$" => "`$$` is the input document, and here is none".to_owned(),
            name => format!("`{name}` is read from an input document, and here is none"),
        };
        let help = match name.as_str() {
            "$" | "$$" | "*" | "**" => "the state's input is `$states.input`".to_owned(),
            name => {
                format!("write `$states.input.{name}` for a field of the input, `${name}` for a variable")
            }
        };
        report.add(text.state, Finding::error(Code::NoInputDocument, text.pointer(), message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_state;

    #[track_caller]
    fn check_output(expression: &str, read: Option<&str>) {
        let expected = read.map(|read| {
            format!(
                "error[SW0521] /States/A/Output: `{read}` is read from an input document, and here is none"
            )
        });
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        let output = format!("{{% {expression} %}}");
        check_state(
            &json!({ "Type": "Pass", "QueryLanguage": "JSONata", "Output": output, "End": true }),
            &expected,
        );
    }

    #[test]
    fn names_at_the_top_level_are_reported() {
        check_output("order.id", Some("order"));
        check_output("$.id", Some("$"));
        check_output("$sum(lines.price)", Some("lines"));
        check_output("{ 'a': [total + 1] }", Some("total"));
        check_output("$states.input[a > 1] & b", Some("b"));
    }

    #[test]
    fn names_within_something_are_fine() {
        check_output("$states.input.lines[price > 10].(name & $.price)", None);
        check_output("$states.input.lines{ kind: $sum(price) }", None);
        check_output("$states.input.lines^(>price)[0]", None);
        check_output("$map($states.input.lines, function($line) { $line.price })", None);
        check_output("$states.input ~> |lines|{ 'total': price * count }, ['price']|", None);
        check_output("{ 'order': 'id' }", None);
    }

    #[test]
    fn the_whole_document_is_nowhere() {
        check_state(
            &json!({ "Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% $states.input.a[b = $$.c] %}", "End": true }),
            &["error[SW0521] /States/A/Output: `$$` is the input document, and here is none"],
        );
    }
}
