//! Definitions of any size, without a mistake.

use std::fmt;

use serde_json::{Map, Value, json};

const SIZES: [usize; 5] = [10, 100, 1000, 5000, 10_000];

/// A definition to measure.
#[derive(Clone, Copy)]
pub(crate) struct Case {
    shape: Shape,
    states: usize,
}

/// What it is like.
#[derive(Clone, Copy, Debug)]
enum Shape {
    /// Tasks with Retry and Catch and Choices over their results, as most definitions have them.
    Plain,
    /// The same with much to evaluate: every state adds to the document or to the variables, and most read of them.
    JsonPath,
    /// The same in JSONata.
    Jsonata,
    /// Parallel and Map states in each other, 24 levels deep.
    Nested,
    /// One Parallel state with a branch for every two states.
    Wide,
}

/// Every shape in every size.
pub(crate) fn cases() -> impl Iterator<Item = Case> {
    let shapes = [Shape::Plain, Shape::JsonPath, Shape::Jsonata, Shape::Nested, Shape::Wide];
    shapes.into_iter().flat_map(|shape| SIZES.map(|states| Case { shape, states }))
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:05}", self.shape, self.states)
    }
}

impl Case {
    /// The text of the definition.
    pub(crate) fn text(self) -> String {
        let machine = match self.shape {
            Shape::Plain => chain("JSONPath", self.states, plain_state),
            Shape::JsonPath => chain("JSONPath", self.states, json_path_state),
            Shape::Jsonata => chain("JSONata", self.states, jsonata_state),
            Shape::Nested => nested(self.states),
            Shape::Wide => wide(self.states),
        };
        assert_eq!(count(&machine), self.states, "{self}");
        serde_json::to_string_pretty(&machine).expect("it can be written")
    }
}

/// How many states there are, those of all scopes counted.
fn count(value: &Value) -> usize {
    match value {
        Value::Object(members) => {
            let own = members.get("States").and_then(Value::as_object).map_or(0, Map::len);
            own + members.values().map(count).sum::<usize>()
        }
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

fn name(number: usize) -> String {
    format!("State{number}")
}

fn chain(language: &str, states: usize, state: fn(usize, &str) -> Value) -> Value {
    let length = states - 2;
    let mut all = Map::new();
    for number in 0..length {
        let next = if number + 1 < length { name(number + 1) } else { "Done".to_owned() };
        all.insert(name(number), state(number, &next));
    }
    all.insert("Done".to_owned(), json!({ "Type": "Succeed" }));
    all.insert("Failed".to_owned(), json!({ "Type": "Fail", "Error": "Failed", "Cause": "A task failed" }));
    json!({ "QueryLanguage": language, "StartAt": name(0), "States": all })
}

fn retry(error: &str) -> Value {
    json!([{ "ErrorEquals": [error, "States.Timeout"], "IntervalSeconds": 2, "MaxAttempts": 6, "BackoffRate": 2 }])
}

/// The variable that the task before a state has assigned.
fn before(number: usize) -> String {
    number.checked_sub(4).map_or_else(|| "states".to_owned(), |before| format!("work{}", before / 4))
}

fn plain_state(number: usize, next: &str) -> Value {
    let field = format!("step{}", number / 2 % 20);
    if number.is_multiple_of(2) {
        return json!({
            "Type": "Task",
            "Resource": "arn:aws:lambda:us-west-2:123456789012:function:work",
            "Parameters": { "version.$": "$.version", "step": number },
            "ResultPath": format!("$.{field}"),
            "Retry": retry("Lambda.ServiceException"),
            "Catch": [{ "ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Failed" }],
            "Next": next,
        });
    }
    json!({
        "Type": "Choice",
        "Choices": [{ "Variable": format!("$.{field}.done"), "BooleanEquals": false, "Next": "Failed" }],
        "Default": next,
    })
}

fn json_path_state(number: usize, next: &str) -> Value {
    let own = format!("work{}", number / 4);
    match number % 4 {
        0 => json!({
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Parameters": {
                "FunctionName": "${Work}",
                "Payload": {
                    "order.$": "$.order",
                    "label.$": format!("States.Format('{{}} of {{}}: {number}', $.order.id, $$.Execution.Name)"),
                    "before.$": if number == 0 { "$.before".to_owned() } else { format!("${}.text", before(number)) },
                    "attempt.$": "$$.State.RetryCount",
                },
            },
            "ResultSelector": { "text.$": "$.Payload.text", "done.$": "$.Payload.done" },
            "ResultPath": "$.work",
            "Assign": { format!("{own}.$"): "$.Payload" },
            "Retry": retry("Lambda.ServiceException"),
            "Catch": [{ "ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Failed" }],
            "Next": next,
        }),
        1 => json!({
            "Type": "Choice",
            "Choices": [
                {
                    "And": [
                        { "Variable": "$.work.done", "IsPresent": true },
                        { "Variable": "$.work.done", "BooleanEquals": false },
                    ],
                    "Next": "Failed",
                },
                { "Variable": "$.order.total", "NumericGreaterThanPath": "$.order.limit", "Next": "Failed" },
            ],
            "Default": next,
        }),
        2 => json!({
            "Type": "Pass",
            "Parameters": {
                "id.$": "States.UUID()",
                "lines.$": format!("States.ArrayLength(States.StringSplit(${own}.text, ','))"),
                "first.$": "$.order.lines[0].price",
                "every.$": "$.order.lines[*].price",
            },
            "ResultPath": format!("$.summary{number}"),
            "Next": next,
        }),
        _ => json!({ "Type": "Wait", "SecondsPath": "$.order.delay", "OutputPath": "$", "Next": next }),
    }
}

fn jsonata_state(number: usize, next: &str) -> Value {
    let own = format!("work{}", number / 4);
    match number % 4 {
        0 => json!({
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Arguments": {
                "FunctionName": "${Work}",
                "Payload": {
                    "order": "{% $states.input.order %}",
                    "label": format!("{{% $states.input.order.id & ' of ' & $states.context.Execution.Name & ': {number}' %}}"),
                    "before": if number == 0 { "{% $states.input.before %}".to_owned() } else { format!("{{% ${}.text %}}", before(number)) },
                    "attempt": "{% $states.context.State.RetryCount %}",
                },
            },
            "Assign": { &own: "{% { 'text': $states.result.Payload.text, 'done': $states.result.Payload.done } %}" },
            "Output": "{% $states.input %}",
            "Retry": retry("Lambda.ServiceException"),
            "Catch": [{ "ErrorEquals": ["States.ALL"], "Output": "{% $states.errorOutput %}", "Next": "Failed" }],
            "Next": next,
        }),
        1 => json!({
            "Type": "Choice",
            "Choices": [
                { "Condition": format!("{{% ${own}.done = false %}}"), "Next": "Failed" },
                { "Condition": "{% $states.input.order.total > $states.input.order.limit %}", "Next": "Failed" },
            ],
            "Default": next,
        }),
        2 => json!({
            "Type": "Pass",
            "Output": {
                "id": "{% $uuid() %}",
                "order": "{% $states.input.order %}",
                "lines": format!("{{% $count($split(${own}.text, ',')) %}}"),
                "total": format!("{{% $sum($states.input.order.lines.(price * amount)) + {number} %}}"),
            },
            "Next": next,
        }),
        _ => json!({ "Type": "Wait", "Seconds": "{% $states.input.order.delay %}", "Next": next }),
    }
}

fn nested(states: usize) -> Value {
    let levels = states.min(25);
    let blocks = states / levels;
    let all: Map<String, Value> = (0..blocks)
        .map(|block| {
            let mut state = nest(block * levels, levels);
            if block + 1 < blocks {
                state["Next"] = json!(name((block + 1) * levels));
            } else {
                state["End"] = json!(true);
            }
            (name(block * levels), state)
        })
        .collect();
    json!({ "QueryLanguage": "JSONata", "StartAt": name(0), "States": all })
}

/// A state with as many levels below and including it, without `Next` and `End`.
fn nest(number: usize, levels: usize) -> Value {
    if levels == 1 {
        return json!({ "Type": "Pass", "Output": "{% $states.input.value + 1 %}" });
    }
    let mut inner = nest(number + 1, levels - 1);
    inner["End"] = json!(true);
    let scope = json!({ "StartAt": name(number + 1), "States": { name(number + 1): inner } });
    if levels.is_multiple_of(2) {
        json!({ "Type": "Parallel", "Branches": [scope], "Output": "{% $states.result[0] %}" })
    } else {
        json!({ "Type": "Map", "Items": "{% $states.input.items %}", "ItemProcessor": scope })
    }
}

fn wide(states: usize) -> Value {
    let branches: Vec<Value> = (1..states)
        .step_by(2)
        .map(|number| {
            let last = json!({ "Type": "Succeed", "Output": "{% $states.input.MessageId %}" });
            if number + 1 == states {
                return json!({ "StartAt": name(number), "States": { name(number): last } });
            }
            let first = json!({
                "Type": "Task",
                "Resource": "arn:aws:states:::sqs:sendMessage",
                "Arguments": { "QueueUrl": "${Queue}", "MessageBody": "{% $string($states.input) %}" },
                "Retry": retry("SQS.SdkClientException"),
                "Next": name(number + 1),
            });
            json!({ "StartAt": name(number), "States": { name(number): first, name(number + 1): last } })
        })
        .collect();
    let parallel = json!({ "Type": "Parallel", "Branches": branches, "End": true });
    json!({ "QueryLanguage": "JSONata", "StartAt": name(0), "States": { name(0): parallel } })
}
