//! What a nested scope works on: a document of its own that holds all it may ask for, and that results can be kept in.

use insta::assert_snapshot;
use serde_json::json;

use crate::lower::*;

#[test]
fn what_may_be_missing_is_handed_in_with_what_it_is_a_part_of() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<Vec<Line>> {
        s.map("Lines", order.lines).each(|s, line| {
            s.when_some("Reduced", order.coupon, |s, coupon| {
                s.task(ship(coupon));
            });
            line
        })
    }
    assert_snapshot!(field(&w(), "Lines", "ItemSelector"), @r#"{"order.$":"$","item.$":"$$.Map.Item.Value"}"#);
}

#[test]
fn what_is_in_a_list_is_handed_in_under_a_name() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<Vec<String>> {
        let (line, text) = s
            .parallel("Both")
            .branch(|s| s.task(charge(order.id, order.total)))
            .branch(|s| s.task(ship(order.id)))
            .join();
        s.map("Lines", order.lines)
            .each(|s, item| s.task(ship(fmt!("{}{}{}", item.sku, line.sku, text)).named("Again")))
    }
    assert_snapshot!(field(&w(), "Lines", "ItemSelector"), @r#"{"both.$":"$.both","item.$":"$$.Map.Item.Value"}"#);
    let inner = &field(&w(), "Lines", "ItemProcessor")["States"]["Again"]["Parameters"];
    assert_snapshot!(inner, @r#"{"sku.$":"States.Format('{}{}{}', $.item.sku, $.both[0].sku, $.both[1])"}"#);
}

#[test]
fn all_branches_of_a_parallel_are_given_what_any_of_them_reads() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let (_, shipped) = s
            .parallel("Both")
            .input(data!(Line { sku: order.id, qty: 1 }))
            .branch(|s, line| s.task(ship(fmt!("{}{}", line.sku, order.count))))
            .branch(|s, line| s.task(charge(line.sku, order.total)).sku)
            .join();
        shipped
    }
    assert_snapshot!(field(&w(), "Both", "Parameters"), @r#"{"sku.$":"$.id","qty":1,"count.$":"$.count","total.$":"$.total"}"#);
}

#[test]
fn an_item_that_is_no_object_stands_in_a_field_where_results_are_kept_beside_it() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, skus: Ref<Vec<String>>) -> Ref<Vec<String>> {
        s.map("Skus", skus).each(|s, sku| {
            let parcel = s.task(ship(sku));
            s.task(reserve(fmt!("{}{}", sku, parcel))).sku
        })
    }
    assert_eq!(field(&w(), "Skus", "ItemSelector"), json!({ "item.$": "$$.Map.Item.Value" }));
    assert_eq!(
        field(&w(), "Skus", "ItemProcessor")["States"]["Ship"]["Parameters"],
        json!({ "sku.$": "$.item" })
    );
}

#[test]
fn an_input_that_is_no_object_is_put_into_a_field_by_a_state_in_front() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, sku: Ref<String>) -> Ref<String> {
        let parcel = s.task(ship(sku));
        let (both, _) = s
            .parallel("Both")
            .input(parcel)
            .branch(|s, parcel| {
                let line = s.task(reserve(parcel));
                s.pass("Put", fmt!("{}{}", line.sku, parcel))
            })
            .branch(|_, parcel| parcel)
            .join();
        s.task(ship(fmt!("{}{}", sku, both)).named("ShipBoth"))
    }
    assert_snapshot!(states(&w()), @r#"
    start: BeforeShip
    {
      "BeforeShip": {
        "Type": "Pass",
        "Parameters": {
          "sku.$": "$"
        },
        "Next": "Ship"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Parameters": {
          "sku.$": "$.sku"
        },
        "ResultPath": "$.ship",
        "Next": "Both"
      },
      "Both": {
        "Type": "Parallel",
        "InputPath": "$.ship",
        "Branches": [
          {
            "StartAt": "BeforeReserve",
            "States": {
              "BeforeReserve": {
                "Type": "Pass",
                "Parameters": {
                  "bothInput.$": "$"
                },
                "Next": "Reserve"
              },
              "Reserve": {
                "Type": "Task",
                "Resource": "arn:aws:states:::lambda:invoke",
                "Parameters": {
                  "FunctionName": "reserve",
                  "Payload": {
                    "sku.$": "$.bothInput"
                  }
                },
                "ResultPath": "$.reserve",
                "Next": "Put"
              },
              "Put": {
                "Type": "Pass",
                "Parameters": {
                  "value.$": "States.Format('{}{}', $.reserve.Payload.sku, $.bothInput)"
                },
                "OutputPath": "$.value",
                "End": true
              }
            }
          },
          {
            "StartAt": "BothBranch1",
            "States": {
              "BothBranch1": {
                "Type": "Succeed"
              }
            }
          }
        ],
        "ResultPath": "$.both",
        "Next": "ShipBoth"
      },
      "ShipBoth": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Parameters": {
          "sku.$": "States.Format('{}{}', $.sku, $.both[0])"
        },
        "End": true
      }
    }
    "#);
}
