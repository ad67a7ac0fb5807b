//! What is kept of a result, and comments of the parts of a state.

use insta::assert_snapshot;
use stepwright::{Retrier, RetryPolicy};

use crate::lower::*;

#[test]
fn what_is_selected_is_assigned_in_place_of_the_result() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<Note> {
        let charged = charge(order.id, order.total)
            .select_result(|line| {
                data!(Note { text: fmt!("{} of {}", line.qty, line.sku), tag: order.coupon })
            })
            .catch(Declined, |_, error| data!(Note { text: error.error, tag: None }));
        let note = s.task(charged);
        s.task(ship(note.text));
        note
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
          "charge": "{% {'text': $states.result.qty & ' of ' & $states.result.sku, 'tag': $states.input.coupon != null ? $states.input.coupon} %}"
        },
        "Catch": [
          {
            "ErrorEquals": [
              "Declined"
            ],
            "Assign": {
              "charge": {
                "text": "{% $states.errorOutput.Error %}"
              }
            },
            "Next": "Ship"
          }
        ],
        "Next": "Ship"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $charge.text %}"
        },
        "Output": "{% $charge %}",
        "End": true
      }
    }
    "#);
}

#[test]
fn the_output_of_a_scope_can_be_what_is_selected() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let (sku, _) = s
            .parallel("Both")
            .branch(|s| {
                // It is in the `Payload` of what the service answers.
                let line =
                    s.task(reserve(order.id).select_result(|line| data!(Note { text: line.sku, tag: None })));
                line.text
            })
            .branch(|s| s.task(reserve(order.id).named("Again").select_result(|line| line.qty)))
            .join();
        sku
    }
    assert_snapshot!(states(&w()), @r#"
    start: BeforeBoth
    {
      "BeforeBoth": {
        "Type": "Pass",
        "Assign": {
          "order": "{% $states.input %}"
        },
        "Next": "Both"
      },
      "Both": {
        "Type": "Parallel",
        "Branches": [
          {
            "StartAt": "Reserve",
            "States": {
              "Reserve": {
                "Type": "Task",
                "Resource": "arn:aws:states:::lambda:invoke",
                "Arguments": {
                  "FunctionName": "reserve",
                  "Payload": {
                    "sku": "{% $order.id %}"
                  }
                },
                "Output": "{% ({'text': $states.result.Payload.sku}).text %}",
                "End": true
              }
            }
          },
          {
            "StartAt": "Again",
            "States": {
              "Again": {
                "Type": "Task",
                "Resource": "arn:aws:states:::lambda:invoke",
                "Arguments": {
                  "FunctionName": "reserve",
                  "Payload": {
                    "sku": "{% $order.id %}"
                  }
                },
                "Output": "{% $states.result.Payload.qty %}",
                "End": true
              }
            }
          }
        ],
        "Output": "{% $states.result[0] %}",
        "End": true
      }
    }
    "#);
}

#[test]
fn branches_and_iterations_are_selected_from() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Expr<Note> {
        let both = s
            .parallel("Both")
            .branch(|s| s.task(ship(order.id).named("Send")))
            .branch(|s| s.task(charge(order.id, order.total)))
            .join_selecting(|(parcel, line)| data!(Note { text: parcel, tag: line.sku }));
        let skus = s
            .map("Ship", order.lines)
            .each_selecting(|s, line| s.task(ship(line.sku).named("ShipLine")), |parcels| parcels.join(", "));
        data!(Note { text: skus, tag: both.tag })
    }
    assert_snapshot!(field(&w(), "Both", "Assign"), @r#"{"both":{"text":"{% $states.result[0] %}","tag":"{% $states.result[1].sku %}"}}"#);
    assert_snapshot!(field(&w(), "Ship", "Output"), @r#""{% {'text': ($join($states.result, ', ')), 'tag': $both.tag != null ? $both.tag} %}""#);
}

#[test]
fn what_nobody_reads_is_not_selected() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.task(charge(order.id, order.total).select_result(|line| line.sku));
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
        "End": true
      }
    }
    "#);
}

/// A chance value must be the same wherever it is read.
#[test]
fn what_is_selected_by_chance_is_selected_once() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Expr<Note> {
        let id = s.task(ship(order.id).select_result(|parcel| fmt!("{parcel}-{}", uuid())));
        data!(Note { text: id, tag: id })
    }
    assert_snapshot!(states(&w()), @r#"
    start: Ship
    {
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $states.input.id %}"
        },
        "Assign": {
          "ship": "{% $states.result & '-' & $uuid() %}"
        },
        "Next": "ShipEnd"
      },
      "ShipEnd": {
        "Type": "Succeed",
        "Output": {
          "text": "{% $ship %}",
          "tag": "{% $ship %}"
        }
      }
    }
    "#);
}

#[test]
fn a_prototype_gives_a_sample_to_select_from() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let sample = Line { sku: "s-1".to_owned(), qty: 2 };
        s.task(charge(order.id, order.total).prototype(sample).select_result(|line| line.sku))
    }
    assert_snapshot!(states(&w()), @r#"
    start: ChargeSample
    {
      "ChargeSample": {
        "Type": "Pass",
        "Assign": {
          "chargeSample": {
            "sku": "s-1",
            "qty": 2
          }
        },
        "Next": "Charge"
      },
      "Charge": {
        "Type": "Pass",
        "Output": "{% $chargeSample.sku %}",
        "End": true
      }
    }
    "#);
}

#[test]
fn the_parts_of_a_state_have_comments() {
    const POLICY: RetryPolicy =
        RetryPolicy::new(&[Retrier::on(&[States::TIMEOUT]).max_attempts(1).comment("a cold start")]);
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.task(poll().retry(POLICY).catch(States::ALL, |_, _| ()).catch_comment("the next run polls again"));
        s.parallel("Both")
            .branch(|s| s.wait("Cool", 90.seconds()))
            .branch_comment("the sensor needs a minute")
            .branch(|s| s.wait("Rest", 1.seconds()))
            .join();
        s.choice("Paid").when(order.paid, |_| ()).rule_comment("the money is there").otherwise(|_| ());
        s.map("All", order.lines).processor_comment("one parcel each").each(|s, line| {
            s.task(ship(line.sku));
        });
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
        "Retry": [
          {
            "Comment": "a cold start",
            "ErrorEquals": [
              "States.Timeout"
            ],
            "MaxAttempts": 1
          }
        ],
        "Catch": [
          {
            "Comment": "the next run polls again",
            "ErrorEquals": [
              "States.ALL"
            ],
            "Assign": {
              "order": "{% $states.input %}"
            },
            "Next": "Both"
          }
        ],
        "Next": "Both"
      },
      "Both": {
        "Type": "Parallel",
        "Branches": [
          {
            "Comment": "the sensor needs a minute",
            "StartAt": "Cool",
            "States": {
              "Cool": {
                "Type": "Wait",
                "Seconds": 90,
                "End": true
              }
            }
          },
          {
            "StartAt": "Rest",
            "States": {
              "Rest": {
                "Type": "Wait",
                "Seconds": 1,
                "End": true
              }
            }
          }
        ],
        "Next": "Paid"
      },
      "Paid": {
        "Type": "Choice",
        "Choices": [
          {
            "Comment": "the money is there",
            "Condition": "{% $order.paid %}",
            "Next": "All"
          }
        ],
        "Default": "All"
      },
      "All": {
        "Type": "Map",
        "Items": "{% $order.lines %}",
        "ItemProcessor": {
          "ProcessorConfig": {
            "Mode": "INLINE"
          },
          "Comment": "one parcel each",
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
        "End": true
      }
    }
    "#);
}
