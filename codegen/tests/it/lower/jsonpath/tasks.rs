//! What a task is given, and how long it may take.

use insta::assert_snapshot;

use crate::lower::*;

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
