//! Parallel and Map: what an inner scope reads is handed in.

use insta::assert_snapshot;

use crate::lower::*;

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
fn what_is_handed_in_as_a_whole_is_not_handed_in_again() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<Vec<String>> {
        let line = s.task(charge(order.id, order.total));
        s.map("All", order.lines).item_as("charge").each(|s, _| {
            s.task(pack(line));
            s.task(ship(line.sku))
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
        "ResultPath": "$.charge",
        "Next": "All"
      },
      "All": {
        "Type": "Map",
        "ItemsPath": "$.lines",
        "ItemSelector": {
          "charge2.$": "$.charge",
          "charge.$": "$$.Map.Item.Value"
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
              "InputPath": "$.charge2",
              "TimeoutSeconds": 120,
              "HeartbeatSeconds": 30,
              "ResultPath": null,
              "Next": "Ship"
            },
            "Ship": {
              "Type": "Task",
              "Resource": "${Ship}",
              "Parameters": {
                "sku.$": "$.charge2.sku"
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
fn what_one_branch_reads_all_branches_are_given() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.parallel("Own")
            .input(data!(Line { sku: order.id, qty: 1 }))
            .branch(|s, line| s.task(ship(line.sku)))
            .branch(|s, _| s.task(take_count(order.count)))
            .join();
    }
    #[task(lambda = "${TakeCount}")]
    fn take_count(count: i32) -> String;
    assert_snapshot!(field(&w(), "Own", "Parameters"), @r#"{"sku.$":"$.id","qty":1,"count.$":"$.count"}"#);
}

#[test]
fn an_item_that_is_no_object_stands_in_a_field_beside_results() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, skus: Ref<Vec<String>>) -> Ref<Vec<String>> {
        s.map("All", skus).each(|s, sku| {
            let line = s.task(reserve(sku));
            s.task(ship(fmt!("{}{}", sku, line.sku)))
        })
    }
    assert_snapshot!(field(&w(), "All", "ItemSelector"), @r#"{"item.$":"$$.Map.Item.Value"}"#);
}

#[test]
fn a_value_that_may_be_missing_is_handed_in_with_what_it_is_in() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) {
        let second = order.lines.get(1).assume_some("there are two");
        s.map("All", order.lines).each(|s, _| {
            s.task(ship(second.sku));
            s.map("Inner", order.lines).each(|s, _| {
                s.when("HasCoupon", order.coupon.is_some(), |s| s.wait("Pause", 1.seconds()));
            });
        });
    }
    assert_snapshot!(field(&w(), "All", "ItemSelector"), @r#"{"order.$":"$","item.$":"$$.Map.Item.Value"}"#);
}
