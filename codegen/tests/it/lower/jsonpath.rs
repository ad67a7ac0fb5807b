//! Values live in the document of their scope; what an inner scope reads is handed in.

use insta::assert_snapshot;

use super::*;

#[test]
fn a_result_is_written_into_the_document_only_if_it_is_read() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let line = s.task(charge(order.id, order.total));
        s.task(poll());
        s.task(ship(line.sku))
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
        "ResultPath": "$.charge",
        "Next": "Poll"
      },
      "Poll": {
        "Type": "Task",
        "Resource": "${Poll}",
        "ResultPath": null,
        "Next": "Ship"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Parameters": {
          "sku.$": "$.charge.sku"
        },
        "ResultPath": "$",
        "End": true
      }
    }
    "#);
}

#[test]
fn save_as_nests_and_a_result_can_replace_the_document() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let line = s.task(charge(order.id, order.total).save_as("results.my line"));
        s.task(ship(line.sku).save_as("results.sku"));
        let line = s.task(reserve("x").replace_document());
        s.task(ship(line.sku).named("ShipAgain"))
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
        "ResultPath": "$.results['my line']",
        "Next": "Ship"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Parameters": {
          "sku.$": "$.results['my line'].sku"
        },
        "ResultPath": "$.results.sku",
        "Next": "Reserve"
      },
      "Reserve": {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {
          "FunctionName": "reserve",
          "Payload": {
            "sku": "x"
          }
        },
        "ResultPath": "$",
        "Next": "ShipAgain"
      },
      "ShipAgain": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Parameters": {
          "sku.$": "$.Payload.sku"
        },
        "ResultPath": "$",
        "End": true
      }
    }
    "#);
}

#[test]
fn a_map_is_handed_what_its_states_read() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<Vec<Vec<String>>> {
        let line = s.task(charge(order.id, order.total).save_as("results.line"));
        s.map("Outer", order.lines).max_concurrency(1).each(|s, outer| {
            s.map("Inner", order.lines)
                .item_as("inner")
                .each(|s, inner| s.task(ship(fmt!("{}{}{}{}", outer.sku, inner.sku, order.id, line.sku))))
        })
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
        "ResultPath": "$.results.line",
        "Next": "Outer"
      },
      "Outer": {
        "Type": "Map",
        "ItemsPath": "$.lines",
        "ItemSelector": {
          "id.$": "$.id",
          "lines.$": "$.lines",
          "results": {
            "line": {
              "sku.$": "$.results.line.sku"
            }
          },
          "item.$": "$$.Map.Item.Value"
        },
        "MaxConcurrency": 1,
        "ItemProcessor": {
          "ProcessorConfig": {
            "Mode": "INLINE"
          },
          "StartAt": "Inner",
          "States": {
            "Inner": {
              "Type": "Map",
              "ItemsPath": "$.lines",
              "ItemSelector": {
                "id.$": "$.id",
                "results": {
                  "line": {
                    "sku.$": "$.results.line.sku"
                  }
                },
                "item": {
                  "sku.$": "$.item.sku"
                },
                "inner.$": "$$.Map.Item.Value"
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
                      "sku.$": "States.Format('{}{}{}{}', $.item.sku, $.inner.sku, $.id, $.results.line.sku)"
                    },
                    "ResultPath": "$",
                    "End": true
                  }
                }
              },
              "ResultPath": "$",
              "End": true
            }
          }
        },
        "ResultPath": "$",
        "End": true
      }
    }
    "#);
}

#[test]
fn a_map_that_reads_nothing_else_is_given_the_item_itself() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, lines: Ref<Vec<Line>>) -> Ref<Vec<String>> {
        s.map("All", lines).each(|s, line| s.task(pack(line)))
    }
    assert_snapshot!(states(&w()), @r#"
    start: All
    {
      "All": {
        "Type": "Map",
        "ItemProcessor": {
          "ProcessorConfig": {
            "Mode": "INLINE"
          },
          "StartAt": "Pack",
          "States": {
            "Pack": {
              "Type": "Task",
              "Resource": "${Pack}",
              "TimeoutSeconds": 120,
              "HeartbeatSeconds": 30,
              "ResultPath": "$",
              "End": true
            }
          }
        },
        "ResultPath": "$",
        "End": true
      }
    }
    "#);
}

#[test]
fn a_whole_document_is_handed_in_under_its_name() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<Vec<String>> {
        s.map("All", order.lines).each(|s, _| s.task(take(order)))
    }
    #[task(lambda = "${Take}")]
    fn take(#[input] order: Order) -> String;
    assert_snapshot!(states(&w()), @r#"
    start: All
    {
      "All": {
        "Type": "Map",
        "ItemsPath": "$.lines",
        "ItemSelector": {
          "order.$": "$",
          "item.$": "$$.Map.Item.Value"
        },
        "ItemProcessor": {
          "ProcessorConfig": {
            "Mode": "INLINE"
          },
          "StartAt": "Take",
          "States": {
            "Take": {
              "Type": "Task",
              "Resource": "${Take}",
              "InputPath": "$.order",
              "ResultPath": "$",
              "End": true
            }
          }
        },
        "ResultPath": "$",
        "End": true
      }
    }
    "#);
}

#[test]
fn select_is_extended_by_what_the_states_read() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<Vec<String>> {
        s.map("All", order.lines)
            .select(|line| data!(Line { sku: order.id, qty: line.qty }))
            .each(|s, line| s.task(ship(fmt!("{}{}{}", line.sku, order.id, order.count))))
    }
    assert_snapshot!(states(&w()), @r#"
    start: All
    {
      "All": {
        "Type": "Map",
        "ItemsPath": "$.lines",
        "ItemSelector": {
          "sku.$": "$.id",
          "qty.$": "$$.Map.Item.Value.qty",
          "count.$": "$.count"
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
                "sku.$": "States.Format('{}{}{}', $.sku, $.sku, $.count)"
              },
              "ResultPath": "$",
              "End": true
            }
          }
        },
        "ResultPath": "$",
        "End": true
      }
    }
    "#);
}

#[test]
fn branches_see_the_document_unless_the_parallel_is_given_another() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let (sku, _) = s.parallel("Shared").branch(|s| s.task(ship(order.id))).branch(|_| ()).join();
        s.parallel("Own")
            .input(data!(Line { sku, qty: 1 }))
            .branch(|s, line| s.task(ship(fmt!("{}{}", line.sku, order.id)).named("ShipAgain")))
            .join()
            .0
    }
    assert_snapshot!(states(&w()), @r#"
    start: Shared
    {
      "Shared": {
        "Type": "Parallel",
        "Branches": [
          {
            "StartAt": "Ship",
            "States": {
              "Ship": {
                "Type": "Task",
                "Resource": "${Ship}",
                "Parameters": {
                  "sku.$": "$.id"
                },
                "ResultPath": "$",
                "End": true
              }
            }
          },
          {
            "StartAt": "SharedBranch1",
            "States": {
              "SharedBranch1": {
                "Type": "Succeed"
              }
            }
          }
        ],
        "ResultPath": "$.shared",
        "Next": "Own"
      },
      "Own": {
        "Type": "Parallel",
        "Parameters": {
          "sku.$": "$.shared[0]",
          "qty": 1,
          "id.$": "$.id"
        },
        "Branches": [
          {
            "StartAt": "ShipAgain",
            "States": {
              "ShipAgain": {
                "Type": "Task",
                "Resource": "${Ship}",
                "Parameters": {
                  "sku.$": "States.Format('{}{}', $.sku, $.id)"
                },
                "ResultPath": "$",
                "End": true
              }
            }
          }
        ],
        "ResultPath": "$.own",
        "OutputPath": "$.own[0]",
        "End": true
      }
    }
    "#);
}

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
        "ResultPath": "$",
        "End": true
      }
    }
    "#);
}

#[test]
fn a_value_that_an_intrinsic_function_computes_stands_in_a_field() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let text = s.pass("Text", fmt!("{}!", order.id));
        let sku = s.choice("Pick").when(order.paid, |_| fmt!("{}?", text)).otherwise(|_| expr!("none"));
        s.task(ship(sku))
    }
    assert_snapshot!(states(&w()), @r#"
    start: Text
    {
      "Text": {
        "Type": "Pass",
        "Parameters": {
          "value.$": "States.Format('{}!', $.id)"
        },
        "ResultPath": "$.text",
        "Next": "Pick"
      },
      "Pick": {
        "Type": "Choice",
        "Choices": [
          {
            "Variable": "$.paid",
            "BooleanEquals": true,
            "Next": "PickCase1Result"
          }
        ],
        "Default": "PickOtherwiseResult"
      },
      "PickCase1Result": {
        "Type": "Pass",
        "Parameters": {
          "value.$": "States.Format('{}?', $.text.value)"
        },
        "ResultPath": "$.pick",
        "Next": "Ship"
      },
      "PickOtherwiseResult": {
        "Type": "Pass",
        "Parameters": {
          "value": "none"
        },
        "ResultPath": "$.pick",
        "Next": "Ship"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Parameters": {
          "sku.$": "$.pick.value"
        },
        "ResultPath": "$",
        "End": true
      }
    }
    "#);
}

#[test]
fn the_value_of_a_scope_is_a_path_or_a_last_pass() {
    #[workflow(query_language = "JSONPath")]
    fn path(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        s.wait("Pause", 1.seconds());
        order.id
    }
    assert_snapshot!(states(&path()), @r#"
    start: Pause
    {
      "Pause": {
        "Type": "Wait",
        "Seconds": 1,
        "OutputPath": "$.id",
        "End": true
      }
    }
    "#);

    #[workflow(query_language = "JSONPath")]
    fn object(s: &mut Scope, order: Ref<Order>) -> Expr<Line> {
        s.wait("Pause", 1.seconds());
        data!(Line { sku: order.id, qty: 2 })
    }
    assert_snapshot!(states(&object()), @r#"
    start: Pause
    {
      "Pause": {
        "Type": "Wait",
        "Seconds": 1,
        "Next": "PauseEnd"
      },
      "PauseEnd": {
        "Type": "Pass",
        "Parameters": {
          "sku.$": "$.id",
          "qty": 2
        },
        "End": true
      }
    }
    "#);

    #[workflow(query_language = "JSONPath")]
    fn text(s: &mut Scope, order: Ref<Order>) -> Expr<String> {
        s.wait("Pause", 1.seconds());
        fmt!("{}!", order.id)
    }
    assert_snapshot!(states(&text()), @r#"
    start: Pause
    {
      "Pause": {
        "Type": "Wait",
        "Seconds": 1,
        "Next": "PauseEnd"
      },
      "PauseEnd": {
        "Type": "Pass",
        "Parameters": {
          "value.$": "States.Format('{}!', $.id)"
        },
        "OutputPath": "$.value",
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

#[test]
fn the_document_can_be_handed_on_as_a_whole() {
    #[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
    struct Shipped {
        id: String,
        sku: String,
    }
    #[task(lambda = "${Take}")]
    fn take(#[input] shipped: Shipped) -> String;
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        s.task(ship(order.id).save_as("sku"));
        s.task(take(s.document()))
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
        "ResultPath": "$.sku",
        "Next": "Take"
      },
      "Take": {
        "Type": "Task",
        "Resource": "${Take}",
        "ResultPath": "$",
        "End": true
      }
    }
    "#);
}

#[test]
fn times_are_constants_or_paths() {
    #[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
    struct Times {
        pause: u32,
        at: String,
        role: String,
    }
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, times: Ref<Times>) {
        s.wait("Constant", 90.seconds());
        s.wait("Data", times.pause);
        s.wait_until("At", "2027-01-31T12:00:00Z");
        s.wait_until("AtData", times.at);
        s.task(pack(Line { sku: "x".to_owned(), qty: 1 }).timeout(times.pause).credentials(times.role));
    }
    assert_snapshot!(states(&w()), @r#"
    start: Constant
    {
      "Constant": {
        "Type": "Wait",
        "Seconds": 90,
        "Next": "Data"
      },
      "Data": {
        "Type": "Wait",
        "SecondsPath": "$.pause",
        "Next": "At"
      },
      "At": {
        "Type": "Wait",
        "Timestamp": "2027-01-31T12:00:00Z",
        "Next": "AtData"
      },
      "AtData": {
        "Type": "Wait",
        "TimestampPath": "$.at",
        "Next": "Pack"
      },
      "Pack": {
        "Type": "Task",
        "Resource": "${Pack}",
        "Parameters": {
          "sku": "x",
          "qty": 1
        },
        "Credentials": {
          "RoleArn.$": "$.role"
        },
        "TimeoutSecondsPath": "$.pause",
        "HeartbeatSeconds": 30,
        "ResultPath": null,
        "End": true
      }
    }
    "#);
}

#[test]
fn lambda_invoke_takes_and_gives_a_payload() {
    #[task(lambda_invoke = "take")]
    fn take(#[input] line: Line) -> Line;
    #[task(lambda_invoke = "nothing")]
    fn nothing() -> Line;
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let line = s.task(reserve(order.id));
        s.task(take(line));
        s.task(nothing());
        s.task(reserve(line.sku).named("ReserveAgain")).sku
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
        "Next": "Take"
      },
      "Take": {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {
          "FunctionName": "take",
          "Payload.$": "$.reserve.Payload"
        },
        "ResultPath": null,
        "Next": "Nothing"
      },
      "Nothing": {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {
          "FunctionName": "nothing",
          "Payload.$": "$"
        },
        "ResultPath": null,
        "Next": "ReserveAgain"
      },
      "ReserveAgain": {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {
          "FunctionName": "reserve",
          "Payload": {
            "sku.$": "$.reserve.Payload.sku"
          }
        },
        "ResultPath": "$.reserveAgain",
        "OutputPath": "$.reserveAgain.Payload.sku",
        "End": true
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
        "ResultPath": "$",
        "End": true
      }
    }
    "#);
}
