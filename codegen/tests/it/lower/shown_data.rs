//! More fields that no other test shows as JSON: tests of types and times, and numbers that are read from the data.

use insta::assert_snapshot;
use jiff::Timestamp;

use super::*;

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
struct Times {
    due: Timestamp,
    done: Timestamp,
    name: String,
    what: Value,
}

#[test]
fn tests_of_times_patterns_and_types() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, times: Ref<Times>) {
        let (due, done) = (times.due, times.done);
        let start = Timestamp::UNIX_EPOCH;
        s.choice("Compare")
            .when(cond!(due == start || due < start || due > start || due <= start || due >= start), |_| ())
            .when(cond!(due == done || due < done || due > done || due <= done || due >= done), |_| ())
            .when(times.name.matches("log-*.txt"), |_| ())
            .when(cond!(times.what.is_string() || times.what.is_number()), |_| ())
            .when(cond!(times.what.is_boolean() || times.what.is_timestamp()), |_| ())
            .or_fail();
        s.wait("Pause", 1.seconds());
    }
    assert_snapshot!(states(&w()), @r#"
    start: Compare
    {
      "Compare": {
        "Type": "Choice",
        "Choices": [
          {
            "Or": [
              {
                "Variable": "$.due",
                "TimestampEquals": "1970-01-01T00:00:00Z"
              },
              {
                "Variable": "$.due",
                "TimestampLessThan": "1970-01-01T00:00:00Z"
              },
              {
                "Variable": "$.due",
                "TimestampGreaterThan": "1970-01-01T00:00:00Z"
              },
              {
                "Variable": "$.due",
                "TimestampLessThanEquals": "1970-01-01T00:00:00Z"
              },
              {
                "Variable": "$.due",
                "TimestampGreaterThanEquals": "1970-01-01T00:00:00Z"
              }
            ],
            "Next": "Pause"
          },
          {
            "Or": [
              {
                "Variable": "$.due",
                "TimestampEqualsPath": "$.done"
              },
              {
                "Variable": "$.due",
                "TimestampLessThanPath": "$.done"
              },
              {
                "Variable": "$.due",
                "TimestampGreaterThanPath": "$.done"
              },
              {
                "Variable": "$.due",
                "TimestampLessThanEqualsPath": "$.done"
              },
              {
                "Variable": "$.due",
                "TimestampGreaterThanEqualsPath": "$.done"
              }
            ],
            "Next": "Pause"
          },
          {
            "Variable": "$.name",
            "StringMatches": "log-*.txt",
            "Next": "Pause"
          },
          {
            "Or": [
              {
                "Variable": "$.what",
                "IsString": true
              },
              {
                "Variable": "$.what",
                "IsNumeric": true
              }
            ],
            "Next": "Pause"
          },
          {
            "Or": [
              {
                "Variable": "$.what",
                "IsBoolean": true
              },
              {
                "Variable": "$.what",
                "IsTimestamp": true
              }
            ],
            "Next": "Pause"
          }
        ]
      },
      "Pause": {
        "Type": "Wait",
        "Seconds": 1,
        "End": true
      }
    }
    "#);
}

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
struct Limits {
    at_once: u32,
    failures: u64,
    items: u64,
    bytes: u64,
    rows: u64,
    names: Vec<String>,
}

#[test]
fn limits_of_a_map_from_the_data() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, limits: Ref<Limits>) {
        s.map("Batched", limits.names)
            .distributed()
            .max_concurrency(limits.at_once)
            .tolerate_failures(limits.failures)
            .batches_of(limits.items)
            .and_up_to_bytes(limits.bytes)
            .each(|s, _| s.wait("A", 1.seconds()));
        let rows = items::csv::<Limits>("b", "k").delimiter(items::Delimiter::Tab).limit(limits.rows);
        s.map("Csv", rows).each(|s, _| s.wait("B", 1.seconds()));
        let report = items::json::<Limits>("b", "k").pointer("/of/today");
        s.map("Json", report).each(|s, _| s.wait("C", 1.seconds()));
        let loaded = items::objects("b", "p/").load_and_flatten::<Limits, _>(items::Jsonl);
        s.map("Loaded", loaded).each(|s, _| s.wait("D", 1.seconds()));
        s.map("Inventory", items::inventory::<Limits>("b", "k")).each(|s, _| s.wait("E", 1.seconds()));
    }
    assert_snapshot!(states(&w()), @r#"
    start: Batched
    {
      "Batched": {
        "Type": "Map",
        "ItemsPath": "$.names",
        "ItemBatcher": {
          "MaxItemsPerBatchPath": "$.items",
          "MaxInputBytesPerBatchPath": "$.bytes"
        },
        "MaxConcurrencyPath": "$.at_once",
        "ToleratedFailureCountPath": "$.failures",
        "ItemProcessor": {
          "ProcessorConfig": {
            "Mode": "DISTRIBUTED",
            "ExecutionType": "STANDARD"
          },
          "StartAt": "A",
          "States": {
            "A": {
              "Type": "Wait",
              "Seconds": 1,
              "End": true
            }
          }
        },
        "ResultPath": null,
        "Next": "Csv"
      },
      "Csv": {
        "Type": "Map",
        "ItemReader": {
          "Resource": "arn:aws:states:::s3:getObject",
          "Parameters": {
            "Bucket": "b",
            "Key": "k"
          },
          "ReaderConfig": {
            "InputType": "CSV",
            "CSVHeaderLocation": "FIRST_ROW",
            "CSVDelimiter": "TAB",
            "MaxItemsPath": "$.rows"
          }
        },
        "ItemProcessor": {
          "ProcessorConfig": {
            "Mode": "DISTRIBUTED",
            "ExecutionType": "STANDARD"
          },
          "StartAt": "B",
          "States": {
            "B": {
              "Type": "Wait",
              "Seconds": 1,
              "End": true
            }
          }
        },
        "ResultPath": null,
        "Next": "Json"
      },
      "Json": {
        "Type": "Map",
        "ItemReader": {
          "Resource": "arn:aws:states:::s3:getObject",
          "Parameters": {
            "Bucket": "b",
            "Key": "k"
          },
          "ReaderConfig": {
            "InputType": "JSON",
            "ItemsPointer": "/of/today"
          }
        },
        "ItemProcessor": {
          "ProcessorConfig": {
            "Mode": "DISTRIBUTED",
            "ExecutionType": "STANDARD"
          },
          "StartAt": "C",
          "States": {
            "C": {
              "Type": "Wait",
              "Seconds": 1,
              "End": true
            }
          }
        },
        "ResultPath": null,
        "Next": "Loaded"
      },
      "Loaded": {
        "Type": "Map",
        "ItemReader": {
          "Resource": "arn:aws:states:::s3:listObjectsV2",
          "Parameters": {
            "Bucket": "b",
            "Prefix": "p/"
          },
          "ReaderConfig": {
            "InputType": "JSONL",
            "Transformation": "LOAD_AND_FLATTEN"
          }
        },
        "ItemProcessor": {
          "ProcessorConfig": {
            "Mode": "DISTRIBUTED",
            "ExecutionType": "STANDARD"
          },
          "StartAt": "D",
          "States": {
            "D": {
              "Type": "Wait",
              "Seconds": 1,
              "End": true
            }
          }
        },
        "ResultPath": null,
        "Next": "Inventory"
      },
      "Inventory": {
        "Type": "Map",
        "ItemReader": {
          "Resource": "arn:aws:states:::s3:getObject",
          "Parameters": {
            "Bucket": "b",
            "Key": "k"
          },
          "ReaderConfig": {
            "ManifestType": "S3_INVENTORY"
          }
        },
        "ItemProcessor": {
          "ProcessorConfig": {
            "Mode": "DISTRIBUTED",
            "ExecutionType": "STANDARD"
          },
          "StartAt": "E",
          "States": {
            "E": {
              "Type": "Wait",
              "Seconds": 1,
              "End": true
            }
          }
        },
        "ResultPath": null,
        "End": true
      }
    }
    "#);
}
