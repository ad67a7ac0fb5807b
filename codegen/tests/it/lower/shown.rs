//! Fields that no other test shows as JSON; `docs/coverage.txt` refers to them.

use insta::assert_snapshot;

use super::*;

const ONCE: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[States::ALL]).delays([5])]);

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
struct Pair {
    a: i32,
    b: i32,
    left: String,
    right: String,
    open: bool,
    shut: bool,
    maybe: Option<String>,
    beat: u32,
}

#[test]
fn every_test_of_json_path() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, pair: Ref<Pair>) {
        s.choice("Compare")
            .when(cond!(pair.a == 1 || pair.a <= 2 || pair.a >= 3 || pair.a < 4), |_| ())
            .when(cond!(pair.left == "x" || pair.left < "x" || pair.left > "x"), |_| ())
            .when(cond!(pair.left <= "x" || pair.left >= "x"), |_| ())
            .when(cond!(pair.a == pair.b || pair.a < pair.b || pair.a > pair.b), |_| ())
            .when(cond!(pair.a <= pair.b || pair.a >= pair.b), |_| ())
            .when(cond!(pair.left == pair.right || pair.left < pair.right || pair.left > pair.right), |_| ())
            .when(cond!(pair.left <= pair.right || pair.left >= pair.right), |_| ())
            .when(cond!(pair.open == pair.shut), |_| ())
            .when(cond!(pair.left != "y"), |_| ())
            .when(pair.maybe.is_some(), |_| ())
            .or_fail();
        s.comment("all of them");
        s.wait("Pause", 1.seconds());
        s.comment("breathe");
    }
    assert_snapshot!(states(&w()), @r#"
    start: Compare
    {
      "Compare": {
        "Type": "Choice",
        "Comment": "all of them",
        "Choices": [
          {
            "Or": [
              {
                "Variable": "$.a",
                "NumericEquals": 1
              },
              {
                "Variable": "$.a",
                "NumericLessThanEquals": 2
              },
              {
                "Variable": "$.a",
                "NumericGreaterThanEquals": 3
              },
              {
                "Variable": "$.a",
                "NumericLessThan": 4
              }
            ],
            "Next": "Pause"
          },
          {
            "Or": [
              {
                "Variable": "$.left",
                "StringEquals": "x"
              },
              {
                "Variable": "$.left",
                "StringLessThan": "x"
              },
              {
                "Variable": "$.left",
                "StringGreaterThan": "x"
              }
            ],
            "Next": "Pause"
          },
          {
            "Or": [
              {
                "Variable": "$.left",
                "StringLessThanEquals": "x"
              },
              {
                "Variable": "$.left",
                "StringGreaterThanEquals": "x"
              }
            ],
            "Next": "Pause"
          },
          {
            "Or": [
              {
                "Variable": "$.a",
                "NumericEqualsPath": "$.b"
              },
              {
                "Variable": "$.a",
                "NumericLessThanPath": "$.b"
              },
              {
                "Variable": "$.a",
                "NumericGreaterThanPath": "$.b"
              }
            ],
            "Next": "Pause"
          },
          {
            "Or": [
              {
                "Variable": "$.a",
                "NumericLessThanEqualsPath": "$.b"
              },
              {
                "Variable": "$.a",
                "NumericGreaterThanEqualsPath": "$.b"
              }
            ],
            "Next": "Pause"
          },
          {
            "Or": [
              {
                "Variable": "$.left",
                "StringEqualsPath": "$.right"
              },
              {
                "Variable": "$.left",
                "StringLessThanPath": "$.right"
              },
              {
                "Variable": "$.left",
                "StringGreaterThanPath": "$.right"
              }
            ],
            "Next": "Pause"
          },
          {
            "Or": [
              {
                "Variable": "$.left",
                "StringLessThanEqualsPath": "$.right"
              },
              {
                "Variable": "$.left",
                "StringGreaterThanEqualsPath": "$.right"
              }
            ],
            "Next": "Pause"
          },
          {
            "Variable": "$.open",
            "BooleanEqualsPath": "$.shut",
            "Next": "Pause"
          },
          {
            "Not": {
              "Variable": "$.left",
              "StringEquals": "y"
            },
            "Next": "Pause"
          },
          {
            "And": [
              {
                "Variable": "$.maybe",
                "IsPresent": true
              },
              {
                "Variable": "$.maybe",
                "IsNull": false
              }
            ],
            "Next": "Pause"
          }
        ]
      },
      "Pause": {
        "Type": "Wait",
        "Comment": "breathe",
        "Seconds": 1,
        "End": true
      }
    }
    "#);
}

#[test]
fn comments_and_handlers_of_the_other_states() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<Vec<String>> {
        s.parallel("Both")
            .comment("at once")
            .branch(|s| s.task(poll()))
            .branch(|s| {
                s.task(ship(order.id).catch(Declined, |s, error| {
                    s.fail("Declined", error.cause.assume_some("it is declined"))
                }))
            })
            .join();
        s.when("IsPaid", order.paid, |s| {
            let _ = s.fail("Paid", "twice");
            s.comment("never twice");
        });
        s.map("All", order.lines)
            .comment("one by one")
            .retry(ONCE)
            .catch(Broken, |s, _| s.fail("Broke", "it broke"))
            .each(|s, line| s.task(ship(line.sku).named("ShipLine")))
    }
    assert_snapshot!(states(&w()), @r#"
    start: Both
    {
      "Both": {
        "Type": "Parallel",
        "Comment": "at once",
        "Branches": [
          {
            "StartAt": "Poll",
            "States": {
              "Poll": {
                "Type": "Task",
                "Resource": "${Poll}",
                "End": true
              }
            }
          },
          {
            "StartAt": "Ship",
            "States": {
              "Ship": {
                "Type": "Task",
                "Resource": "${Ship}",
                "Parameters": {
                  "sku.$": "$.id"
                },
                "Catch": [
                  {
                    "ErrorEquals": [
                      "Declined"
                    ],
                    "ResultPath": "$.shipError",
                    "Next": "Declined"
                  }
                ],
                "End": true
              },
              "Declined": {
                "Type": "Fail",
                "Error": "Declined",
                "CausePath": "$.shipError.Cause"
              }
            }
          }
        ],
        "ResultPath": null,
        "Next": "IsPaid"
      },
      "IsPaid": {
        "Type": "Choice",
        "Choices": [
          {
            "Variable": "$.paid",
            "BooleanEquals": true,
            "Next": "Paid"
          }
        ],
        "Default": "All"
      },
      "Paid": {
        "Type": "Fail",
        "Comment": "never twice",
        "Error": "Paid",
        "Cause": "twice"
      },
      "All": {
        "Type": "Map",
        "Comment": "one by one",
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
        "Retry": [
          {
            "ErrorEquals": [
              "States.ALL"
            ],
            "IntervalSeconds": 5,
            "MaxAttempts": 1
          }
        ],
        "Catch": [
          {
            "ErrorEquals": [
              "Broken"
            ],
            "Next": "Broke"
          }
        ],
        "End": true
      },
      "Broke": {
        "Type": "Fail",
        "Error": "Broke",
        "Cause": "it broke"
      }
    }
    "#);
}

#[test]
fn what_a_scope_gives_in_the_end() {
    #[workflow]
    fn jsonata(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        s.when("IsPaid", order.paid, |s| s.succeed_with("Paid", order.id));
        s.map("All", order.lines).each(|s, line| s.task(ship(line.sku)));
        s.wait("Pause", 1.seconds());
        order.id
    }
    #[workflow(query_language = "JSONPath")]
    fn jsonpath(s: &mut Scope, pair: Ref<Pair>) -> Ref<String> {
        s.when("IsOpen", pair.open, |s| {
            let _ = s.succeed_with("Open", pair.left);
            s.comment("nothing to do");
        });
        s.task(pack(Line { sku: "x".to_owned(), qty: 1 }).timeout(pair.beat).heartbeat(pair.beat));
        pair.right
    }
    #[workflow]
    fn list(s: &mut Scope, order: Ref<Order>) -> Expr<String> {
        s.map("All", order.lines).each(|s, line| s.task(ship(line.sku)));
        fmt!("{} is shipped", order.id)
    }
    #[workflow(query_language = "JSONPath")]
    fn first(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        s.map("All", order.lines).each(|s, line| s.task(ship(line.sku)));
        order.id
    }
    assert_snapshot!(states(&first()), @r#"
    start: All
    {
      "All": {
        "Type": "Map",
        "ItemsPath": "$.lines",
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
                "sku.$": "$.sku"
              },
              "End": true
            }
          }
        },
        "ResultPath": null,
        "OutputPath": "$.id",
        "End": true
      }
    }
    "#);
    assert_snapshot!(states(&jsonata()), @r#"
    start: IsPaid
    {
      "IsPaid": {
        "Type": "Choice",
        "Choices": [
          {
            "Condition": "{% $states.input.paid %}",
            "Assign": {
              "order": "{% $states.input %}"
            },
            "Next": "Paid"
          }
        ],
        "Default": "All",
        "Assign": {
          "order": "{% $states.input %}"
        }
      },
      "Paid": {
        "Type": "Succeed",
        "Output": "{% $order.id %}"
      },
      "All": {
        "Type": "Map",
        "Items": "{% $order.lines %}",
        "ItemProcessor": {
          "ProcessorConfig": {
            "Mode": "INLINE"
          },
          "StartAt": "Ship",
          "States": {
            "Ship": {
              "Type": "Task",
              "Resource": "${Ship}",
              "Arguments": {
                "sku": "{% $states.input.sku %}"
              },
              "End": true
            }
          }
        },
        "Next": "Pause"
      },
      "Pause": {
        "Type": "Wait",
        "Seconds": 1,
        "Output": "{% $order.id %}",
        "End": true
      }
    }
    "#);
    assert_snapshot!(states(&jsonpath()), @r#"
    start: IsOpen
    {
      "IsOpen": {
        "Type": "Choice",
        "Choices": [
          {
            "Variable": "$.open",
            "BooleanEquals": true,
            "Next": "Open"
          }
        ],
        "Default": "Pack"
      },
      "Open": {
        "Type": "Succeed",
        "Comment": "nothing to do",
        "OutputPath": "$.left"
      },
      "Pack": {
        "Type": "Task",
        "Resource": "${Pack}",
        "Parameters": {
          "sku": "x",
          "qty": 1
        },
        "TimeoutSecondsPath": "$.beat",
        "HeartbeatSecondsPath": "$.beat",
        "ResultPath": null,
        "OutputPath": "$.right",
        "End": true
      }
    }
    "#);
    assert_snapshot!(states(&list()), @r#"
    start: All
    {
      "All": {
        "Type": "Map",
        "Items": "{% $states.input.lines %}",
        "ItemProcessor": {
          "ProcessorConfig": {
            "Mode": "INLINE"
          },
          "StartAt": "Ship",
          "States": {
            "Ship": {
              "Type": "Task",
              "Resource": "${Ship}",
              "Arguments": {
                "sku": "{% $states.input.sku %}"
              },
              "End": true
            }
          }
        },
        "Output": "{% $states.input.id & ' is shipped' %}",
        "End": true
      }
    }
    "#);
}
