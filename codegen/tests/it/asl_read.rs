//! What the reader says about texts that are no state machine.

use stepwright_codegen::asl;
use stepwright_codegen::diagnostic::{Style, in_file, render};

/// Reads a text and compares all it has to say, each as `line:column pointer message`.
#[track_caller]
fn check_read(text: &str, expected: &[&str]) {
    let findings = asl::read(text).err().unwrap_or_default();
    let found: Vec<String> = findings
        .iter()
        .map(|finding| {
            let span = finding.span.expect("every finding has a place");
            format!("{}:{} {} {}", span.line, span.column, finding.pointer, finding.message)
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn all_problems_are_reported_with_their_places() {
    let text = r#"{
  "StartAt": 5,
  "Comment": null,
  "States": {
    "A": { "Type": "Wait", "Resource": "x", "Seconds": -1, "Nxt": "B" },
    "B": { "Type": "wait" },
    "C": { "End": true },
    "D": { "Type": "Task", "Retry": [{ "ErrorEquals": ["X"], "MaxAttempts": 1.5, "JitterStrategy": "half" }] },
    "D": { "Type": "Succeed" }
  }
}"#;
    check_read(
        text,
        &[
            "2:14 /StartAt `StartAt`: expected a string, found a number",
            "3:14 /Comment `Comment`: expected a string, found null",
            "5:28 /States/A/Resource `Resource` is not a field of a Wait state",
            "5:56 /States/A/Seconds `Seconds`: expected a whole number, zero or more, found -1",
            "5:60 /States/A/Nxt `Nxt` is not a field of a Wait state",
            "6:20 /States/B/Type `Type`: expected one of `Task`, `Pass`, `Choice`, `Wait`, `Succeed`, `Fail`, \
             `Parallel`, `Map`, found `wait`",
            "7:5 /States/C a state has no `Type`",
            "8:5 /States/D a Task state has no `Resource`",
            "8:77 /States/D/Retry/0/MaxAttempts `MaxAttempts`: expected a whole number, zero or more, found 1.5",
            "8:100 /States/D/Retry/0/JitterStrategy `JitterStrategy`: expected one of `FULL`, `NONE`, found `half`",
            "9:5 /States/D key `D` occurs twice in the same object",
        ],
    );
}

#[test]
fn unknown_fields_come_with_advice() {
    let text =
        r#"{ "StartAt": "A", "States": { "A": { "Type": "Wait", "Branches": [], "secondspath": "$.x" } } }"#;
    let findings = asl::read(text).expect_err("two fields are unknown");
    let diagnostics = in_file(findings, Some("order.asl.json"), text);
    let text = text.to_owned();
    let sources = move |_: &str| Some(text.clone());
    insta::assert_snapshot!(render(&diagnostics, &sources, Style::Plain));
}

#[test]
fn a_choice_rule_is_one_test() {
    let rule = |fields: &str| {
        format!(
            r#"{{"StartAt":"A","States":{{"A":{{"Type":"Choice","Choices":[{{{fields},"Next":"A"}}]}}}}}}"#
        )
    };
    let check_rule = |fields, message: &str| {
        check_read(&rule(fields), &[&format!("1:58 /States/A/Choices/0 {message}")]);
    };
    check_rule(r#""Comment":"""#, "a Choice Rule tests nothing");
    check_rule(r#""Variable":"$.x""#, "`Variable` is not compared with anything");
    check_rule(r#""IsNull":true"#, "`IsNull` has no `Variable` to test");
    check_rule(
        r#""Variable":"$","IsNull":true,"IsString":true"#,
        "a test has one operator, not both `IsNull` and `IsString`",
    );
    check_rule(r#""Variable":"$","And":[]"#, "`Variable` does not go with `And`");
    check_rule(r#""Condition":true,"IsNull":true"#, "`IsNull` does not go with `Condition`");
    check_rule(r#""Condition":true,"Variable":"$""#, "`Variable` does not go with `Condition`");
}

#[test]
fn duplicates_are_found_inside_payloads() {
    let text = r#"{"StartAt":"A","States":{"A":{"Type":"Pass","Result":[{"x":1,"x":2}],"End":true}}}"#;
    check_read(text, &["1:62 /States/A/Result/0/x key `x` occurs twice in the same object"]);
}

#[test]
fn text_that_is_no_json_is_located() {
    check_read("", &["1:1  the definition is empty"]);
    check_read("{\n  \"ä\": ,\n}", &["2:8  the definition is no JSON: expected value"]);
    check_read("{\"StartAt\": \"A\",}", &["1:17  the definition is no JSON: trailing comma"]);
    check_read("// no\n{}", &["1:1  the definition is no JSON: expected value"]);
    check_read("{} {}", &["1:4  the definition is no JSON: trailing characters"]);
    check_read("[]", &["1:1  expected an object, found an array"]);
    check_read("\u{0}\u{1}PK", &["1:1  the definition is no JSON: expected value"]);
}

#[test]
fn deep_nesting_is_an_ordinary_error() {
    check_read(&"[".repeat(1_000_000), &["1:128  the definition is nested too deeply"]);
    check_read(&"{\"a\":".repeat(1_000_000), &["1:636  the definition is nested too deeply"]);
}

#[test]
fn a_number_that_is_too_large_is_an_ordinary_error() {
    let text = r#"{"TimeoutSeconds":1e999,"StartAt":"A","States":{}}"#;
    check_read(text, &["1:23  the definition is no JSON: number out of range"]);
    let text = r#"{"TimeoutSeconds":18446744073709551616,"StartAt":"A","States":{}}"#;
    check_read(
        text,
        &[
            "1:19 /TimeoutSeconds `TimeoutSeconds`: expected a whole number, zero or more, found 1.8446744073709552e+19",
        ],
    );
}

#[test]
fn places_can_be_located_by_pointer() {
    let text = "{\n  \"StartAt\": \"A\"\n}";
    let span = asl::locate(text, "/StartAt").expect("it is there");
    assert_eq!((&text[span.start..span.end], span.line, span.column), ("\"A\"", 2, 14));
    assert_eq!(asl::locate(text, "/States"), None);
}
