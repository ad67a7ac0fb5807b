//! Expressions in `JSONata`.

use serde_json::{Value, json};
use stepwright_codegen::asl::{self, Document};
use stepwright_codegen::check::{self, Facts};

use super::bytes::{joined, parts, value};
use super::checking::is_true;
use crate::draw::Drawer;

/// Checks a definition with the expression everywhere, and holds what is found against the evaluator.
pub(super) fn try_out(bytes: &[u8]) -> Result<(), String> {
    let (_, input) = case(bytes);
    check(bytes).iter().try_for_each(|document| is_true(document, &input))
}

/// Checks a definition with the expression everywhere.
pub(super) fn check(bytes: &[u8]) -> Vec<Document> {
    let (expression, input) = case(bytes);
    let definitions = [first(&expression), in_all_places(&expression)];
    let documents = definitions.iter().filter_map(|definition| asl::read(&definition.to_string()).ok());
    let documents: Vec<_> = documents.collect();
    for document in &documents {
        for facts in [Facts::default(), Facts::default().input_schema(&input)] {
            drop(document.diagnose(check::check_with(document.machine(), &facts), None));
        }
    }
    documents
}

fn case(bytes: &[u8]) -> (String, Value) {
    let (text, rest) = parts(bytes);
    (format!("{{% {text} %}}"), value(&rest))
}

/// A machine whose first state evaluates the expression; what comes next reads what it gave.
fn first(expression: &str) -> Value {
    json!({ "QueryLanguage": "JSONata", "StartAt": "V", "States": {
        "V": { "Type": "Pass", "Assign": { "v": "{% $states.input %}", "w": [1, "x", { "a": null }] }, "Next": "A" },
        "A": { "Type": "Pass", "Output": expression, "Assign": { "r": expression }, "Next": "B" },
        "B": {
            "Type": "Pass",
            "Output": { "a": "{% $states.input.a + $r.b %}", "b": "{% $r[0].a & $states.input %}" },
            "End": true,
        },
    }})
}

fn in_all_places(expression: &str) -> Value {
    json!({ "QueryLanguage": "JSONata", "StartAt": "C", "States": {
        "C": {
            "Type": "Choice",
            "Choices": [{ "Condition": expression, "Output": expression, "Assign": { "v": expression }, "Next": "M" }],
            "Default": "M",
        },
        "M": {
            "Type": "Map",
            "Items": expression,
            "ItemSelector": { "i": expression, "n": "{% $states.context.Map.Item.Index %}" },
            "MaxConcurrency": expression,
            "ItemProcessor": { "StartAt": "I", "States": { "I": { "Type": "Pass", "Output": [expression], "End": true } } },
            "Catch": [{ "ErrorEquals": ["States.ALL"], "Output": expression, "Next": "W" }],
            "Next": "W",
        },
        "W": { "Type": "Wait", "Seconds": expression, "Output": { "x": [{ "y": expression }] }, "End": true },
    }})
}

/// An expression without its delimiters, and its input.
pub(super) fn draw(drawer: &Drawer) -> String {
    let input = if drawer.chance(50) { drawer.data() } else { drawer.input() };
    joined(&drawer.any_code(3).replace('\0', " "), &input.to_string())
}
