//! Ways that lack what is read, by example.

use serde_json::{Value, json};

use crate::check::testing::check_findings;

#[track_caller]
fn check_states(language: &str, states: &Value, expected: &[&str]) {
    check_findings(&json!({ "QueryLanguage": language, "StartAt": "A", "States": states }), expected);
}

fn caught(next: &str) -> Value {
    json!({
        "Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:f", "ResultPath": "$.done",
        "Catch": [{ "ErrorEquals": ["X"], "Next": next }], "Next": next,
    })
}

#[test]
fn what_a_way_lacks_is_missed_later() {
    check_states(
        "JSONPath",
        &json!({
            "A": caught("B"),
            "B": { "Type": "Wait", "Seconds": 1, "Next": "C" },
            "C": { "Type": "Pass", "Result": 1, "ResultPath": "$.one", "Next": "D" },
            "D": { "Type": "Pass", "Parameters": { "id.$": "$.order.id", "one.$": "$.one" }, "End": true },
        }),
        &[
            "warning[SW0702] /States/D/Parameters/id.$: `$.order.id` finds nothing if an error in `A` leads to `B`",
        ],
    );
}

#[test]
fn a_choice_may_ask_which_way_it_was() {
    let states = |variable: &str, test: &str, operand: Value| {
        json!({
            "A": caught("B"),
            "B": { "Type": "Choice", "Choices": [{ "Variable": variable, test: operand, "Next": "C" }], "Default": "D" },
            "C": { "Type": "Pass", "InputPath": "$.order", "End": true },
            "D": { "Type": "Pass", "End": true },
        })
    };
    check_states("JSONPath", &states("$.Error", "IsPresent", json!(false)), &[]);
    check_states("JSONPath", &states("$$.Execution.Name", "StringMatches", json!("A*")), &[]);
    check_states(
        "JSONPath",
        &states("$.Error", "IsPresent", json!(true)),
        &["warning[SW0702] /States/C/InputPath: `$.order` finds nothing if an error in `A` leads to `B`"],
    );
}

fn caught_in_jsonata(output: &Value) -> Value {
    json!({
        "Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:f", "Output": output,
        "Catch": [{ "ErrorEquals": ["X"], "Next": "B" }], "Next": "B",
    })
}

#[test]
fn ways_are_followed_in_jsonata() {
    let states = |read: &str| {
        json!({
            "A": caught_in_jsonata(&json!({ "order": "{% $states.input.order %}", "Error": "none" })),
            "B": { "Type": "Wait", "Seconds": 1, "Next": "C" },
            "C": { "Type": "Pass", "Output": read, "End": true },
        })
    };
    check_states(
        "JSONata",
        &states("{% $states.input.order.id %}"),
        &[
            "warning[SW0702] /States/C/Output: `$states.input.order.id` gives nothing if an error in `A` leads to `B`",
        ],
    );
    check_states("JSONata", &states("{% $states.input.Error %}"), &[]);
    check_states("JSONata", &states("{% $exists($states.input.order) ? 1 : 2 %}"), &[]);
}

#[test]
fn ways_assign_variables() {
    let states = |caught: Value| {
        json!({
            "A": {
                "Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:f",
                "Assign": { "order": { "id": 1 } }, "Next": "B",
                "Catch": [{ "ErrorEquals": ["X"], "Assign": { "order": caught }, "Next": "B" }],
            },
            "B": { "Type": "Wait", "Seconds": 1, "Next": "C" },
            "C": { "Type": "Pass", "Output": "{% $order.id + 1 %}", "End": true },
        })
    };
    check_states("JSONata", &states(json!({ "id": 2 })), &[]);
    check_states(
        "JSONata",
        &states(json!({ "note": "none" })),
        &["warning[SW0702] /States/C/Output: `$order.id + 1` gives nothing if an error in `A` leads to `B`"],
    );
    check_states(
        "JSONata",
        &states(json!({ "id": "none" })),
        &["warning[SW0708] /States/C/Output: \
             `+` takes numbers, but `$order.id` is the string \"none\" if an error in `A` leads to `B`"],
    );
}

#[test]
fn a_loop_brings_what_it_keeps() {
    let states = |counted: Value| {
        json!({
            "A": { "Type": "Pass", "Result": { "n": 0, "list": [1] }, "Next": "B" },
            "B": { "Type": "Pass", "Parameters": counted, "Next": "C" },
            "C": { "Type": "Choice", "Choices": [{ "Variable": "$.n", "NumericLessThan": 9, "Next": "B" }], "Default": "D" },
            "D": { "Type": "Succeed" },
        })
    };
    check_states("JSONPath", &states(json!({ "n.$": "States.MathAdd($.n, 1)", "list.$": "$.list" })), &[]);
    check_states(
        "JSONPath",
        &states(json!({ "n.$": "States.MathAdd($.n, States.ArrayLength($.list))" })),
        &["warning[SW0702] /States/B/Parameters/n.$: `$.list` finds nothing if `C` leads here"],
    );
}
