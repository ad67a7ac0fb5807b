//! Distributed Maps: documents of child executions.

use insta::assert_snapshot;

use crate::lower::*;

#[test]
fn items_come_in_batches_and_results_go_to_files() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let written = s
            .map("All", items::csv::<Line>("stock", order.id).headers(["sku", "qty"]).limit(1000))
            .express()
            .label("all")
            .max_concurrency(50)
            .tolerate_failures(5)
            .tolerate_failure_percentage(order.total)
            .batches_of(100)
            .and_up_to_bytes(200_000)
            .write_results("stock", order.id)
            .transformation(items::Transformation::Compact)
            .output(items::OutputType::JsonLines)
            .each(|s, batch| s.map("Each", batch.items).each(|s, line| s.task(ship(line.sku))));
        written.result_writer_details.key
    }
    assert_snapshot!(states(&w()), @r#"
    start: All
    {
      "All": {
        "Type": "Map",
        "Label": "all",
        "ItemReader": {
          "Resource": "arn:aws:states:::s3:getObject",
          "Parameters": {
            "Bucket": "stock",
            "Key.$": "$.id"
          },
          "ReaderConfig": {
            "InputType": "CSV",
            "CSVHeaderLocation": "GIVEN",
            "CSVHeaders": [
              "sku",
              "qty"
            ],
            "MaxItems": 1000
          }
        },
        "ItemBatcher": {
          "MaxItemsPerBatch": 100,
          "MaxInputBytesPerBatch": 200000
        },
        "MaxConcurrency": 50,
        "ToleratedFailurePercentagePath": "$.total",
        "ToleratedFailureCount": 5,
        "ItemProcessor": {
          "ProcessorConfig": {
            "Mode": "DISTRIBUTED",
            "ExecutionType": "EXPRESS"
          },
          "StartAt": "Each",
          "States": {
            "Each": {
              "Type": "Map",
              "ItemsPath": "$.Items",
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
                      "sku.$": "$.sku"
                    },
                    "End": true
                  }
                }
              },
              "End": true
            }
          }
        },
        "ResultWriter": {
          "Resource": "arn:aws:states:::s3:putObject",
          "Parameters": {
            "Bucket": "stock",
            "Prefix.$": "$.id"
          },
          "WriterConfig": {
            "Transformation": "COMPACT",
            "OutputType": "JSONL"
          }
        },
        "ResultPath": "$.all",
        "OutputPath": "$.all.ResultWriterDetails.Key",
        "End": true
      }
    }
    "#);
}

#[test]
fn a_child_is_handed_what_it_reads() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<Vec<String>> {
        let line = s.task(charge(order.id, order.total));
        s.map("All", order.lines).distributed().each(|s, item| {
            s.task(pack(line));
            s.when("HasCoupon", order.coupon.is_some(), |s| s.wait("Pause", 1.seconds()));
            s.task(ship(fmt!("{}{}", item.sku, order.id)))
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
          "order.$": "$",
          "charge.$": "$.charge",
          "item.$": "$$.Map.Item.Value"
        },
        "ItemProcessor": {
          "ProcessorConfig": {
            "Mode": "DISTRIBUTED",
            "ExecutionType": "STANDARD"
          },
          "StartAt": "Pack",
          "States": {
            "Pack": {
              "Type": "Task",
              "Resource": "${Pack}",
              "InputPath": "$.charge",
              "TimeoutSeconds": 120,
              "HeartbeatSeconds": 30,
              "ResultPath": null,
              "Next": "HasCoupon"
            },
            "HasCoupon": {
              "Type": "Choice",
              "Choices": [
                {
                  "And": [
                    {
                      "Variable": "$.order.coupon",
                      "IsPresent": true
                    },
                    {
                      "Variable": "$.order.coupon",
                      "IsNull": false
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
                "sku.$": "States.Format('{}{}', $.item.sku, $.order.id)"
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
fn a_batch_is_handed_what_it_reads() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<Vec<String>> {
        s.map("All", order.lines)
            .select_with(|line, context| data!(Numbered { sku: line.sku, number: context.item.index }))
            .distributed()
            .batches_of(2)
            .batch_input(data!(Note { text: "all", tag: None }))
            .each(|s, batch| {
                s.task(ship(batch.batch_input.text));
                s.task(ship(order.id).named("ShipOrder"))
            })
    }
    assert_snapshot!(states(&w()), @r#"
    start: All
    {
      "All": {
        "Type": "Map",
        "ItemsPath": "$.lines",
        "ItemSelector": {
          "sku.$": "$$.Map.Item.Value.sku",
          "number.$": "$$.Map.Item.Index"
        },
        "ItemBatcher": {
          "BatchInput": {
            "text": "all",
            "id.$": "$.id"
          },
          "MaxItemsPerBatch": 2
        },
        "ItemProcessor": {
          "ProcessorConfig": {
            "Mode": "DISTRIBUTED",
            "ExecutionType": "STANDARD"
          },
          "StartAt": "Ship",
          "States": {
            "Ship": {
              "Type": "Task",
              "Resource": "${Ship}",
              "Parameters": {
                "sku.$": "$.BatchInput.text"
              },
              "ResultPath": null,
              "Next": "ShipOrder"
            },
            "ShipOrder": {
              "Type": "Task",
              "Resource": "${Ship}",
              "Parameters": {
                "sku.$": "$.BatchInput.id"
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
fn readers_say_what_they_read() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, sources: Ref<Sources>) {
        let end = |s: &mut Scope, name: &'static str| s.wait(name, 1.seconds());
        let file = items::csv::<Line>("b", "k").delimiter(items::Delimiter::Tab).expected_bucket_owner("1");
        s.map("Csv", file).each(|s, _| end(s, "A"));
        let json = items::json::<Line>("b", sources.key).pointer("/of/today").limit(sources.limit);
        s.map("Json", json).each(|s, _| end(s, "B"));
        s.map("Jsonl", items::jsonl::<Line>(sources.bucket, "k")).each(|s, _| end(s, "C"));
        s.map("Parquet", items::parquet::<Line>("b", "k")).each(|s, _| end(s, "D"));
        s.map("Objects", items::objects("b", sources.key)).each(|s, _| end(s, "E"));
        let loaded = items::objects("b", "p/").load_and_flatten::<Line, _>(items::Jsonl);
        s.map("Loaded", loaded).each(|s, _| end(s, "F"));
        s.map("Inventory", items::inventory::<Line>("b", "k")).each(|s, _| end(s, "G"));
        s.map("Athena", items::athena::<Line, _>(items::Parquet, "b", "k")).each(|s, _| end(s, "H"));
        s.map("Members", items::members(sources.shops)).each(|s, _| end(s, "I"));
    }
    let fields = ["Csv", "Json", "Jsonl", "Parquet", "Objects", "Loaded", "Inventory", "Athena"]
        .map(|state| field(&w(), state, "ItemReader").to_string());
    assert_snapshot!(fields.join("\n"), @r#"
    {"Resource":"arn:aws:states:::s3:getObject","Parameters":{"Bucket":"b","Key":"k","ExpectedBucketOwner":"1"},"ReaderConfig":{"InputType":"CSV","CSVHeaderLocation":"FIRST_ROW","CSVDelimiter":"TAB"}}
    {"Resource":"arn:aws:states:::s3:getObject","Parameters":{"Bucket":"b","Key.$":"$.key"},"ReaderConfig":{"InputType":"JSON","ItemsPointer":"/of/today","MaxItemsPath":"$.limit"}}
    {"Resource":"arn:aws:states:::s3:getObject","Parameters":{"Bucket.$":"$.bucket","Key":"k"},"ReaderConfig":{"InputType":"JSONL"}}
    {"Resource":"arn:aws:states:::s3:getObject","Parameters":{"Bucket":"b","Key":"k"},"ReaderConfig":{"InputType":"PARQUET"}}
    {"Resource":"arn:aws:states:::s3:listObjectsV2","Parameters":{"Bucket":"b","Prefix.$":"$.key"}}
    {"Resource":"arn:aws:states:::s3:listObjectsV2","Parameters":{"Bucket":"b","Prefix":"p/"},"ReaderConfig":{"InputType":"JSONL","Transformation":"LOAD_AND_FLATTEN"}}
    {"Resource":"arn:aws:states:::s3:getObject","Parameters":{"Bucket":"b","Key":"k"},"ReaderConfig":{"ManifestType":"S3_INVENTORY"}}
    {"Resource":"arn:aws:states:::s3:getObject","Parameters":{"Bucket":"b","Key":"k"},"ReaderConfig":{"InputType":"PARQUET","ManifestType":"ATHENA_DATA"}}
    "#);
    assert_snapshot!(field(&w(), "Members", "ItemSelector"), @r#"{"Key.$":"$$.Map.Item.Key","Value.$":"$$.Map.Item.Value"}"#);
}
