//! The rules of the data flow, by example.

use serde_json::{Value, json};

use crate::check::testing::check_findings;

/// Checks a machine in JSONPath whose first state is `A`.
#[track_caller]
fn check_states(states: &Value, expected: &[&str]) {
    check_findings(&json!({ "StartAt": "A", "States": states }), expected);
}

#[test]
fn a_result_without_result_path_replaces_the_input() {
    check_states(
        &json!({
            "A": { "Type": "Pass", "Result": { "id": 7 }, "Next": "B" },
            "B": { "Type": "Pass", "Parameters": { "total.$": "$.order.total", "id.$": "$.id" }, "End": true },
        }),
        &[
            "error[SW0701] /States/B/Parameters/total.$: `$.order.total` finds nothing: the input has no `order`",
        ],
    );
}

#[test]
fn what_is_not_known_is_not_reported() {
    check_states(
        &json!({
            "A": { "Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:f", "Next": "B" },
            "B": { "Type": "Choice", "Choices": [{ "Variable": "$.x", "StringEquals": "a", "Next": "C" }], "Default": "C" },
            "C": { "Type": "Map", "ItemsPath": "$.list", "ItemProcessor": { "StartAt": "D", "States": {
                "D": { "Type": "Wait", "SecondsPath": "$.seconds", "End": true },
            } }, "ResultPath": "$.done", "Next": "E" },
            "E": { "Type": "Pass", "OutputPath": "$.done[0].a", "End": true },
        }),
        &[],
    );
}

#[test]
fn the_envelope_of_a_function_is_no_answer() {
    check_states(
        &json!({
            "A": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                   "Parameters": { "FunctionName": "f" }, "Next": "B" },
            "B": { "Type": "Pass", "InputPath": "$.statusCode", "End": true },
        }),
        &["error[SW0701] /States/B/InputPath: `$.statusCode` finds nothing: the input has no `statusCode`"],
    );
}

#[test]
fn error_output_has_two_members() {
    check_states(
        &json!({
            "A": { "Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:f",
                   "Catch": [{ "ErrorEquals": ["X"], "ResultPath": "$.error", "Next": "B" }], "End": true },
            "B": { "Type": "Pass", "Parameters": { "a.$": "$.error.message", "b.$": "$.error.Cause" }, "End": true },
        }),
        &[
            "error[SW0701] /States/B/Parameters/a.$: `$.error.message` finds nothing: `$.error` has no `message`",
        ],
    );
}

#[test]
fn values_have_a_type() {
    check_states(
        &json!({
            "A": { "Type": "Pass", "Result": { "s": "a", "n": 1, "o": {} }, "Next": "B" },
            "B": { "Type": "Wait", "SecondsPath": "$.s", "Next": "C" },
            "C": { "Type": "Pass", "Parameters": { "x.$": "States.MathAdd($.s, $.n)" }, "End": true },
        }),
        &[
            "error[SW0703] /States/B/SecondsPath: `SecondsPath` takes a whole number, but `$.s` is the string \"a\"",
            "error[SW0704] /States/C/Parameters/x.$: \
             `States.MathAdd` takes a number as argument 1, but `$.s` is the string \"a\"",
        ],
    );
}

#[test]
fn a_map_needs_an_array() {
    check_states(
        &json!({
            "A": { "Type": "Pass", "Result": { "o": { "a": 1 } }, "Next": "B" },
            "B": { "Type": "Map", "ItemsPath": "$.o", "ItemProcessor": { "StartAt": "C", "States": {
                "C": { "Type": "Pass", "End": true },
            } }, "End": true },
        }),
        &["error[SW0703] /States/B/ItemsPath: `ItemsPath` takes an array, but `$.o` is an object"],
    );
}

#[test]
fn without_items_nothing_runs() {
    let check_map = |list: &Value, expected: &[&str]| {
        check_states(
            &json!({
                "A": { "Type": "Pass", "Result": list, "Next": "B" },
                "B": { "Type": "Map", "ItemBatcher": { "MaxItemsPerBatch": 2 }, "ItemProcessor": {
                    "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS" },
                    "StartAt": "C", "States": { "C": { "Type": "Pass", "InputPath": "$.Items[0].a", "End": true } }
                }, "Next": "D" },
                "D": { "Type": "Pass", "InputPath": "$.list", "End": true },
            }),
            expected,
        );
    };
    let after = "warning[SW0701] /States/D/InputPath: `$.list` finds nothing: the input is an array";
    check_map(&json!([]), &[after]);
    check_map(
        &json!([{ "b": 1 }]),
        &[
            "error[SW0701] /States/B/ItemProcessor/States/C/InputPath: \
             `$.Items[0].a` finds nothing: `$.Items[0]` has no `a`",
            after,
        ],
    );
}

#[test]
fn items_are_known() {
    check_states(
        &json!({
            "A": { "Type": "Pass", "Result": [{ "a": 1 }, { "a": 2 }], "ResultPath": "$.list", "Next": "B" },
            "B": { "Type": "Map", "ItemsPath": "$.list", "ItemProcessor": { "StartAt": "C", "States": {
                "C": { "Type": "Pass", "InputPath": "$.list", "End": true },
            } }, "End": true },
        }),
        &["error[SW0701] /States/B/ItemProcessor/States/C/InputPath: \
           `$.list` finds nothing: the input has no `list`"],
    );
}

#[test]
fn choices_narrow() {
    check_states(
        &json!({
            "A": { "Type": "Choice", "Choices": [{ "Variable": "$.x", "IsPresent": true, "Next": "B" }], "Default": "C" },
            "B": { "Type": "Pass", "InputPath": "$.x", "End": true },
            "C": { "Type": "Pass", "InputPath": "$.x", "End": true },
        }),
        &["error[SW0701] /States/C/InputPath: `$.x` finds nothing: the input has no `x`"],
    );
}

#[test]
fn elements_that_are_asked_for_are_told_apart() {
    let ask = json!([{ "Variable": "$[0].x", "IsPresent": true, "Next": "C" }]);
    let check_element = |element: &Value, expected: &[&str]| {
        check_states(
            &json!({
                "A": { "Type": "Pass", "Result": [element], "Next": "B" },
                "B": { "Type": "Choice", "Choices": ask, "Default": "D" },
                "C": { "Type": "Pass", "InputPath": "$[0].x", "End": true },
                "D": { "Type": "Pass", "InputPath": "$[0].y", "End": true },
            }),
            expected,
        );
    };
    check_element(&json!({ "y": 1 }), &[]);
    check_element(&json!({ "x": 1 }), &[]);
    let message = "error[SW0701] /States/D/InputPath: `$[0].y` finds nothing: `$[0]` has no `y`";
    check_element(&json!({ "z": 1 }), &[message]);
}

#[test]
fn variables_that_are_asked_for_may_be_missing() {
    check_states(
        &json!({
            "A": { "Type": "Pass", "Result": { "n": 1 }, "Next": "B" },
            "B": { "Type": "Choice", "Choices": [{ "Variable": "$page", "IsPresent": true, "Next": "D" }], "Default": "C" },
            "C": { "Type": "Pass", "Result": 1, "ResultPath": "$.first", "Next": "D" },
            "D": { "Type": "Pass", "InputPath": "$.first", "ResultPath": "$.again", "Assign": { "page": 2 }, "Next": "E" },
            "E": { "Type": "Choice", "Choices": [{ "Variable": "$$.State.RetryCount", "NumericEquals": 0, "Next": "B" }], "Default": "F" },
            "F": { "Type": "Pass", "InputPath": "$.first", "End": true },
        }),
        &[],
    );
}

#[test]
fn what_fails_in_an_iteration_is_reported_once() {
    check_states(
        &json!({
            "A": { "Type": "Pass", "Result": [{ "a": 1 }], "Next": "B" },
            "B": { "Type": "Map", "ItemProcessor": { "StartAt": "C", "States": {
                "C": { "Type": "Pass", "Parameters": { "b.$": "$.b", "c": 1 }, "End": true },
            } }, "Next": "D" },
            "D": { "Type": "Pass", "InputPath": "$[0].b", "End": true },
        }),
        &["error[SW0701] /States/B/ItemProcessor/States/C/Parameters/b.$: \
           `$.b` finds nothing: the input has no `b`"],
    );
}

#[test]
fn no_rule_matches() {
    check_states(
        &json!({
            "A": { "Type": "Pass", "Result": { "s": "a" }, "Next": "B" },
            "B": { "Type": "Choice", "Choices": [{ "Variable": "$.s", "NumericEquals": 1, "Next": "C" }] },
            "C": { "Type": "Succeed" },
        }),
        &[
            "warning[SW0705] /States/B/Choices/0/NumericEquals: `NumericEquals` is never true: `$.s` is the string \"a\"",
        ],
    );
    check_states(
        &json!({
            "A": { "Type": "Pass", "Result": { "s": "a" }, "Next": "B" },
            "B": { "Type": "Choice", "Choices": [{ "Variable": "$.s", "StringEquals": "b", "Next": "C" }] },
            "C": { "Type": "Succeed" },
        }),
        &[
            "error[SW0706] /States/B/Choices: no rule can match, and there is no `Default`: `$.s` is the string \"a\"",
        ],
    );
}

#[test]
fn a_result_needs_an_object_to_be_put_in() {
    check_states(
        &json!({
            "A": { "Type": "Pass", "Result": [1], "Next": "B" },
            "B": { "Type": "Pass", "Result": 1, "ResultPath": "$.a", "End": true },
        }),
        &["error[SW0707] /States/B/ResultPath: \
           `$.a` leads into a value that is no object: the input is an array"],
    );
}

#[test]
fn loops_settle() {
    check_states(
        &json!({
            "A": { "Type": "Pass", "Result": { "n": 0, "list": [] }, "Next": "B" },
            "B": { "Type": "Pass", "Parameters": {
                "n.$": "States.MathAdd($.n, 1)", "list.$": "States.Array($.list, $.n)",
            }, "Next": "C" },
            "C": { "Type": "Choice", "Choices": [{ "Variable": "$.n", "NumericLessThan": 9, "Next": "B" }], "Default": "D" },
            "D": { "Type": "Pass", "InputPath": "$.m", "End": true },
        }),
        &["error[SW0701] /States/D/InputPath: `$.m` finds nothing: the input has no `m`"],
    );
}

#[test]
fn branches_give_their_outputs() {
    check_states(
        &json!({
            "A": { "Type": "Parallel", "Branches": [
                { "StartAt": "B", "States": { "B": { "Type": "Pass", "Result": { "b": 1 }, "End": true } } },
                { "StartAt": "C", "States": { "C": { "Type": "Pass", "Result": "c", "End": true } } },
            ], "Next": "D" },
            "D": { "Type": "Pass", "Parameters": { "x.$": "$[0].b", "y.$": "$[2]", "z.$": "$[1].c" }, "End": true },
        }),
        &[
            "warning[SW0701] /States/D/Parameters/y.$: `$[2]` finds nothing: the input has no element 2",
            "error[SW0701] /States/D/Parameters/z.$: `$[1].c` finds nothing: `$[1]` is the string \"c\"",
        ],
    );
}

#[test]
fn an_index_past_the_end_gives_null() {
    check_states(
        &json!({
            "A": { "Type": "Pass", "Result": { "a": [1] }, "Next": "B" },
            "B": { "Type": "Pass", "Parameters": { "x.$": "$.a[1]", "y.$": "$.a[0]" }, "ResultPath": "$.r", "Next": "C" },
            "C": { "Type": "Pass", "Parameters": { "x.$": "$.r.x", "y.$": "$.a[1].b" }, "End": true },
        }),
        &[
            "warning[SW0701] /States/B/Parameters/x.$: `$.a[1]` finds nothing: `$.a` has no element 1",
            "error[SW0701] /States/C/Parameters/y.$: `$.a[1].b` finds nothing: `$.a` has no element 1",
        ],
    );
}

#[test]
fn what_an_inline_map_tolerates_is_not_asked() {
    check_states(
        &json!({
            "A": { "Type": "Pass", "Result": { "list": [1] }, "Next": "B" },
            "B": { "Type": "Map", "ItemsPath": "$.list", "ToleratedFailureCountPath": "$.count", "ItemProcessor": {
                "StartAt": "C", "States": { "C": { "Type": "Pass", "End": true } },
            }, "End": true },
        }),
        &[],
    );
}

#[test]
fn variables_are_known() {
    check_states(
        &json!({
            "A": { "Type": "Pass", "Assign": { "order": { "id": "a" } }, "Next": "B" },
            "B": { "Type": "Pass", "Parameters": { "x.$": "$order.total", "y.$": "$order.id" }, "End": true },
        }),
        &["error[SW0701] /States/B/Parameters/x.$: `$order.total` finds nothing: `$order` has no `total`"],
    );
}

#[test]
fn a_handler_without_result_path_loses_the_document() {
    check_states(
        &json!({
            "A": { "Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:f", "ResultPath": null,
                   "Catch": [{ "ErrorEquals": ["X"], "Next": "B" }], "Next": "B" },
            "B": { "Type": "Pass", "InputPath": "$.order", "End": true },
        }),
        &["warning[SW0702] /States/B/InputPath: `$.order` finds nothing if an error in `A` leads here"],
    );
}

#[test]
fn what_a_map_reads_and_writes_is_followed() {
    let read = json!({
        "Resource": "arn:aws:states:::s3:getObject",
        "ReaderConfig": { "InputType": "CSV", "CSVHeaderLocation": "GIVEN", "CSVHeaders": ["id", "qty"] },
        "Parameters": { "Bucket.$": "$.bucket", "Key.$": "$.kye" },
    });
    let machine = |reader: &Value| {
        json!({
            "A": { "Type": "Pass", "Result": { "bucket": "b", "key": "k" }, "Next": "B" },
            "B": { "Type": "Map", "ItemReader": reader, "ItemBatcher": { "MaxItemsPerBatch": 5, "BatchInput": { "of.$": "$.key" } },
                   "ItemProcessor": {
                       "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
                       "StartAt": "C", "States": { "C": { "Type": "Pass", "Parameters": {
                           "a.$": "$.Items[0].qyt", "b.$": "$.BatchInput.from", "c.$": "$.Items[0].id",
                       }, "End": true } },
                   }, "End": true },
        })
    };
    check_states(
        &machine(&read),
        &[
            "error[SW0701] /States/B/ItemReader/Parameters/Key.$: `$.kye` finds nothing: the input has no `kye`",
        ],
    );
    let mut read = read;
    read["Parameters"]["Key.$"] = json!("$.key");
    let inner = "/States/B/ItemProcessor/States/C/Parameters";
    check_states(
        &machine(&read),
        &[
            &format!("error[SW0701] {inner}/a.$: `$.Items[0].qyt` finds nothing: `$.Items[0]` has no `qyt`"),
            &format!(
                "error[SW0701] {inner}/b.$: `$.BatchInput.from` finds nothing: `$.BatchInput` has no `from`"
            ),
        ],
    );
}

#[test]
fn a_nested_execution_gives_text_or_json() {
    let machine = |resource: &str| {
        json!({
            "A": { "Type": "Task", "Resource": resource, "Parameters": { "StateMachineArn": "${Other}" }, "Next": "B" },
            "B": { "Type": "Pass", "InputPath": "$.Output.total", "End": true },
        })
    };
    check_states(&machine("arn:aws:states:::states:startExecution.sync:2"), &[]);
    check_states(
        &machine("arn:aws:states:::states:startExecution.sync"),
        &["error[SW0701] /States/B/InputPath: `$.Output.total` finds nothing: `$.Output` is a string"],
    );
}

#[test]
fn a_job_that_is_done_is_described() {
    let machine = |resource: &str, path: &str| {
        json!({
            "A": { "Type": "Task", "Resource": resource, "Parameters": {
                "JobName": "j", "JobQueue": "q", "JobDefinition": "d",
            }, "ResultPath": "$.job", "Next": "B" },
            "B": { "Type": "Pass", "InputPath": path, "End": true },
        })
    };
    let submit = "arn:aws:states:::batch:submitJob.sync";
    check_states(&machine(submit, "$.job.Container.LogStreamName"), &[]);
    check_states(
        &machine(submit, "$.job.jobId"),
        &[
            "warning[SW0709] /States/B/InputPath: `$.job.jobId` may find nothing: the type of `$.job` has no `jobId`",
        ],
    );
}

#[test]
fn misspelt_members_are_seen_where_they_do_not_fail() {
    let machine = |expression: &str| {
        json!({ "QueryLanguage": "JSONata", "StartAt": "A", "States": {
            "A": { "Type": "Pass", "Output": { "total": 1 }, "Next": "B" },
            "B": { "Type": "Pass", "Output": expression, "End": true },
        } })
    };
    let warning = "warning[SW0709] /States/B/Output: `$states.input` has no `totl`";
    check_findings(&machine("{% 'a' & $states.input.totl %}"), &[warning]);
    check_findings(&machine("{% $states.input.totl = 1 %}"), &[warning]);
    check_findings(&machine("{% 'a' & $states.input.note %}"), &[]);
    check_findings(&machine("{% $exists($states.input.totl) %}"), &[]);
    check_findings(&machine("{% $states.input.totl ? 1 : 2 %}"), &[]);
    check_findings(
        &machine("{% $states.input.totl %}"),
        &[
            "error[SW0701] /States/B/Output: `$states.input.totl` gives nothing: `$states.input` has no `totl`",
        ],
    );
}

#[test]
fn it_is_no_use_to_ask_for_what_is_misspelt() {
    let states = |variable: &str| {
        json!({
            "A": { "Type": "Pass", "Result": { "status": "a" }, "Next": "B" },
            "B": { "Type": "Choice", "Choices": [{ "Variable": variable, "IsPresent": true, "Next": "C" }], "Default": "C" },
            "C": { "Type": "Succeed" },
        })
    };
    check_states(
        &states("$.staus"),
        &[
            "warning[SW0705] /States/B/Choices/0/Variable: `IsPresent` is never true: the input has no `staus`",
        ],
    );
    check_states(&states("$.status"), &[]);
    check_states(&states("$.error"), &[]);
}

#[test]
fn expressions_are_followed() {
    check_findings(
        &json!({ "QueryLanguage": "JSONata", "StartAt": "A", "States": {
            "A": { "Type": "Pass", "Output": { "total": 5, "lines": [{ "qty": 1 }] }, "Assign": { "id": "a" }, "Next": "B" },
            "B": { "Type": "Pass", "Output": {
                "a": "{% $states.input.totla %}", "b": "{% $sum($states.input.lines.qty) + $states.input.total %}",
                "c": "{% $id + 1 %}",
            }, "Next": "C" },
            "C": { "Type": "Wait", "Seconds": "{% $id %}", "End": true },
        } }),
        &[
            "error[SW0701] /States/B/Output/a: `$states.input.totla` gives nothing: `$states.input` has no `totla`",
            "error[SW0708] /States/B/Output/c: `+` takes numbers, but `$id` is the string \"a\"",
        ],
    );
}

#[test]
fn answers_of_tasks_may_be_known() {
    let definition = json!({ "StartAt": "A", "States": {
        "A": { "Type": "Task", "Resource": "${Charge}", "Next": "B" },
        "B": { "Type": "Pass", "InputPath": "$.totla", "End": true },
    } });
    let document = crate::asl::read(&definition.to_string()).expect("it can be read");
    let schema = json!({
        "type": "object", "properties": { "total": { "type": "number" } }, "additionalProperties": false,
    });
    let facts = crate::check::Facts::default().result_schema("A", &schema);
    let findings = crate::check::check_with(document.machine(), &facts);
    let found: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(found, ["`$.totla` finds nothing: the input has no `totla`"]);
}
