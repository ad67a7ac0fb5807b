//! `ResultWriter`: the result of a Map Run and the files it writes.

use serde_json::{Value, json};
use stepwright_sim::{Execution, Simulation};

use crate::machine::machine;

/// A Distributed Map over `[[1, 2], "late", "bad", 3]` that tolerates the failure of the two in the middle.
fn run(language: &str, writer: &Value) -> Execution {
    let rule = |item: &str, next: &str| json!({ "Variable": "$", "StringEquals": item, "Next": next });
    let map = json!({
        "Type": "Map",
        "Label": "Each",
        "ToleratedFailureCount": 2,
        "ItemProcessor": {
            "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS" },
            "StartAt": "Look",
            "States": {
                "Look": {
                    "Type": "Choice",
                    "Choices": [rule("bad", "Bad"), rule("late", "Late")], "Default": "Good",
                },
                "Bad": { "Type": "Fail", "Error": "E", "Cause": "C" },
                "Late": { "Type": "Wait", "Seconds": 301, "End": true },
                "Good": { "Type": "Succeed" },
            },
        },
        "ResultWriter": writer,
        "End": true,
    });
    let mut definition = json!({ "StartAt": "Map", "States": { "Map": map } });
    if language == "JSONata" {
        // The states of the children are in the language of the machine, JSONPath.
        definition["States"]["Map"]["QueryLanguage"] = language.into();
    }
    let machine = machine(&definition);
    Simulation::new(&machine).input(json!([[1, 2], "late", "bad", 3])).run().expect("it runs")
}

/// The files of a Map Run by their names, with the manifest's list of them.
fn files(execution: &Execution, bucket: &str) -> (Value, Vec<(String, String)>) {
    let details = &execution.output.as_ref().expect("it succeeds")["ResultWriterDetails"];
    assert_eq!(details["Bucket"], bucket);
    let key = details["Key"].as_str().expect("the key is a string");
    let manifest = execution.objects.get(bucket, key).expect("the manifest is there");
    let manifest = serde_json::from_str(manifest).expect("the manifest is JSON");
    let folder = key.strip_suffix("manifest.json").expect("the manifest is named so");
    let written = execution.objects.list(bucket, folder).filter(|(at, _)| *at != key);
    (manifest, written.map(|(at, body)| (at.replace(folder, ""), body.to_owned())).collect())
}

fn put(language: &str, arguments: &Value, config: &Value) -> Value {
    let field = if language == "JSONata" { "Arguments" } else { "Parameters" };
    json!({ "Resource": "arn:aws:states:::s3:putObject", field: arguments, "WriterConfig": config })
}

#[test]
fn outputs_come_as_they_are_or_flat_or_described() {
    let transform = |transformation: &str| {
        let writer = json!({ "WriterConfig": { "Transformation": transformation, "OutputType": "JSON" } });
        run("JSONata", &writer).output.expect("it succeeds")
    };
    assert_eq!(transform("COMPACT"), json!([[1, 2], 3]));
    assert_eq!(transform("FLATTEN"), json!([1, 2, 3]));
    let described = transform("NONE");
    let outputs: Vec<_> = described.as_array().into_iter().flatten().map(|child| &child["Output"]).collect();
    assert_eq!(outputs, ["[1,2]", "3"]);
}

#[test]
fn a_bucket_gets_a_file_for_each_status_and_a_manifest() {
    let config = json!({ "Transformation": "FLATTEN", "OutputType": "JSON" });
    let execution = run("JSONPath", &put("JSONPath", &json!({ "Bucket": "b", "Prefix": "out" }), &config));
    let (manifest, files) = files(&execution, "b");
    let output = execution.output.as_ref().expect("it succeeds");
    let arn = output["MapRunArn"].as_str().expect("the ARN is a string");
    assert!(arn.starts_with("arn:aws:states:us-east-1:123456789012:mapRun:simulated/Each:"), "{arn}");
    let folder = format!("out/{}", arn.rsplit(':').next().expect("an ARN has parts"));
    let failed_size = files[0].1.len();
    assert_eq!(
        manifest,
        json!({
            "DestinationBucket": "b",
            "MapRunArn": arn,
            "ResultFiles": {
                "FAILED": [{ "Key": format!("{folder}/FAILED_0.json"), "Size": failed_size }],
                "PENDING": [],
                "SUCCEEDED": [{ "Key": format!("{folder}/SUCCEEDED_0.json"), "Size": 7 }],
            },
        })
    );
    assert_eq!(files[1], ("SUCCEEDED_0.json".to_owned(), "[1,2,3]".to_owned()));
}

#[test]
fn failures_are_described_whatever_the_transformation() {
    let config = json!({ "Transformation": "COMPACT", "OutputType": "JSON" });
    let execution = run("JSONata", &put("JSONata", &json!({ "Bucket": "{% 'b' & 1 %}" }), &config));
    let (_, files) = files(&execution, "b1");
    let failed: Value = serde_json::from_str(&files[0].1).expect("the file is JSON");
    let shown = |child: &Value| json!([child["Status"], child["Error"], child["Cause"], child["Input"]]);
    assert_eq!(shown(&failed[0]), json!(["FAILED", "E", "C", "\"bad\""]));
    assert_eq!(shown(&failed[1]), json!(["TIMED_OUT", "States.Timeout", null, "\"late\""]));
    assert_eq!(failed[0]["RedriveStatus"], "REDRIVABLE_BY_MAP_RUN");
}

#[test]
fn a_success_is_described_with_all_that_is_known_of_it() {
    let writer = put("JSONata", &json!({ "Bucket": "b" }), &json!({ "OutputType": "JSONL" }));
    let (_, files) = files(&run("JSONata", &writer), "b");
    assert_eq!((files[1].0.as_str(), files[1].1.lines().count()), ("SUCCEEDED_0.jsonl", 2));
    let line = files[1].1.lines().next().expect("there are two lines");
    let mut child: Value = serde_json::from_str(line).expect("the line is JSON");
    let name = child["Name"].take();
    let name = name.as_str().expect("the name is a string");
    assert_eq!(
        child,
        json!({
            "ExecutionArn": format!("arn:aws:states:us-east-1:123456789012:express:simulated/Each:{name}"),
            "Input": "[1,2]",
            "InputDetails": { "Included": true },
            "Name": null,
            "Output": "[1,2]",
            "OutputDetails": { "Included": true },
            "RedriveCount": 0,
            "RedriveStatus": "NOT_REDRIVABLE",
            "RedriveStatusReason": "Execution is SUCCEEDED and cannot be redriven",
            "StartDate": "2025-01-01T00:00:00.000Z",
            "StateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:simulated/Each",
            "Status": "SUCCEEDED",
            "StopDate": "2025-01-01T00:00:00.000Z",
        })
    );
}

#[test]
fn a_map_run_without_a_bucket_to_write_to_fails() {
    let execution = run("JSONata", &put("JSONata", &json!({ "Prefix": "out" }), &json!({})));
    assert_eq!(execution.error.as_deref(), Some("States.ResultWriterFailed"));
    assert_eq!(execution.cause.as_deref(), Some("the ResultWriter names no `Bucket`"));
    let names: Vec<_> = execution.history.events.iter().map(|event| event.kind.type_name()).collect();
    let expected = [
        "ExecutionStarted",
        "MapStateEntered",
        "MapStateStarted",
        "MapRunStarted",
        "MapRunFailed",
        "MapStateFailed",
        "ExecutionFailed",
    ];
    assert_eq!(names, expected);
}
