//! Decisions, loops, jumps and handlers of errors.

use insta::assert_snapshot;
use serde_json::json;

use crate::lower::*;

#[test]
fn branches_of_a_choice_assign_the_joined_value_where_they_end() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let sku = s
            .choice("Pick")
            .when(cond!(order.paid), |s| s.task(charge(order.id, order.total)).sku)
            .when(cond!(order.total > 3.0), |s| s.fail("Dear", "too much"))
            .otherwise(|_| expr!("none"));
        s.task(ship(sku))
    }
    assert_snapshot!(states(&w()), @r#"
    start: Pick
    {
      "Pick": {
        "Type": "Choice",
        "Choices": [
          {
            "Condition": "{% $states.input.paid %}",
            "Assign": {
              "order": "{% $states.input %}"
            },
            "Next": "Charge"
          },
          {
            "Condition": "{% $states.input.total > 3.0 %}",
            "Next": "Dear"
          }
        ],
        "Default": "Ship",
        "Assign": {
          "pick": "none"
        }
      },
      "Charge": {
        "Type": "Task",
        "Resource": "${Charge}",
        "Arguments": {
          "id": "{% $order.id %}",
          "amount": "{% $order.total %}"
        },
        "Assign": {
          "pick": "{% $states.result.sku %}"
        },
        "Next": "Ship"
      },
      "Dear": {
        "Type": "Fail",
        "Error": "Dear",
        "Cause": "too much"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $pick %}"
        },
        "End": true
      }
    }
    "#);
}

#[test]
fn a_choice_at_the_end_gives_the_value_of_the_scope() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        s.choice("Pick").when(cond!(order.paid), |s| s.task(ship(order.id))).otherwise(|_| expr!("none"))
    }
    assert_snapshot!(states(&w()), @r#"
    start: Pick
    {
      "Pick": {
        "Type": "Choice",
        "Choices": [
          {
            "Condition": "{% $states.input.paid %}",
            "Assign": {
              "order": "{% $states.input %}"
            },
            "Next": "Ship"
          }
        ],
        "Default": "PickEnd",
        "Assign": {
          "pick": "none"
        }
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $order.id %}"
        },
        "End": true
      },
      "PickEnd": {
        "Type": "Succeed",
        "Output": "{% $pick %}"
      }
    }
    "#);
}

#[test]
fn when_and_unless_go_around_their_body() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.when("IsPaid", order.paid, |s| s.wait("Pause", 5.seconds()));
        s.unless("IsDear", cond!(order.total > 9.5), |s| s.wait("Breathe", 1.minutes()));
        s.when_some("HasCoupon", order.coupon, |s, coupon| {
            s.task(ship(coupon));
        });
        s.wait("Last", 1.seconds());
    }
    assert_snapshot!(states(&w()), @r#"
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
            "Next": "Pause"
          }
        ],
        "Default": "IsDear",
        "Assign": {
          "order": "{% $states.input %}"
        }
      },
      "Pause": {
        "Type": "Wait",
        "Seconds": 5,
        "Next": "IsDear"
      },
      "IsDear": {
        "Type": "Choice",
        "Choices": [
          {
            "Condition": "{% $order.total > 9.5 %}",
            "Next": "HasCoupon"
          }
        ],
        "Default": "Breathe"
      },
      "Breathe": {
        "Type": "Wait",
        "Seconds": 60,
        "Next": "HasCoupon"
      },
      "HasCoupon": {
        "Type": "Choice",
        "Choices": [
          {
            "Condition": "{% $exists($order.coupon) and $order.coupon != null %}",
            "Next": "Ship"
          }
        ],
        "Default": "Last"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $order.coupon %}"
        },
        "Next": "Last"
      },
      "Last": {
        "Type": "Wait",
        "Seconds": 1,
        "End": true
      }
    }
    "#);
}

#[test]
fn loops_end_in_a_choice() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        s.repeat(|s| s.task(poll())).until("Ready", |ready| ready);
        s.repeat(|s| s.task(poll().named("PollAgain"))).as_long_as("Busy", |busy| cond!(busy && order.paid));
        s.task(ship(order.id))
    }
    assert_snapshot!(states(&w()), @r#"
    start: BeforePoll
    {
      "BeforePoll": {
        "Type": "Pass",
        "Assign": {
          "order": "{% $states.input %}"
        },
        "Next": "Poll"
      },
      "Poll": {
        "Type": "Task",
        "Resource": "${Poll}",
        "Assign": {
          "poll": "{% $states.result %}"
        },
        "Next": "Ready"
      },
      "Ready": {
        "Type": "Choice",
        "Choices": [
          {
            "Condition": "{% $poll %}",
            "Next": "PollAgain"
          }
        ],
        "Default": "Poll"
      },
      "PollAgain": {
        "Type": "Task",
        "Resource": "${Poll}",
        "Assign": {
          "pollAgain": "{% $states.result %}"
        },
        "Next": "Busy"
      },
      "Busy": {
        "Type": "Choice",
        "Choices": [
          {
            "Condition": "{% $pollAgain and $order.paid %}",
            "Next": "PollAgain"
          }
        ],
        "Default": "Ship"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $order.id %}"
        },
        "End": true
      }
    }
    "#);
}

#[test]
fn a_label_at_the_end_of_a_scope_asks_for_no_state() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let done = s.forward_label();
        s.when("Paid", order.paid, |s| {
            s.task(poll());
            s.goto(done)
        });
        s.task(ship(order.id));
        s.place(done);
        order.id
    }
    assert_eq!(field(&w(), "Poll", "End"), json!(true));
    assert_eq!(field(&w(), "Ship", "End"), json!(true));
    assert_eq!(field(&w(), "Nothing", "Type"), json!(null));
}

#[test]
fn labels_and_jumps_fit_any_graph() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let done = s.forward_label();
        let again = s.label();
        let ready = s.task(poll());
        s.choice("Ready")
            .when(ready, |s| s.goto(done))
            .when(order.paid, |s| s.goto(again))
            .otherwise(|s| s.wait("Pause", 5.seconds()));
        s.place(done);
        s.task(ship(order.id))
    }
    assert_snapshot!(states(&w()), @r#"
    start: BeforePoll
    {
      "BeforePoll": {
        "Type": "Pass",
        "Assign": {
          "order": "{% $states.input %}"
        },
        "Next": "Poll"
      },
      "Poll": {
        "Type": "Task",
        "Resource": "${Poll}",
        "Assign": {
          "poll": "{% $states.result %}"
        },
        "Next": "Ready"
      },
      "Ready": {
        "Type": "Choice",
        "Choices": [
          {
            "Condition": "{% $poll %}",
            "Next": "Ship"
          },
          {
            "Condition": "{% $order.paid %}",
            "Next": "Poll"
          }
        ],
        "Default": "Pause"
      },
      "Pause": {
        "Type": "Wait",
        "Seconds": 5,
        "Next": "Ship"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $order.id %}"
        },
        "End": true
      }
    }
    "#);
}

#[test]
fn a_handler_gives_a_value_in_place_of_the_result() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let sku = s.task(
            ship(order.id)
                .catch(Broken, |s, error| s.task(ship(error.error).named("ShipBroken")))
                .catch([Declined, States::TIMEOUT], |_, _| expr!("none")),
        );
        s.task(ship(sku).named("ShipAgain"))
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
          "ship": "{% $states.result %}"
        },
        "Catch": [
          {
            "ErrorEquals": [
              "Broken"
            ],
            "Assign": {
              "shipError": "{% $states.errorOutput %}"
            },
            "Next": "ShipBroken"
          },
          {
            "ErrorEquals": [
              "Declined",
              "States.Timeout"
            ],
            "Assign": {
              "ship": "none"
            },
            "Next": "ShipAgain"
          }
        ],
        "Next": "ShipAgain"
      },
      "ShipBroken": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $shipError.Error %}"
        },
        "Assign": {
          "ship": "{% $states.result %}"
        },
        "Next": "ShipAgain"
      },
      "ShipAgain": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $ship %}"
        },
        "End": true
      }
    }
    "#);
}

#[test]
fn a_handler_at_the_end_lands_in_a_succeed() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.task(ship(order.id).catch(States::ALL, |_, _| ()));
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
        "Catch": [
          {
            "ErrorEquals": [
              "States.ALL"
            ],
            "Next": "ShipEnd"
          }
        ],
        "End": true
      },
      "ShipEnd": {
        "Type": "Succeed"
      }
    }
    "#);
}

#[test]
fn every_path_runs_through_the_end_of_the_scope() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let end = s.end_with(|s| s.task(ship(order.id)));
        s.when("IsPaid", order.paid, |s| s.wait("Pause", 5.seconds()));
        end
    }
    assert_snapshot!(states(&w()), @r#"
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
            "Next": "Pause"
          }
        ],
        "Default": "Ship",
        "Assign": {
          "order": "{% $states.input %}"
        }
      },
      "Pause": {
        "Type": "Wait",
        "Seconds": 5,
        "Next": "Ship"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $order.id %}"
        },
        "End": true
      }
    }
    "#);
}

#[test]
fn a_handler_inside_of_a_branch_can_give_an_outer_value() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let line = s.task(charge(order.id, order.total));
        s.parallel("Both").branch(|s| s.task(ship("x").catch(Broken, |_, _| line.sku))).join().0
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
                  "sku": "x"
                },
                "Catch": [
                  {
                    "ErrorEquals": [
                      "Broken"
                    ],
                    "Assign": {
                      "ship": "{% $charge.sku %}"
                    },
                    "Next": "ShipEnd"
                  }
                ],
                "End": true
              },
              "ShipEnd": {
                "Type": "Succeed",
                "Output": "{% $ship %}"
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
