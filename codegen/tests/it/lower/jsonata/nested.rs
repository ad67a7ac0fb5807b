//! Parallel and Map.

use insta::assert_snapshot;

use crate::lower::*;

#[test]
fn a_parallel_gives_a_tuple_and_its_branches_see_outer_values() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let line = s.task(charge(order.id, order.total));
        let (sku, _) =
            s.parallel("Both").branch(|s| s.task(ship(line.sku))).branch(|s| s.succeed("Nothing")).join();
        s.task(ship(sku).named("ShipAgain"))
    }
    assert_snapshot!(states(&w()), @r#"
    start: Charge
    {
      "Charge": {
        "Type": "Task",
        "Resource": "${Charge}",
        "Arguments": {
          "id": "{% $states.input.id %}",
          "amount": "{% $states.input.total %}"
        },
        "Assign": {
          "charge": "{% $states.result %}"
        },
        "Next": "Both"
      },
      "Both": {
        "Type": "Parallel",
        "Branches": [
          {
            "StartAt": "Ship",
            "States": {
              "Ship": {
                "Type": "Task",
                "Resource": "${Ship}",
                "Arguments": {
                  "sku": "{% $charge.sku %}"
                },
                "End": true
              }
            }
          },
          {
            "StartAt": "Nothing",
            "States": {
              "Nothing": {
                "Type": "Succeed"
              }
            }
          }
        ],
        "Assign": {
          "both": "{% $states.result %}"
        },
        "Next": "ShipAgain"
      },
      "ShipAgain": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $both[0] %}"
        },
        "End": true
      }
    }
    "#);
}

#[test]
fn a_parallel_can_be_given_an_input_of_its_own() {
    const ONCE: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[States::ALL]).max_attempts(1)]);
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.parallel("Both")
            .input(data!(Line { sku: order.id, qty: 1 }))
            .branch(|s, line| s.task(ship(line.sku)))
            .retry(ONCE)
            .catch(States::ALL, |s, error| s.fail_as("Failed", error.error, error.cause))
            .join();
    }
    assert_snapshot!(states(&w()), @r#"
    start: Both
    {
      "Both": {
        "Type": "Parallel",
        "Arguments": {
          "sku": "{% $states.input.id %}",
          "qty": 1
        },
        "Branches": [
          {
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
          }
        ],
        "Retry": [
          {
            "ErrorEquals": [
              "States.ALL"
            ],
            "MaxAttempts": 1
          }
        ],
        "Catch": [
          {
            "ErrorEquals": [
              "States.ALL"
            ],
            "Assign": {
              "bothError": "{% $states.errorOutput %}"
            },
            "Next": "Failed"
          }
        ],
        "End": true
      },
      "Failed": {
        "Type": "Fail",
        "Error": "{% $bothError.Error %}",
        "Cause": "{% $exists($bothError.Cause) and $bothError.Cause != null ? $bothError.Cause : '' %}"
      }
    }
    "#);
}

#[test]
fn a_map_runs_over_items_and_its_states_see_outer_values() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<Vec<Vec<String>>> {
        s.task(poll());
        s.map("Outer", order.lines).item_as("line").max_concurrency(2).each(|s, line| {
            s.task(poll().named("PollInside"));
            s.map("Inner", order.lines).each(|s, inner| {
                s.task(poll().named("PollInner"));
                s.task(ship(fmt!("{}{}{}", line.sku, inner.sku, order.id)))
            })
        })
    }
    assert_snapshot!(states(&w()), @r#"
    start: Poll
    {
      "Poll": {
        "Type": "Task",
        "Resource": "${Poll}",
        "Assign": {
          "order": "{% $states.input %}"
        },
        "Next": "Outer"
      },
      "Outer": {
        "Type": "Map",
        "Items": "{% $order.lines %}",
        "MaxConcurrency": 2,
        "ItemProcessor": {
          "ProcessorConfig": {
            "Mode": "INLINE"
          },
          "StartAt": "PollInside",
          "States": {
            "PollInside": {
              "Type": "Task",
              "Resource": "${Poll}",
              "Assign": {
                "line": "{% $states.input %}"
              },
              "Next": "Inner"
            },
            "Inner": {
              "Type": "Map",
              "Items": "{% $order.lines %}",
              "ItemProcessor": {
                "ProcessorConfig": {
                  "Mode": "INLINE"
                },
                "StartAt": "PollInner",
                "States": {
                  "PollInner": {
                    "Type": "Task",
                    "Resource": "${Poll}",
                    "Assign": {
                      "item": "{% $states.input %}"
                    },
                    "Next": "Ship"
                  },
                  "Ship": {
                    "Type": "Task",
                    "Resource": "${Ship}",
                    "Arguments": {
                      "sku": "{% $line.sku & $item.sku & $order.id %}"
                    },
                    "End": true
                  }
                }
              },
              "End": true
            }
          }
        },
        "End": true
      }
    }
    "#);
}

#[test]
fn select_makes_what_an_iteration_is_given() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<Vec<String>> {
        s.map("All", order.lines)
            .select(|line| data!(Line { sku: fmt!("{}-{}", order.id, line.sku), qty: line.qty }))
            .each(|s, line| s.task(pack(line)))
    }
    assert_snapshot!(states(&w()), @r#"
    start: All
    {
      "All": {
        "Type": "Map",
        "Items": "{% $states.input.lines %}",
        "ItemSelector": {
          "sku": "{% $states.input.id & '-' & $states.context.Map.Item.Value.sku %}",
          "qty": "{% $states.context.Map.Item.Value.qty %}"
        },
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
              "End": true
            }
          }
        },
        "End": true
      }
    }
    "#);
}

#[test]
fn items_of_nested_maps_have_names_of_their_own() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<Vec<Vec<String>>> {
        s.map("Outer", order.lines).each(|s, outer| {
            s.task(poll());
            s.map::<String, _>("Inner", [outer.sku]).each(|s, inner| {
                s.task(poll().named("PollInside"));
                s.task(ship(fmt!("{}{}", outer.sku, inner)))
            })
        })
    }
    assert_snapshot!(states(&w()), @r#"
    start: Outer
    {
      "Outer": {
        "Type": "Map",
        "Items": "{% $states.input.lines %}",
        "ItemProcessor": {
          "ProcessorConfig": {
            "Mode": "INLINE"
          },
          "StartAt": "Poll",
          "States": {
            "Poll": {
              "Type": "Task",
              "Resource": "${Poll}",
              "Assign": {
                "item": "{% $states.input %}"
              },
              "Next": "Inner"
            },
            "Inner": {
              "Type": "Map",
              "Items": [
                "{% $item.sku %}"
              ],
              "ItemProcessor": {
                "ProcessorConfig": {
                  "Mode": "INLINE"
                },
                "StartAt": "PollInside",
                "States": {
                  "PollInside": {
                    "Type": "Task",
                    "Resource": "${Poll}",
                    "Assign": {
                      "item2": "{% $states.input %}"
                    },
                    "Next": "Ship"
                  },
                  "Ship": {
                    "Type": "Task",
                    "Resource": "${Ship}",
                    "Arguments": {
                      "sku": "{% $item.sku & $item2 %}"
                    },
                    "End": true
                  }
                }
              },
              "End": true
            }
          }
        },
        "End": true
      }
    }
    "#);
}
