//! Distributed Maps: what a child execution reads is handed in with its input.

use insta::assert_snapshot;

use crate::lower::*;

#[test]
fn items_come_in_batches_and_results_go_to_files() {
    #[workflow]
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
          "Arguments": {
            "Bucket": "stock",
            "Key": "{% $states.input.id %}"
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
        "ToleratedFailurePercentage": "{% $states.input.total %}",
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
              "Items": "{% $states.input.Items %}",
              "ItemProcessor": {
                "ProcessorConfig": {
                  "Mode": "INLINE"
                },
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
        },
        "ResultWriter": {
          "Resource": "arn:aws:states:::s3:putObject",
          "Arguments": {
            "Bucket": "stock",
            "Prefix": "{% $states.input.id %}"
          },
          "WriterConfig": {
            "Transformation": "COMPACT",
            "OutputType": "JSONL"
          }
        },
        "Output": "{% $states.result.ResultWriterDetails.Key %}",
        "End": true
      }
    }
    "#);
}

#[test]
fn a_child_is_handed_what_it_reads() {
    #[workflow]
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
        "Arguments": {
          "id": "{% $states.input.id %}",
          "amount": "{% $states.input.total %}"
        },
        "Assign": {
          "order": "{% $states.input %}",
          "charge": "{% $states.result %}"
        },
        "Next": "All"
      },
      "All": {
        "Type": "Map",
        "Items": "{% $order.lines %}",
        "ItemSelector": {
          "item": "{% $states.context.Map.Item.Value %}",
          "order": "{% {'coupon': $order.coupon, 'id': $order.id} %}",
          "charge": "{% $charge %}"
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
              "Arguments": "{% $states.input.charge %}",
              "TimeoutSeconds": 120,
              "HeartbeatSeconds": 30,
              "Assign": {
                "item": "{% $states.input.item %}",
                "order2": "{% $states.input.order %}"
              },
              "Next": "HasCoupon"
            },
            "HasCoupon": {
              "Type": "Choice",
              "Choices": [
                {
                  "Condition": "{% $exists($order2.coupon) and $order2.coupon != null %}",
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
              "Arguments": {
                "sku": "{% $item.sku & $order2.id %}"
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
    #[workflow]
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
        "Items": "{% $states.input.lines %}",
        "ItemSelector": {
          "sku": "{% $states.context.Map.Item.Value.sku %}",
          "number": "{% $states.context.Map.Item.Index %}"
        },
        "ItemBatcher": {
          "BatchInput": {
            "text": "all",
            "order": "{% {'id': $states.input.id} %}"
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
              "Arguments": {
                "sku": "{% $states.input.BatchInput.text %}"
              },
              "Assign": {
                "order": "{% $states.input.BatchInput.order %}"
              },
              "Next": "ShipOrder"
            },
            "ShipOrder": {
              "Type": "Task",
              "Resource": "${Ship}",
              "Arguments": {
                "sku": "{% $order.id %}"
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
    #[workflow]
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
    {"Resource":"arn:aws:states:::s3:getObject","Arguments":{"Bucket":"b","Key":"k","ExpectedBucketOwner":"1"},"ReaderConfig":{"InputType":"CSV","CSVHeaderLocation":"FIRST_ROW","CSVDelimiter":"TAB"}}
    {"Resource":"arn:aws:states:::s3:getObject","Arguments":{"Bucket":"b","Key":"{% $sources.key %}"},"ReaderConfig":{"InputType":"JSON","ItemsPointer":"/of/today","MaxItems":"{% $sources.limit %}"}}
    {"Resource":"arn:aws:states:::s3:getObject","Arguments":{"Bucket":"{% $sources.bucket %}","Key":"k"},"ReaderConfig":{"InputType":"JSONL"}}
    {"Resource":"arn:aws:states:::s3:getObject","Arguments":{"Bucket":"b","Key":"k"},"ReaderConfig":{"InputType":"PARQUET"}}
    {"Resource":"arn:aws:states:::s3:listObjectsV2","Arguments":{"Bucket":"b","Prefix":"{% $sources.key %}"}}
    {"Resource":"arn:aws:states:::s3:listObjectsV2","Arguments":{"Bucket":"b","Prefix":"p/"},"ReaderConfig":{"InputType":"JSONL","Transformation":"LOAD_AND_FLATTEN"}}
    {"Resource":"arn:aws:states:::s3:getObject","Arguments":{"Bucket":"b","Key":"k"},"ReaderConfig":{"ManifestType":"S3_INVENTORY"}}
    {"Resource":"arn:aws:states:::s3:getObject","Arguments":{"Bucket":"b","Key":"k"},"ReaderConfig":{"InputType":"PARQUET","ManifestType":"ATHENA_DATA"}}
    "#);
    assert_snapshot!(field(&w(), "Members", "ItemSelector"), @r#"{"Key":"{% $states.context.Map.Item.Key %}","Value":"{% $states.context.Map.Item.Value %}"}"#);
}
