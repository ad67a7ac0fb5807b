//! Calls of services: what they are given, what they wait for, and where their result is.

use insta::assert_snapshot;
use stepwright_codegen::compile;

use crate::lower::*;

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
pub(super) struct Ask {
    pub(super) token: String,
    pub(super) order: String,
}

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
pub(super) struct Approval {
    pub(super) approved: bool,
}

fn build(s: &mut Scope) -> Ref<String> {
    let built = s.task(
        codebuild::start_build("${Project}").with("BuildspecOverride", "fast.yml").sync().named("Build it"),
    );
    let reports = s.task(codebuild::batch_get_reports(built.build.report_arns));
    reports.reports.get(0).assume_some("a build has a report").status
}

#[test]
fn a_job_is_waited_for_in_jsonata() {
    #[workflow]
    fn w(s: &mut Scope) -> Ref<String> {
        build(s)
    }
    assert_snapshot!(states(&w()), @r#"
    start: Build it
    {
      "Build it": {
        "Type": "Task",
        "Resource": "arn:aws:states:::codebuild:startBuild.sync",
        "Arguments": {
          "ProjectName": "${Project}",
          "BuildspecOverride": "fast.yml"
        },
        "Assign": {
          "buildIt": "{% $states.result %}"
        },
        "Next": "CodebuildBatchGetReports"
      },
      "CodebuildBatchGetReports": {
        "Type": "Task",
        "Resource": "arn:aws:states:::codebuild:batchGetReports",
        "Arguments": {
          "ReportArns": "{% $buildIt.Build.ReportArns %}"
        },
        "Output": "{% $states.result.Reports[0].Status %}",
        "End": true
      }
    }
    "#);
}

#[test]
fn a_job_is_waited_for_in_jsonpath() {
    #[workflow(query_language = "JSONPath", conventions = Conventions::new().partition("${AWS::Partition}"))]
    fn w(s: &mut Scope) -> Ref<String> {
        build(s)
    }
    assert_snapshot!(states(&w()), @r#"
    start: Build it
    {
      "Build it": {
        "Type": "Task",
        "Resource": "arn:${AWS::Partition}:states:::codebuild:startBuild.sync",
        "Parameters": {
          "ProjectName": "${Project}",
          "BuildspecOverride": "fast.yml"
        },
        "ResultPath": "$.buildIt",
        "Next": "CodebuildBatchGetReports"
      },
      "CodebuildBatchGetReports": {
        "Type": "Task",
        "Resource": "arn:${AWS::Partition}:states:::codebuild:batchGetReports",
        "Parameters": {
          "ReportArns.$": "$.buildIt.Build.ReportArns"
        },
        "ResultPath": "$.codebuildBatchGetReports",
        "OutputPath": "$.codebuildBatchGetReports.Reports[0].Status",
        "End": true
      }
    }
    "#);
    let compiled = compile(&w()).expect("it compiles");
    assert_eq!(compiled.substitutions, ["AWS::Partition", "Project"]);
}

fn approve(s: &mut Scope, order: Ref<Order>) -> Ref<bool> {
    let ask = wait_for_task_token::<Approval>(|token| {
        lambda::invoke("${Notifier.Arn}", data!(Ask { token, order: order.id }))
    });
    s.task(ask.timeout(4.hours()).catch(Declined, |s, _| s.fail("Declined", "nobody is there"))).approved
}

#[test]
fn a_callback_is_waited_for_in_jsonata() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<bool> {
        approve(s, order)
    }
    assert_snapshot!(states(&w()), @r#"
    start: LambdaInvoke
    {
      "LambdaInvoke": {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "Arguments": {
          "FunctionName": "${Notifier.Arn}",
          "Payload": {
            "token": "{% $states.context.Task.Token %}",
            "order": "{% $states.input.id %}"
          }
        },
        "TimeoutSeconds": 14400,
        "Output": "{% $states.result.approved %}",
        "Catch": [
          {
            "ErrorEquals": [
              "Declined"
            ],
            "Next": "Declined"
          }
        ],
        "End": true
      },
      "Declined": {
        "Type": "Fail",
        "Error": "Declined",
        "Cause": "nobody is there"
      }
    }
    "#);
}

#[test]
fn a_callback_is_waited_for_in_jsonpath() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<bool> {
        approve(s, order)
    }
    assert_snapshot!(states(&w()), @r#"
    start: LambdaInvoke
    {
      "LambdaInvoke": {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "Parameters": {
          "FunctionName": "${Notifier.Arn}",
          "Payload": {
            "token.$": "$$.Task.Token",
            "order.$": "$.id"
          }
        },
        "TimeoutSeconds": 14400,
        "ResultPath": "$.lambdaInvoke",
        "OutputPath": "$.lambdaInvoke.approved",
        "Catch": [
          {
            "ErrorEquals": [
              "Declined"
            ],
            "Next": "Declined"
          }
        ],
        "End": true
      },
      "Declined": {
        "Type": "Fail",
        "Error": "Declined",
        "Cause": "nobody is there"
      }
    }
    "#);
}

fn services(s: &mut Scope, order: Ref<Order>) {
    s.task(lambda::invoke("${F}", data!({ "order": order.id })));
    s.task(lambda::invoke_async("${F}", data!({ "order": order.id })).named("Start").partition("aws-cn"));
    s.task(dynamodb::put_item("${Table}", data!({ "id": { "S": order.id } })));
    s.task(events::put_events(data!([{ "Source": "shop", "Detail": { "id": order.id } }])));
    s.task(http::invoke(
        fmt!("https://example.com/orders/{}", order.id),
        http::Method::Post,
        http::connection("${Connection}"),
    ));
    s.task(aws_sdk::<()>("s3", "deleteObject", data!({ "Bucket": "b" })).with("Key", order.id));
    s.task(wait_for_task_token::<Approval>(|token| {
        aws_sdk::<()>("sqs", "sendMessage", ()).with("QueueUrl", "${Queue}").with("MessageBody", token)
    }));
}

#[test]
fn services_in_jsonata() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) {
        services(s, order);
    }
    assert_snapshot!(states(&w()), @r#"
    start: LambdaInvoke
    {
      "LambdaInvoke": {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Arguments": {
          "FunctionName": "${F}",
          "Payload": {
            "order": "{% $states.input.id %}"
          }
        },
        "Assign": {
          "order": "{% $states.input %}"
        },
        "Next": "Start"
      },
      "Start": {
        "Type": "Task",
        "Resource": "arn:aws-cn:states:::lambda:invoke",
        "Arguments": {
          "FunctionName": "${F}",
          "Payload": {
            "order": "{% $order.id %}"
          },
          "InvocationType": "Event"
        },
        "Next": "DynamodbPutItem"
      },
      "DynamodbPutItem": {
        "Type": "Task",
        "Resource": "arn:aws:states:::dynamodb:putItem",
        "Arguments": {
          "TableName": "${Table}",
          "Item": {
            "id": {
              "S": "{% $order.id %}"
            }
          }
        },
        "Next": "EventsPutEvents"
      },
      "EventsPutEvents": {
        "Type": "Task",
        "Resource": "arn:aws:states:::events:putEvents",
        "Arguments": {
          "Entries": [
            {
              "Source": "shop",
              "Detail": {
                "id": "{% $order.id %}"
              }
            }
          ]
        },
        "Next": "HttpInvoke"
      },
      "HttpInvoke": {
        "Type": "Task",
        "Resource": "arn:aws:states:::http:invoke",
        "Arguments": {
          "ApiEndpoint": "{% 'https://example.com/orders/' & $order.id %}",
          "Method": "POST",
          "Authentication": {
            "ConnectionArn": "${Connection}"
          }
        },
        "Next": "S3DeleteObject"
      },
      "S3DeleteObject": {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:s3:deleteObject",
        "Arguments": {
          "Bucket": "b",
          "Key": "{% $order.id %}"
        },
        "Next": "SqsSendMessage"
      },
      "SqsSendMessage": {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:sqs:sendMessage.waitForTaskToken",
        "Arguments": {
          "QueueUrl": "${Queue}",
          "MessageBody": "{% $states.context.Task.Token %}"
        },
        "End": true
      }
    }
    "#);
}

#[test]
fn services_in_jsonpath() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) {
        services(s, order);
    }
    assert_snapshot!(states(&w()), @r#"
    start: LambdaInvoke
    {
      "LambdaInvoke": {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {
          "FunctionName": "${F}",
          "Payload": {
            "order.$": "$.id"
          }
        },
        "ResultPath": null,
        "Next": "Start"
      },
      "Start": {
        "Type": "Task",
        "Resource": "arn:aws-cn:states:::lambda:invoke",
        "Parameters": {
          "FunctionName": "${F}",
          "Payload": {
            "order.$": "$.id"
          },
          "InvocationType": "Event"
        },
        "ResultPath": null,
        "Next": "DynamodbPutItem"
      },
      "DynamodbPutItem": {
        "Type": "Task",
        "Resource": "arn:aws:states:::dynamodb:putItem",
        "Parameters": {
          "TableName": "${Table}",
          "Item": {
            "id": {
              "S.$": "$.id"
            }
          }
        },
        "ResultPath": null,
        "Next": "EventsPutEvents"
      },
      "EventsPutEvents": {
        "Type": "Task",
        "Resource": "arn:aws:states:::events:putEvents",
        "Parameters": {
          "Entries": [
            {
              "Source": "shop",
              "Detail": {
                "id.$": "$.id"
              }
            }
          ]
        },
        "ResultPath": null,
        "Next": "HttpInvoke"
      },
      "HttpInvoke": {
        "Type": "Task",
        "Resource": "arn:aws:states:::http:invoke",
        "Parameters": {
          "ApiEndpoint.$": "States.Format('https://example.com/orders/{}', $.id)",
          "Method": "POST",
          "Authentication": {
            "ConnectionArn": "${Connection}"
          }
        },
        "ResultPath": null,
        "Next": "S3DeleteObject"
      },
      "S3DeleteObject": {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:s3:deleteObject",
        "Parameters": {
          "Bucket": "b",
          "Key.$": "$.id"
        },
        "ResultPath": null,
        "Next": "SqsSendMessage"
      },
      "SqsSendMessage": {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:sqs:sendMessage.waitForTaskToken",
        "Parameters": {
          "QueueUrl": "${Queue}",
          "MessageBody.$": "$$.Task.Token"
        },
        "ResultPath": null,
        "End": true
      }
    }
    "#);
}

#[test]
fn placeholders_have_a_type() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<Line> {
        s.wait("Sla", placeholder::<u32>("SlaSeconds"));
        s.when("Strict?", cond!(placeholder::<bool>("Strict") && order.paid), |s| s.fail("Strict", "no"));
        s.task(charge(fmt!("{}-${{Stage}}", order.id), placeholder::<f64>("Amount")))
    }
    assert_snapshot!(states(&w()), @r#"
    start: Sla
    {
      "Sla": {
        "Type": "Wait",
        "Seconds": "{% $number('${SlaSeconds}') %}",
        "Assign": {
          "order": "{% $states.input %}"
        },
        "Next": "Strict?"
      },
      "Strict?": {
        "Type": "Choice",
        "Choices": [
          {
            "Condition": "{% '${Strict}' = 'true' and $order.paid %}",
            "Next": "Strict"
          }
        ],
        "Default": "Charge"
      },
      "Strict": {
        "Type": "Fail",
        "Error": "Strict",
        "Cause": "no"
      },
      "Charge": {
        "Type": "Task",
        "Resource": "${Charge}",
        "Arguments": {
          "id": "{% $order.id & '-${Stage}' %}",
          "amount": "{% $number('${Amount}') %}"
        },
        "End": true
      }
    }
    "#);
    #[workflow(query_language = "JSONPath")]
    fn path(s: &mut Scope, order: Ref<Order>) -> Ref<Line> {
        let sla = s.pass("Sla", placeholder::<u32>("SlaSeconds"));
        s.wait("Rest", sla);
        s.task(charge(order.id, placeholder::<f64>("Amount")))
    }
    assert_snapshot!(states(&path()), @r#"
    start: Sla
    {
      "Sla": {
        "Type": "Pass",
        "Parameters": {
          "value.$": "States.StringToJson('${SlaSeconds}')"
        },
        "ResultPath": "$.sla",
        "Next": "Rest"
      },
      "Rest": {
        "Type": "Wait",
        "SecondsPath": "$.sla.value",
        "Next": "Charge"
      },
      "Charge": {
        "Type": "Task",
        "Resource": "${Charge}",
        "Parameters": {
          "id.$": "$.id",
          "amount.$": "States.StringToJson('${Amount}')"
        },
        "End": true
      }
    }
    "#);
}

#[test]
fn what_is_wrong_with_parameters_is_reported() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.task(sns::publish("${Topic}", "paid").with("Message", "again"));
        s.task(aws_sdk::<()>("s3", "putObject", order).with("Bucket", "b"));
        s.task(aws_sdk::<()>("cloudwatch-logs", "PutLogEvents", ()));
        s.task(aws_sdk::<()>("s3", "PutObject", ()).named("Put"));
    }
    assert_snapshot!(states(&w()), @"
    error[SW0140]: the parameter `Message` is given twice
    --> codegen/tests/it/lower/integrations.rs:482:49
     = help: keep one of the two: some parameters are arguments of the operation's function

    error[SW0141]: the parameter `Bucket` is added to parameters that are no object written in place
    --> codegen/tests/it/lower/integrations.rs:483:56
     = help: write them in place: `data!({ … })`, or make the parameter a part of the value

    warning[SW0240]: the AWS SDK has no service `cloudwatch-logs`
    --> codegen/tests/it/lower/integrations.rs:484:16
     = state: W / Cloudwatch-logsPutLogEvents
     = help: did you mean `cloudwatchlogs`?

    error[SW0240]: `PutObject` is no action of the AWS SDK: those are in camel case
    --> codegen/tests/it/lower/integrations.rs:485:16
     = state: W / Put
     = help: write `putObject`

    error: 3 problems, 1 warning
    ");
    #[workflow]
    fn unheard(s: &mut Scope) -> Ref<bool> {
        s.task(wait_for_task_token::<Approval>(|_| sqs::send_message("${Queue}", "please approve"))).approved
    }
    assert_snapshot!(compile(&unheard()).expect("it is a warning").warnings, @"
    warning[SW0242]: `SqsSendMessage` waits for its task token, but does not hand it on
    --> codegen/tests/it/lower/integrations.rs:510:52
     = state: Unheard / SqsSendMessage
     = help: put the token into what the task is given, `{% $states.context.Task.Token %}`, or leave `.waitForTaskToken` out

    warning: 1 warning
    ");
}
