//! Workflows that start others: `states:startExecution` and `startSyncExecution`, typed by the workflow that is called.

use insta::assert_snapshot;

use super::integrations::{Approval, Ask};
use crate::lower::*;

#[workflow]
fn child(s: &mut Scope, ask: Ref<Ask>) -> Ref<Approval> {
    s.pass("Decide", data!(Approval { approved: expr!(ask.order == "o-1") }))
}

#[workflow]
fn sweep(s: &mut Scope) {
    s.wait("Rest", 1.seconds());
}

fn parent(s: &mut Scope, order: Ref<Order>) -> Ref<bool> {
    let token = "none";
    s.task(sweep().start("${Sweep}", ()));
    s.task(child().start("${Child}", data!(Ask { token, order: order.id })).with("Name", order.id));
    s.task(
        wait_for_task_token::<Approval>(|token| {
            child().start("${Child}", data!(Ask { token, order: order.id }))
        })
        .named("Wait"),
    );
    s.task(child().start_sync("${Child}", data!(Ask { token, order: order.id }))).approved
}

#[test]
fn nested_workflows_in_jsonata() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<bool> {
        parent(s, order)
    }
    assert_snapshot!(states(&w()), @r#"
    start: StartSweep
    {
      "StartSweep": {
        "Type": "Task",
        "Resource": "arn:aws:states:::states:startExecution",
        "Arguments": {
          "StateMachineArn": "${Sweep}",
          "Input": {
            "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID": "{% $states.context.Execution.Id %}"
          }
        },
        "Assign": {
          "order": "{% $states.input %}"
        },
        "Next": "StartChild"
      },
      "StartChild": {
        "Type": "Task",
        "Resource": "arn:aws:states:::states:startExecution",
        "Arguments": {
          "StateMachineArn": "${Child}",
          "Input": {
            "token": "none",
            "order": "{% $order.id %}",
            "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID": "{% $states.context.Execution.Id %}"
          },
          "Name": "{% $order.id %}"
        },
        "Next": "Wait"
      },
      "Wait": {
        "Type": "Task",
        "Resource": "arn:aws:states:::states:startExecution.waitForTaskToken",
        "Arguments": {
          "StateMachineArn": "${Child}",
          "Input": {
            "token": "{% $states.context.Task.Token %}",
            "order": "{% $order.id %}",
            "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID": "{% $states.context.Execution.Id %}"
          }
        },
        "Next": "RunChild"
      },
      "RunChild": {
        "Type": "Task",
        "Resource": "arn:aws:states:::states:startExecution.sync:2",
        "Arguments": {
          "StateMachineArn": "${Child}",
          "Input": {
            "token": "none",
            "order": "{% $order.id %}",
            "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID": "{% $states.context.Execution.Id %}"
          }
        },
        "Output": "{% $states.result.Output.approved %}",
        "End": true
      }
    }
    "#);
}

#[test]
fn nested_workflows_in_jsonpath() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<bool> {
        parent(s, order)
    }
    assert_snapshot!(states(&w()), @r#"
    start: StartSweep
    {
      "StartSweep": {
        "Type": "Task",
        "Resource": "arn:aws:states:::states:startExecution",
        "Parameters": {
          "StateMachineArn": "${Sweep}",
          "Input": {
            "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$": "$$.Execution.Id"
          }
        },
        "ResultPath": null,
        "Next": "StartChild"
      },
      "StartChild": {
        "Type": "Task",
        "Resource": "arn:aws:states:::states:startExecution",
        "Parameters": {
          "StateMachineArn": "${Child}",
          "Input": {
            "token": "none",
            "order.$": "$.id",
            "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$": "$$.Execution.Id"
          },
          "Name.$": "$.id"
        },
        "ResultPath": null,
        "Next": "Wait"
      },
      "Wait": {
        "Type": "Task",
        "Resource": "arn:aws:states:::states:startExecution.waitForTaskToken",
        "Parameters": {
          "StateMachineArn": "${Child}",
          "Input": {
            "token.$": "$$.Task.Token",
            "order.$": "$.id",
            "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$": "$$.Execution.Id"
          }
        },
        "ResultPath": null,
        "Next": "RunChild"
      },
      "RunChild": {
        "Type": "Task",
        "Resource": "arn:aws:states:::states:startExecution.sync:2",
        "Parameters": {
          "StateMachineArn": "${Child}",
          "Input": {
            "token": "none",
            "order.$": "$.id",
            "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$": "$$.Execution.Id"
          }
        },
        "ResultPath": "$.runChild",
        "OutputPath": "$.runChild.Output.approved",
        "End": true
      }
    }
    "#);
}

#[workflow(express)]
fn hasty(s: &mut Scope, ask: Ref<Ask>) -> Ref<Approval> {
    s.pass("Decide", data!(Approval { approved: expr!(ask.order == "o-1") }))
}

fn hurried_parent(s: &mut Scope, order: Ref<Order>) -> Ref<bool> {
    let ask = data!(Ask { token: "none", order: order.id });
    s.run_express(hasty().start_express("${Hasty}", ask).with("Name", order.id)).approved
}

#[test]
fn express_workflows_are_parts_of_others_in_jsonata() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<bool> {
        hurried_parent(s, order)
    }
    assert_snapshot!(states(&w()), @r#"
    start: RunHasty
    {
      "RunHasty": {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:sfn:startSyncExecution",
        "Arguments": {
          "StateMachineArn": "${Hasty}",
          "Input": {
            "token": "none",
            "order": "{% $states.input.id %}",
            "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID": "{% $states.context.Execution.Id %}"
          },
          "Name": "{% $states.input.id %}"
        },
        "Assign": {
          "runHasty": "{% $states.result %}"
        },
        "Next": "RunHastyOutcome"
      },
      "RunHastyOutcome": {
        "Type": "Choice",
        "Choices": [
          {
            "Condition": "{% $runHasty.Status = 'SUCCEEDED' %}",
            "Assign": {
              "runHastyOutcome": "{% $parse($runHasty.Output) %}"
            },
            "Next": "RunHastyOutcomeEnd"
          },
          {
            "Condition": "{% $exists($runHasty.Error) and $runHasty.Error != null %}",
            "Next": "RunHastyFailed"
          }
        ],
        "Default": "RunHastyFailedWithoutError"
      },
      "RunHastyFailed": {
        "Type": "Fail",
        "Error": "{% $runHasty.Error %}",
        "Cause": "{% $string($runHasty) %}"
      },
      "RunHastyFailedWithoutError": {
        "Type": "Fail",
        "Error": "{% $runHasty.Status %}",
        "Cause": "{% $string($runHasty) %}"
      },
      "RunHastyOutcomeEnd": {
        "Type": "Succeed",
        "Output": "{% $runHastyOutcome.approved %}"
      }
    }
    "#);
}

#[test]
fn express_workflows_are_parts_of_others_in_jsonpath() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<bool> {
        hurried_parent(s, order)
    }
    assert_snapshot!(states(&w()), @r#"
    start: RunHasty
    {
      "RunHasty": {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:sfn:startSyncExecution",
        "Parameters": {
          "StateMachineArn": "${Hasty}",
          "Input": {
            "token": "none",
            "order.$": "$.id",
            "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$": "$$.Execution.Id"
          },
          "Name.$": "$.id"
        },
        "ResultPath": "$.runHasty",
        "Next": "RunHastyOutcome"
      },
      "RunHastyOutcome": {
        "Type": "Choice",
        "Choices": [
          {
            "Variable": "$.runHasty.Status",
            "StringEquals": "SUCCEEDED",
            "Next": "RunHastyOutcomeCase1Result"
          },
          {
            "And": [
              {
                "Variable": "$.runHasty.Error",
                "IsPresent": true
              },
              {
                "Variable": "$.runHasty.Error",
                "IsNull": false
              }
            ],
            "Next": "RunHastyFailed"
          }
        ],
        "Default": "RunHastyFailedWithoutError"
      },
      "RunHastyOutcomeCase1Result": {
        "Type": "Pass",
        "Parameters": {
          "value.$": "States.StringToJson($.runHasty.Output)"
        },
        "ResultPath": "$.runHastyOutcome",
        "OutputPath": "$.runHastyOutcome.value.approved",
        "End": true
      },
      "RunHastyFailed": {
        "Type": "Fail",
        "ErrorPath": "$.runHasty.Error",
        "CausePath": "States.JsonToString($.runHasty)"
      },
      "RunHastyFailedWithoutError": {
        "Type": "Fail",
        "ErrorPath": "$.runHasty.Status",
        "CausePath": "States.JsonToString($.runHasty)"
      }
    }
    "#);
}

#[test]
fn an_express_workflow_has_no_sync() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<bool> {
        let ask = data!(Ask { token: "none", order: order.id });
        s.task(hasty().start_sync("${Hasty}", ask)).approved
    }
    assert_snapshot!(states(&w()), @"
    error[SW0142]: `.sync` cannot wait for `Hasty`, which is an Express workflow
    --> codegen/tests/it/lower/nested_workflows.rs:315:24
     = help: run it with `s.run_express(workflow().start_express(arn, input))`, or do not wait: `.start(arn, input)`

    error: 1 problem
    ");
}
