//! What is kept of a result: `ResultSelector`.

use insta::assert_snapshot;

use crate::lower::*;

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
struct Seen {
    sku: String,
    execution: String,
    both: Vec<String>,
}

#[test]
fn an_object_is_selected_by_a_template() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let seen = s.task(charge(order.id, order.total).select_result(|line| {
            let execution = context().execution.id;
            data!(Seen { sku: line.sku, execution, both: [line.sku, execution] })
        }));
        s.task(ship(seen.sku));
        s.task(ship(seen.execution).named("Again"));
        seen.sku
    }
    assert_snapshot!(states(&w()), @r#"
    start: Charge
    {
      "Charge": {
        "Type": "Task",
        "Resource": "${Charge}",
        "Parameters": {
          "id.$": "$.id",
          "amount.$": "$.total"
        },
        "ResultSelector": {
          "sku.$": "$.sku",
          "execution.$": "$$.Execution.Id",
          "both.$": "States.Array($.sku, $$.Execution.Id)"
        },
        "ResultPath": "$.charge",
        "Next": "Ship"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Parameters": {
          "sku.$": "$.charge.sku"
        },
        "ResultPath": null,
        "Next": "Again"
      },
      "Again": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Parameters": {
          "sku.$": "$.charge.execution"
        },
        "ResultPath": null,
        "OutputPath": "$.charge.sku",
        "End": true
      }
    }
    "#);
}

#[test]
fn anything_else_is_selected_into_a_field() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        // It is in the `Payload` of what the service answers.
        let reserved = reserve(order.id).select_result(|line| line.sku);
        let sku = s.task(reserved.catch(Broken, |_, error| error.error));
        s.task(ship(sku))
    }
    assert_snapshot!(states(&w()), @r#"
    start: Reserve
    {
      "Reserve": {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {
          "FunctionName": "reserve",
          "Payload": {
            "sku.$": "$.id"
          }
        },
        "ResultSelector": {
          "value.$": "$.Payload.sku"
        },
        "ResultPath": "$.reserve",
        "Catch": [
          {
            "ErrorEquals": [
              "Broken"
            ],
            "ResultPath": "$.reserveError",
            "Next": "ReserveCaught1Result"
          }
        ],
        "Next": "Ship"
      },
      "ReserveCaught1Result": {
        "Type": "Pass",
        "Parameters": {
          "value.$": "$.reserveError.Error"
        },
        "ResultPath": "$.reserve",
        "Next": "Ship"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Parameters": {
          "sku.$": "$.reserve.value"
        },
        "End": true
      }
    }
    "#);
}

#[test]
fn branches_and_iterations_are_selected_from() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<u64> {
        let both = s
            .parallel("Both")
            .branch(|s| s.task(ship(order.id).named("Send")))
            .branch(|s| s.task(charge(order.id, order.total)))
            .join_selecting(|(parcel, line)| data!(Note { text: parcel, tag: line.sku }));
        s.task(ship(both.text));
        s.map("All", order.lines)
            .each_selecting(|s, line| s.task(ship(line.sku).named("ShipLine")), |parcels| parcels.len())
    }
    assert_snapshot!(states(&w()), @r#"
    start: Both
    {
      "Both": {
        "Type": "Parallel",
        "Branches": [
          {
            "StartAt": "Send",
            "States": {
              "Send": {
                "Type": "Task",
                "Resource": "${Ship}",
                "Parameters": {
                  "sku.$": "$.id"
                },
                "End": true
              }
            }
          },
          {
            "StartAt": "Charge",
            "States": {
              "Charge": {
                "Type": "Task",
                "Resource": "${Charge}",
                "Parameters": {
                  "id.$": "$.id",
                  "amount.$": "$.total"
                },
                "End": true
              }
            }
          }
        ],
        "ResultSelector": {
          "text.$": "$[0]",
          "tag.$": "$[1].sku"
        },
        "ResultPath": "$.both",
        "Next": "Ship"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Parameters": {
          "sku.$": "$.both.text"
        },
        "ResultPath": null,
        "Next": "All"
      },
      "All": {
        "Type": "Map",
        "ItemsPath": "$.lines",
        "ItemProcessor": {
          "ProcessorConfig": {
            "Mode": "INLINE"
          },
          "StartAt": "ShipLine",
          "States": {
            "ShipLine": {
              "Type": "Task",
              "Resource": "${Ship}",
              "Parameters": {
                "sku.$": "$.sku"
              },
              "End": true
            }
          }
        },
        "ResultSelector": {
          "value.$": "States.ArrayLength($)"
        },
        "OutputPath": "$.value",
        "End": true
      }
    }
    "#);
}

/// What is assigned sees the raw result, whatever is selected of it.
#[test]
fn a_variable_is_set_to_what_was_selected_behind_the_state() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let last = s.var("last", "");
        let line = s.task(
            charge(order.id, order.total).select_result(|line| data!(Note { text: line.sku, tag: None })),
        );
        s.set(last, line.text);
        s.task(ship(order.id).select_result(|parcel| fmt!("{parcel} after {last}")))
    }
    assert_snapshot!(states(&w()), @r#"
    start: SetLast
    {
      "SetLast": {
        "Type": "Pass",
        "Assign": {
          "last": ""
        },
        "Next": "Charge"
      },
      "Charge": {
        "Type": "Task",
        "Resource": "${Charge}",
        "Parameters": {
          "id.$": "$.id",
          "amount.$": "$.total"
        },
        "ResultSelector": {
          "text.$": "$.sku"
        },
        "ResultPath": "$.charge",
        "Next": "ChargeSetLast"
      },
      "ChargeSetLast": {
        "Type": "Pass",
        "Assign": {
          "last.$": "$.charge.text"
        },
        "Next": "Ship"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Parameters": {
          "sku.$": "$.id"
        },
        "ResultSelector": {
          "value.$": "States.Format('{} after {}', $, $last)"
        },
        "OutputPath": "$.value",
        "End": true
      }
    }
    "#);
}

#[test]
fn what_nobody_reads_is_not_selected() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.task(charge(order.id, order.total).select_result(|line| line.sku));
        s.task(ship(order.id).select_result(|parcel| parcel).save_as("shipped"));
    }
    assert_snapshot!(field(&w(), "Charge", "ResultSelector"), @"null");
    assert_snapshot!(field(&w(), "Ship", "ResultSelector"), @r#"{"value.$":"$"}"#);
}

#[test]
fn a_document_that_is_replaced_has_what_is_selected_in_a_field() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope) {
        let line = || data!(Line { sku: "x".to_owned(), qty: 1_u32 });
        s.task(poll().select_result(|_| line()).replace_document());
        s.task(pack(s.document()));
        s.task(charge("o-1", 3.0).select_result(|line| line).replace_document());
        s.task(pack(s.document()).named("PackAgain"));
    }
    assert_snapshot!(states(&w()), @r#"
    error[SW0305]: `PackAgain` needs `$.sku`, which not every path to it has written
    --> codegen/tests/it/lower/jsonpath/selected.rs:292:16
     = state: W / PackAgain
     = help: save a result there with `.save_as("sku")`, or give the state what it needs with `data!(…)`

    error[SW0305]: `PackAgain` needs `$.qty`, which not every path to it has written
    --> codegen/tests/it/lower/jsonpath/selected.rs:292:16
     = state: W / PackAgain
     = help: save a result there with `.save_as("qty")`, or give the state what it needs with `data!(…)`

    error: 2 problems
    "#);
}
