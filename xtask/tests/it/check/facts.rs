//! `check --input` and `check --express`: what is known of a definition beforehand.

use crate::Bench;

const WAITS: &str = r#"{
  "StartAt": "Pause",
  "States": {
    "Pause": { "Type": "Wait", "SecondsPath": "$.order.delay", "End": true }
  }
}
"#;

#[test]
fn an_input_finds_what_fails_with_it() {
    let bench = Bench::new();
    bench.write("x.asl.json", WAITS);
    bench.write("sample.json", r#"{ "order": { "dealy": 5 } }"#);
    assert_eq!(bench.run("check x.asl.json").out, "1 definition: no problems\n");
    insta::assert_snapshot!(bench.run("check x.asl.json --input sample.json").all());
    let quoted = bench.run(r#"check x.asl.json --input {"order":{"delay":5}}"#);
    assert_eq!(quoted.out, "1 definition: no problems\n");
}

/// Only what fails with each of them is certain.
#[test]
fn inputs_are_taken_together() {
    let bench = Bench::new();
    bench.write("x.asl.json", WAITS);
    bench.write("one.json", r#"{ "order": { "delay": "soon" } }"#);
    bench.write("other.json", r#"{ "order": { "delay": 5 } }"#);
    let both = bench.run("check x.asl.json --input one.json --input other.json");
    assert_eq!(both.out, "1 definition: no problems\n");
    insta::assert_snapshot!(bench.run("check x.asl.json --input one.json").all());
}

#[test]
fn a_sample_that_is_none() {
    let bench = Bench::new();
    bench.write("x.asl.json", WAITS);
    insta::assert_snapshot!(bench.run("check x.asl.json --input missing.json").all());
}

#[test]
fn an_express_workflow_is_told_what_it_cannot_run() {
    let bench = Bench::new();
    bench.write("x.asl.json", WAITS.replace(r#""SecondsPath": "$.order.delay""#, r#""Seconds": 400"#));
    assert_eq!(bench.run("check x.asl.json").out, "1 definition: no problems\n");
    insta::assert_snapshot!(bench.run("check x.asl.json --express").all());
}
