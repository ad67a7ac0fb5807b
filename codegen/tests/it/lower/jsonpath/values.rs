//! The document: results are written where they are read.

use insta::assert_snapshot;

use crate::lower::*;

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
        "Next": "ShipAgain"
      },
      "ShipAgain": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Parameters": {
          "sku.$": "$.Payload.sku"
        },
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
        "End": true
      }
    }
    "#);
}

#[test]
fn a_result_that_nobody_named_overwrites_no_field_of_the_input() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let paid = s.task(poll().named("Paid"));
        s.when("Both", cond!(paid && order.paid), |s| s.wait("Pause", 1.seconds()));
        s.task(ship(order.id))
    }
    assert_snapshot!(states(&w()), @r#"
    start: Paid
    {
      "Paid": {
        "Type": "Task",
        "Resource": "${Poll}",
        "ResultPath": "$.paid2",
        "Next": "Both"
      },
      "Both": {
        "Type": "Choice",
        "Choices": [
          {
            "And": [
              {
                "Variable": "$.paid2",
                "BooleanEquals": true
              },
              {
                "Variable": "$.paid",
                "BooleanEquals": true
              }
            ],
            "Next": "Pause"
          }
        ],
        "Default": "Ship"
      },
      "Pause": {
        "Type": "Wait",
        "Seconds": 1,
        "Next": "Ship"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Parameters": {
          "sku.$": "$.id"
        },
        "End": true
      }
    }
    "#);
}
