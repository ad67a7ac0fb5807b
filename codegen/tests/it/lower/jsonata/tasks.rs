//! What a task is given, and how long it may take.

use insta::assert_snapshot;

use crate::lower::*;

#[test]
fn seconds_and_times_are_constants_or_data() {
    #[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
    struct Times {
        pause: u32,
        at: String,
        role: String,
    }
    #[workflow(timeout = "1h")]
    fn w(s: &mut Scope, times: Ref<Times>) {
        s.wait("Constant", 90.seconds());
        s.wait("Data", times.pause);
        s.wait("Computed", times.pause + 1);
        s.wait_until("At", "2027-01-31T12:00:00Z");
        s.wait_until("AtData", times.at);
        s.task(
            pack(Line { sku: "x".to_owned(), qty: 1 })
                .timeout(times.pause)
                .credentials(times.role)
                .comment("slow"),
        );
    }
    assert_snapshot!(states(&w()), @r#"
    start: Constant
    {
      "Constant": {
        "Type": "Wait",
        "Seconds": 90,
        "Assign": {
          "times": "{% $states.input %}"
        },
        "Next": "Data"
      },
      "Data": {
        "Type": "Wait",
        "Seconds": "{% $times.pause %}",
        "Next": "Computed"
      },
      "Computed": {
        "Type": "Wait",
        "Seconds": "{% $times.pause + 1 %}",
        "Next": "At"
      },
      "At": {
        "Type": "Wait",
        "Timestamp": "2027-01-31T12:00:00Z",
        "Next": "AtData"
      },
      "AtData": {
        "Type": "Wait",
        "Timestamp": "{% $times.at %}",
        "Next": "Pack"
      },
      "Pack": {
        "Type": "Task",
        "Comment": "slow",
        "Resource": "${Pack}",
        "Arguments": {
          "sku": "x",
          "qty": 1
        },
        "Credentials": {
          "RoleArn": "{% $times.role %}"
        },
        "TimeoutSeconds": "{% $times.pause %}",
        "HeartbeatSeconds": 30,
        "End": true
      }
    }
    "#);
}

#[test]
fn lambda_invoke_takes_and_gives_a_payload() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<Line> {
        let line = s.task(reserve(order.id));
        s.task(reserve(line.sku).named("ReserveAgain"))
    }
    assert_snapshot!(states(&w()), @r#"
    start: Reserve
    {
      "Reserve": {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Arguments": {
          "FunctionName": "reserve",
          "Payload": {
            "sku": "{% $states.input.id %}"
          }
        },
        "Assign": {
          "reserve": "{% $states.result.Payload %}"
        },
        "Next": "ReserveAgain"
      },
      "ReserveAgain": {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Arguments": {
          "FunctionName": "reserve",
          "Payload": {
            "sku": "{% $reserve.sku %}"
          }
        },
        "Output": "{% $states.result.Payload %}",
        "End": true
      }
    }
    "#);
}

#[test]
fn conventions_fill_what_a_state_leaves_open() {
    const FAST: RetryPolicy =
        RetryPolicy::new(&[Retrier::on(&[States::ALL]).full_jitter().max_delay_seconds(9)]);
    #[workflow(conventions = Conventions::new().retry_lambdas(FAST).save_tasks("{state}Result"))]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.task(ship(order.id));
        s.task(ship(order.id).named("Other").retry(RetryPolicy::NONE).save_as("other"));
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
          "order": "{% $states.input %}",
          "ShipResult": "{% $states.result %}"
        },
        "Retry": [
          {
            "ErrorEquals": [
              "States.ALL"
            ],
            "MaxDelaySeconds": 9,
            "JitterStrategy": "FULL"
          }
        ],
        "Next": "Other"
      },
      "Other": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $order.id %}"
        },
        "Assign": {
          "other": "{% $states.result %}"
        },
        "End": true
      }
    }
    "#);
}
