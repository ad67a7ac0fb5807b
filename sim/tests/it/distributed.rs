//! Distributed Maps: child executions, thresholds, items from Amazon S3.

use serde_json::{Value, json};
use stepwright_codegen::asl::StateMachine;
use stepwright_sim::{Simulation, Status};

use crate::machine::machine;

/// A Distributed Map whose items fail where they are `"bad"`.
fn map(fields: &Value) -> StateMachine {
    let mut map = json!({
        "Type": "Map",
        "ItemProcessor": {
            "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
            "StartAt": "Look",
            "States": {
                "Look": {
                    "Type": "Choice",
                    "Choices": [{ "Condition": "{% $states.input = 'bad' %}", "Next": "Bad" }],
                    "Default": "Good",
                },
                "Bad": { "Type": "Fail", "Error": "E" },
                "Good": { "Type": "Succeed" },
            },
        },
        "End": true,
    });
    let members = map.as_object_mut().expect("it is an object");
    members.extend(fields.as_object().expect("fields are an object").clone());
    machine(&json!({ "QueryLanguage": "JSONata", "StartAt": "Each", "States": { "Each": map } }))
}

#[track_caller]
fn check_outcome(fields: &Value, input: Value, expected: Result<Value, &str>) {
    let machine = map(fields);
    let execution = Simulation::new(&machine).input(input).run().expect("it runs");
    match expected {
        Ok(output) => assert_eq!((execution.status, execution.output), (Status::Succeeded, Some(output))),
        Err(error) => {
            assert_eq!((execution.status, execution.error.as_deref()), (Status::Failed, Some(error)));
        }
    }
}

#[test]
fn failures_are_tolerated_up_to_the_threshold() {
    let exceeded = "States.ExceedToleratedFailureThreshold";
    check_outcome(&json!({}), json!(["a", "b"]), Ok(json!(["a", "b"])));
    check_outcome(&json!({}), json!(["a", "bad"]), Err(exceeded));
    check_outcome(&json!({ "ToleratedFailureCount": 1 }), json!(["a", "bad", "b"]), Ok(json!(["a", "b"])));
    check_outcome(&json!({ "ToleratedFailureCount": 1 }), json!(["bad", "bad", "b"]), Err(exceeded));
    check_outcome(&json!({ "ToleratedFailurePercentage": 50 }), json!(["bad", "b"]), Ok(json!(["b"])));
}

#[test]
fn items_come_from_an_object_in_batches() {
    let machine = map(&json!({
        "ItemReader": {
            "Resource": "arn:aws:states:::s3:getObject",
            "Arguments": { "Bucket": "b", "Key": "{% $states.input.key %}" },
            "ReaderConfig": { "InputType": "JSONL", "MaxItems": 3 },
        },
        "ItemSelector": { "value": "{% $states.context.Map.Item.Value %}" },
        "ItemBatcher": { "MaxItemsPerBatch": 2, "BatchInput": { "n": 1 } },
    }));
    let execution = Simulation::new(&machine)
        .input(json!({ "key": "items.jsonl" }))
        .object("b", "items.jsonl", "1\n2\n3\n4\n")
        .run()
        .expect("it runs");
    let expected = json!([
        { "BatchInput": { "n": 1 }, "Items": [{ "value": 1 }, { "value": 2 }] },
        { "BatchInput": { "n": 1 }, "Items": [{ "value": 3 }] },
    ]);
    assert_eq!(execution.output, Some(expected));
}

#[test]
fn results_can_be_flattened() {
    let config = json!({ "ResultWriter": { "WriterConfig": { "Transformation": "FLATTEN" } } });
    check_outcome(&config, json!([[1, 2], 3, [4]]), Ok(json!([1, 2, 3, 4])));
}

#[test]
fn results_can_be_exported() {
    let machine = map(&json!({
        "ToleratedFailureCount": 1,
        "ResultWriter": {
            "Resource": "arn:aws:states:::s3:putObject",
            "Arguments": { "Bucket": "b", "Prefix": "{% 'out/' & $states.context.Execution.Name %}" },
            "WriterConfig": { "Transformation": "COMPACT", "OutputType": "JSONL" },
        },
    }));
    let execution = Simulation::new(&machine).input(json!(["x", "bad", "y"])).run().expect("it runs");
    let output = execution.output.expect("it succeeds");
    let key = output["ResultWriterDetails"]["Key"].as_str().expect("the key is a string");
    let folder = key.strip_suffix("/manifest.json").expect("the manifest is named so");
    assert!(folder.starts_with("out/run/"), "{folder}");
    let manifest = execution.objects.get("b", key).expect("the manifest is there");
    let manifest: Value = serde_json::from_str(manifest).expect("the manifest is JSON");
    assert_eq!(manifest["ResultFiles"]["SUCCEEDED"][0]["Key"], format!("{folder}/SUCCEEDED_0.jsonl"));
    assert_eq!(execution.objects.get("b", &format!("{folder}/SUCCEEDED_0.jsonl")), Some("\"x\"\n\"y\""));
    let failed = execution.objects.get("b", &format!("{folder}/FAILED_0.jsonl")).expect("one failed");
    assert!(failed.contains(r#""Error":"E""#), "{failed}");
}

#[test]
fn the_members_of_an_object_are_items_with_keys() {
    let item = "{% $states.context.Map.Item.(Key & '=' & Value & ' of ' & Source) %}";
    let expected = json!(["a=1 of STATE_DATA", "b=2 of STATE_DATA"]);
    check_outcome(&json!({ "ItemSelector": item }), json!({ "a": 1, "b": 2 }), Ok(expected));
}

#[test]
fn an_express_child_has_five_minutes() {
    let processor = json!({
        "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS" },
        "StartAt": "Wait",
        "States": { "Wait": { "Type": "Wait", "Seconds": "{% $states.input %}", "End": true } },
    });
    let machine = map(&json!({ "ItemProcessor": processor, "ToleratedFailureCount": 1 }));
    let execution = Simulation::new(&machine).input(json!([299, 301])).run().expect("it runs");
    assert_eq!((execution.output, execution.elapsed.as_secs()), (Some(json!([299])), 300));
}

#[test]
fn a_missing_object_fails_the_map_run() {
    let machine = map(&json!({ "ItemReader": {
        "Resource": "arn:aws:states:::s3:getObject",
        "Arguments": { "Bucket": "b", "Key": "none" },
        "ReaderConfig": { "InputType": "JSON" },
    }}));
    let execution = Simulation::new(&machine).run().expect("it runs");
    assert_eq!(execution.error.as_deref(), Some("States.ItemReaderFailed"));
}

#[test]
fn many_items_leave_no_trace_in_the_history() {
    let machine = map(&json!({}));
    let execution = Simulation::new(&machine).input(json!(vec![1; 20_000])).run().expect("it runs");
    assert_eq!((execution.history.events.len(), execution.transitions), (8, 40_001));
}
