//! Decisions and handlers of errors.

use insta::assert_snapshot;

use crate::lower::*;

#[test]
fn branches_of_a_choice_write_to_one_place() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let sku = s
            .choice("Pick")
            .when(cond!(order.paid), |s| s.task(ship(order.id)))
            .when(cond!(order.total > 3.0), |_| expr!("none"))
            .otherwise(|_| order.id);
        s.task(ship(sku).named("ShipAgain"))
    }
    assert_snapshot!(states(&w()), @r#"
    start: Pick
    {
      "Pick": {
        "Type": "Choice",
        "Choices": [
          {
            "Variable": "$.paid",
            "BooleanEquals": true,
            "Next": "Ship"
          },
          {
            "Variable": "$.total",
            "NumericGreaterThan": 3.0,
            "Next": "PickCase2Result"
          }
        ],
        "Default": "PickOtherwiseResult"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Parameters": {
          "sku.$": "$.id"
        },
        "ResultPath": "$.pick",
        "Next": "ShipAgain"
      },
      "PickCase2Result": {
        "Type": "Pass",
        "Result": "none",
        "ResultPath": "$.pick",
        "Next": "ShipAgain"
      },
      "PickOtherwiseResult": {
        "Type": "Pass",
        "InputPath": "$.id",
        "ResultPath": "$.pick",
        "Next": "ShipAgain"
      },
      "ShipAgain": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Parameters": {
          "sku.$": "$.pick"
        },
        "End": true
      }
    }
    "#);
}

#[test]
fn errors_are_written_where_they_are_read() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.task(
            ship(order.id)
                .catch(Broken, |s, error| s.fail_as("Failed", error.error, "broken"))
                .catch(States::ALL, |_, _| ()),
        );
    }
    assert_snapshot!(states(&w()), @r#"
    start: Ship
    {
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Parameters": {
          "sku.$": "$.id"
        },
        "ResultPath": null,
        "Catch": [
          {
            "ErrorEquals": [
              "Broken"
            ],
            "ResultPath": "$.shipError",
            "Next": "Failed"
          },
          {
            "ErrorEquals": [
              "States.ALL"
            ],
            "ResultPath": null,
            "Next": "ShipEnd"
          }
        ],
        "End": true
      },
      "Failed": {
        "Type": "Fail",
        "Cause": "broken",
        "ErrorPath": "$.shipError.Error"
      },
      "ShipEnd": {
        "Type": "Succeed"
      }
    }
    "#);
}

#[test]
fn a_handler_writes_where_the_result_would_be() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let line = s.task(
            reserve(order.id)
                .catch(Broken, |_, error| data!(Line { sku: error.error, qty: 0 }))
                .catch(Declined, |s, _| s.task(charge(order.id, order.total))),
        );
        let sku = s.task(ship(line.sku).catch(States::ALL, |s, _| s.task(ship("none").named("ShipNone"))));
        s.task(ship(sku).named("ShipAgain"))
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
        "ResultPath": "$.reserve",
        "Catch": [
          {
            "ErrorEquals": [
              "Broken"
            ],
            "ResultPath": "$.reserveError",
            "Next": "ReserveCaught1Result"
          },
          {
            "ErrorEquals": [
              "Declined"
            ],
            "ResultPath": null,
            "Next": "Charge"
          }
        ],
        "Next": "Ship"
      },
      "ReserveCaught1Result": {
        "Type": "Pass",
        "Parameters": {
          "Payload": {
            "sku.$": "$.reserveError.Error",
            "qty": 0
          }
        },
        "ResultPath": "$.reserve",
        "Next": "Ship"
      },
      "Charge": {
        "Type": "Task",
        "Resource": "${Charge}",
        "Parameters": {
          "id.$": "$.id",
          "amount.$": "$.total"
        },
        "ResultPath": "$.charge",
        "Next": "ChargeResult"
      },
      "ChargeResult": {
        "Type": "Pass",
        "Parameters": {
          "Payload.$": "$.charge"
        },
        "ResultPath": "$.reserve",
        "Next": "Ship"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Parameters": {
          "sku.$": "$.reserve.Payload.sku"
        },
        "ResultPath": "$.ship",
        "Catch": [
          {
            "ErrorEquals": [
              "States.ALL"
            ],
            "ResultPath": null,
            "Next": "ShipNone"
          }
        ],
        "Next": "ShipAgain"
      },
      "ShipNone": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Parameters": {
          "sku": "none"
        },
        "ResultPath": "$.ship",
        "Next": "ShipAgain"
      },
      "ShipAgain": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Parameters": {
          "sku.$": "$.ship"
        },
        "End": true
      }
    }
    "#);
}

#[test]
fn conventions_record_results_and_failures() {
    const HOUSE: Conventions = Conventions::new()
        .save_tasks("results.{state}.success")
        .save_composites("results.{state}")
        .record_failures("results.{state}.failure")
        .keep_at_end(&["results"]);
    #[workflow(query_language = "JSONPath", conventions = HOUSE)]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.map("All", order.lines).item_as("line").each(|s, line| {
            s.ends_as("LineEnd").keep(line);
            s.task(ship(line.sku));
            s.when("Always", cond!(line.qty > 1), |s| {
                s.task(ship(line.sku).named("ShipTwice").recorded_as("Ship2"));
            });
            s.task(ship(line.sku).named("ShipThrice").uncaught());
        });
    }
    assert_snapshot!(states(&w()), @r#"
    start: All
    {
      "All": {
        "Type": "Map",
        "ItemsPath": "$.lines",
        "ItemSelector": {
          "line.$": "$$.Map.Item.Value"
        },
        "ItemProcessor": {
          "ProcessorConfig": {
            "Mode": "INLINE"
          },
          "StartAt": "Ship",
          "States": {
            "Ship": {
              "Type": "Task",
              "Resource": "${Ship}",
              "Parameters": {
                "sku.$": "$.line.sku"
              },
              "ResultPath": "$.results.Ship.success",
              "Catch": [
                {
                  "ErrorEquals": [
                    "States.ALL"
                  ],
                  "ResultPath": "$.results.Ship.failure",
                  "Next": "LineEnd"
                }
              ],
              "Next": "Always"
            },
            "Always": {
              "Type": "Choice",
              "Choices": [
                {
                  "Variable": "$.line.qty",
                  "NumericGreaterThan": 1,
                  "Next": "ShipTwice"
                }
              ],
              "Default": "ShipThrice"
            },
            "ShipTwice": {
              "Type": "Task",
              "Resource": "${Ship}",
              "Parameters": {
                "sku.$": "$.line.sku"
              },
              "ResultPath": "$.results.Ship2.success",
              "Catch": [
                {
                  "ErrorEquals": [
                    "States.ALL"
                  ],
                  "ResultPath": "$.results.Ship2.failure",
                  "Next": "LineEnd"
                }
              ],
              "Next": "ShipThrice"
            },
            "ShipThrice": {
              "Type": "Task",
              "Resource": "${Ship}",
              "Parameters": {
                "sku.$": "$.line.sku"
              },
              "ResultPath": "$.results.ShipThrice.success",
              "Next": "LineEnd"
            },
            "LineEnd": {
              "Type": "Pass",
              "Parameters": {
                "line.$": "$.line",
                "results.$": "$.results"
              },
              "End": true
            }
          }
        },
        "ResultPath": "$.results.All",
        "End": true
      }
    }
    "#);
}
