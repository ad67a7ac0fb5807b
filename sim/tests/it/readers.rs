//! `ItemReader`: what it makes of objects in Amazon S3.

use serde_json::{Value, json};
use stepwright_sim::{Execution, Simulation};

use crate::machine::machine;

/// An object: bucket, key, body.
type Object<'a> = (&'a str, &'a str, &'a str);

const INPUT: &str = r#"{ "bucket": "b", "limit": 1 }"#;

/// Runs a Distributed Map whose children hand out their input.
#[track_caller]
fn run(language: &str, fields: Value, objects: &[Object<'_>]) -> Execution {
    let mut map = json!({
        "Type": "Map",
        "ItemProcessor": {
            "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
            "StartAt": "Item", "States": { "Item": { "Type": "Pass", "End": true } },
        },
        "End": true,
    });
    let Value::Object(fields) = fields else { panic!("fields are an object") };
    map.as_object_mut().expect("it is an object").extend(fields);
    let machine =
        machine(&json!({ "QueryLanguage": language, "StartAt": "Each", "States": { "Each": map } }));
    let input = serde_json::from_str(INPUT).expect("the input is JSON");
    let simulation = Simulation::new(&machine).input(input);
    let simulation = objects.iter().fold(simulation, |s, (bucket, key, body)| s.object(*bucket, *key, *body));
    simulation.run().expect("it runs")
}

/// Compares the output, or the cause for which the items cannot be read.
#[track_caller]
fn check_execution(execution: &Execution, expected: Result<Value, &str>) {
    match expected {
        Ok(items) => assert_eq!((execution.output.as_ref(), &execution.cause), (Some(&items), &None)),
        Err(cause) => assert_eq!(
            (execution.error.as_deref(), execution.cause.as_deref()),
            (Some("States.ItemReaderFailed"), Some(cause))
        ),
    }
}

/// Reads the object `k` of the bucket `b`.
#[track_caller]
fn check_object(config: &Value, objects: &[Object<'_>], expected: Result<Value, &str>) {
    let reader = json!({
        "Resource": "arn:aws:states:::s3:getObject",
        "Arguments": { "Bucket": "b", "Key": "k" },
        "ReaderConfig": config,
    });
    check_execution(&run("JSONata", json!({ "ItemReader": reader }), objects), expected);
}

/// Lists the objects of the bucket `b` under `in/`.
#[track_caller]
fn check_listing(fields: Value, config: &Value, objects: &[Object<'_>], expected: Result<Value, &str>) {
    let mut fields = fields;
    fields["ItemReader"] = json!({
        "Resource": "arn:aws:states:::s3:listObjectsV2",
        "Arguments": { "Bucket": "b", "Prefix": "in/" },
        "ReaderConfig": config,
    });
    check_execution(&run("JSONata", fields, objects), expected);
}

#[test]
fn an_empty_dataset_has_no_items() {
    check_object(&json!({ "InputType": "JSON" }), &[("b", "k", "[]")], Ok(json!([])));
    check_object(&json!({ "InputType": "JSONL" }), &[("b", "k", "\n")], Ok(json!([])));
    check_object(&json!({ "InputType": "CSV" }), &[("b", "k", "x,y\n")], Ok(json!([])));
    check_listing(json!({}), &json!({}), &[("b", "out/1", "")], Ok(json!([])));
}

#[test]
fn a_pointer_leads_to_the_items_of_a_document() {
    let config = json!({ "InputType": "JSON", "ItemsPointer": "/shop/stock" });
    let document = r#"{ "shop": { "stock": ["x", "y"] } }"#;
    check_object(&config, &[("b", "k", document)], Ok(json!(["x", "y"])));
    let cause = "Attempting to map over non-iterable node.";
    check_object(&config, &[("b", "k", r#"{ "shop": {} }"#)], Err(cause));
}

#[test]
fn a_csv_file_has_a_delimiter_and_headers() {
    let config = json!({
        "InputType": "CSV", "CSVDelimiter": "TAB", "CSVHeaderLocation": "GIVEN", "CSVHeaders": ["x", "y"],
    });
    check_object(&config, &[("b", "k", "1,5\t2\n")], Ok(json!([{ "x": "1,5", "y": "2" }])));
    let config = json!({ "InputType": "CSV", "CSVDelimiter": "SEMICOLON", "CSVHeaderLocation": "FIRST_ROW" });
    check_object(&config, &[("b", "k", "x;y\n1;2")], Ok(json!([{ "x": "1", "y": "2" }])));
}

#[test]
fn an_inventory_names_the_files_with_the_rows() {
    let manifest = r#"{
        "sourceBucket": "photos", "destinationBucket": "arn:aws:s3:::lists",
        "fileFormat": "CSV", "fileSchema": "Bucket, Key, Size",
        "files": [{ "key": "data/1.csv.gz", "size": 9 }, { "key": "data/2.csv.gz", "size": 9 }]
    }"#;
    let objects = [
        ("b", "k", manifest),
        ("lists", "data/1.csv.gz", "\"photos\",\"a.png\",\"12\"\n\"photos\",\"b.png\",\"34\"\n"),
        ("lists", "data/2.csv.gz", "\"photos\",\"c.png\",\"56\"\n"),
    ];
    let expected = json!([
        { "Bucket": "photos", "Key": "a.png", "Size": "12" },
        { "Bucket": "photos", "Key": "b.png", "Size": "34" },
        { "Bucket": "photos", "Key": "c.png", "Size": "56" },
    ]);
    check_object(&json!({ "ManifestType": "S3_INVENTORY" }), &objects, Ok(expected.clone()));
    check_object(&json!({ "InputType": "MANIFEST" }), &objects, Ok(expected.clone()));
    let first = json!([expected[0]]);
    check_object(&json!({ "InputType": "MANIFEST", "MaxItems": 1 }), &objects, Ok(first));
}

#[test]
fn an_inventory_that_cannot_be_read_says_why() {
    let config = json!({ "ManifestType": "S3_INVENTORY" });
    let check = |manifest: &str, cause: &str| check_object(&config, &[("b", "k", manifest)], Err(cause));
    check(
        r#"{ "fileFormat": "ORC", "fileSchema": "struct<>", "files": [] }"#,
        "the inventory s3://b/k is in ORC; only an inventory in CSV can be read",
    );
    check(r#"{ "files": [] }"#, "the inventory s3://b/k has no `fileSchema`");
    check(r#"{ "fileSchema": "Key" }"#, "the inventory s3://b/k has no list of `files`");
    check(
        r#"{ "fileSchema": "Key", "files": [{ "key": "1.csv.gz" }] }"#,
        "The specified key does not exist: 1.csv.gz (in the bucket b)",
    );
}

#[test]
fn the_manifest_of_athena_lists_uris() {
    let objects = [
        ("b", "k", "s3://results/q/1.gz\n\ns3://results/q/2.gz\n"),
        ("results", "q/1.gz", "{\"n\":1}\n{\"n\":2}\n"),
        ("results", "q/2.gz", "{\"n\":3}\n"),
    ];
    let config = |input_type: &str| json!({ "ManifestType": "ATHENA_DATA", "InputType": input_type });
    check_object(&config("JSONL"), &objects, Ok(json!([{ "n": 1 }, { "n": 2 }, { "n": 3 }])));

    let csv = [("b", "k", "s3://b/1\ns3://b/2"), ("b", "1", "n,m\n1,2"), ("b", "2", "n,m\n3,4")];
    let rows = json!([{ "n": "1", "m": "2" }, { "n": "3", "m": "4" }]);
    check_object(&config("CSV"), &csv, Ok(rows));

    let cause = "the manifest s3://b/k has a line that is no URI like s3://bucket/key: q/1.gz";
    check_object(&config("JSONL"), &[("b", "k", "q/1.gz")], Err(cause));
    let cause = "ManifestType ATHENA_DATA needs InputType CSV, JSONL or PARQUET";
    check_object(&config("JSON"), &objects, Err(cause));
}

#[test]
fn parquet_is_not_read() {
    let cause = "cannot read s3://b/k: the simulator does not read Parquet; put the same rows under that key as \
                 JSON Lines, with InputType JSONL";
    check_object(&json!({ "InputType": "PARQUET" }), &[("b", "k", "PAR1")], Err(cause));
}

#[test]
fn a_file_that_is_not_what_it_should_be_is_named() {
    let cause = "cannot read s3://b/k: it is no JSON: expected value at line 1 column 1";
    check_object(&json!({ "InputType": "JSON" }), &[("b", "k", "x,y")], Err(cause));
    let cause = "cannot read s3://b/k: line 2 is no JSON: expected value at line 1 column 1";
    check_object(&json!({ "InputType": "JSONL" }), &[("b", "k", "1\nx")], Err(cause));
}

#[test]
fn a_listing_describes_objects_or_flattens_them() {
    let objects =
        [("b", "in/1", "[1, 2]"), ("b", "in/2", "[3]"), ("b", "out/1", "[4]"), ("c", "in/1", "[5]")];
    let selector = json!({ "ItemSelector": "{% $states.context.Map.Item.(Value.Key & ' ' & Value.Size) %}" });
    check_listing(selector, &json!({}), &objects, Ok(json!(["in/1 6", "in/2 3"])));

    let flatten = json!({ "InputType": "JSON", "Transformation": "LOAD_AND_FLATTEN" });
    check_listing(json!({}), &flatten, &objects, Ok(json!([1, 2, 3])));
    let two = json!({ "InputType": "JSON", "Transformation": "LOAD_AND_FLATTEN", "MaxItems": 2 });
    check_listing(json!({}), &two, &objects, Ok(json!([1, 2])));
}

#[test]
fn each_item_knows_its_file() {
    let objects = [("b", "in/1", r#"{ "x": 1, "y": 2 }"#), ("b", "in/2", "[3]")];
    let config = json!({ "InputType": "JSON", "Transformation": "LOAD_AND_FLATTEN" });
    let item = "{% $states.context.Map.Item.($string(Index) & ' ' & Key & '=' & Value & ' ' & Source) %}";
    let items = json!(["0 x=1 S3://b/in/1", "1 y=2 S3://b/in/1", "2 =3 S3://b/in/2"]);
    check_listing(json!({ "ItemSelector": item }), &config, &objects, Ok(items));
    let batches = json!([
        { "Items": ["0 x=1 S3://b/in/1", "1 y=2 S3://b/in/1"] },
        { "Items": ["2 =3 S3://b/in/2"] },
    ]);
    let fields = json!({ "ItemSelector": item, "ItemBatcher": { "MaxItemsPerBatch": 2 } });
    check_listing(fields, &config, &objects, Ok(batches));
}

#[test]
fn the_request_can_be_computed_in_both_languages() {
    let objects = [("b", "1", "[1, 2]")];
    let resource = "arn:aws:states:::s3:getObject";
    let reader = json!({
        "Resource": resource,
        "Arguments": { "Bucket": "{% $states.input.bucket %}", "Key": "{% $string(1) %}", "ExpectedBucketOwner": "1" },
        "ReaderConfig": { "InputType": "JSON", "MaxItems": "{% $states.input.limit %}" },
    });
    check_execution(&run("JSONata", json!({ "ItemReader": reader }), &objects), Ok(json!([1])));
    let reader = json!({
        "Resource": resource,
        "Parameters": { "Bucket.$": "$.bucket", "Key.$": "States.Format('{}', 1)" },
        "ReaderConfig": { "InputType": "JSON", "MaxItemsPath": "$.limit" },
    });
    check_execution(&run("JSONPath", json!({ "ItemReader": reader }), &objects), Ok(json!([1])));
}

#[test]
fn the_number_of_items_is_no_limit_when_it_is_0_and_must_not_be_negative() {
    let config = |limit: i64| json!({ "InputType": "JSON", "MaxItems": format!("{{% {limit} %}}") });
    let objects = [("b", "k", "[1, 2]")];
    check_object(&config(0), &objects, Ok(json!([1, 2])));
    check_object(&config(-1), &objects, Err("field MaxItems must be positive"));
}

#[test]
fn a_request_without_bucket_or_key_says_so() {
    let fail = |arguments: Value| {
        let reader = json!({ "Resource": "arn:aws:states:::s3:getObject", "Arguments": arguments });
        run("JSONata", json!({ "ItemReader": reader }), &[])
    };
    check_execution(&fail(json!({ "Key": "k" })), Err("the ItemReader names no `Bucket`"));
    check_execution(&fail(json!({ "Bucket": "b" })), Err("the ItemReader names no `Key`"));
    let cause = "`Key` of the ItemReader has to be a string, but is 1";
    check_execution(&fail(json!({ "Bucket": "b", "Key": 1 })), Err(cause));
}
