//! `check` on definitions in YAML.

use std::fmt::Write as _;

use super::{FINE, NO_SUCH_STATE, assert_sources_fit};
use crate::Bench;

/// What `check` says of a file with this content.
#[track_caller]
fn said(content: &str) -> String {
    let bench = Bench::new();
    bench.write("x.asl.yaml", content);
    let said = bench.run("check x.asl.yaml").all();
    assert_sources_fit(&said);
    said
}

const FINE_YAML: &str = "StartAt: Done\nStates:\n  Done:\n    Type: Succeed\n";

#[test]
fn findings_are_shown_with_the_lines_of_the_yaml() {
    insta::assert_snapshot!(said(
        "# What it does.\nStartAt: First\nStates:\n  First: { Type: Pass, Next: Second }\n  Wäit:\n    Type: Wait\n    \
         Seconds: '5'\n    Nxt: \"First\"\n    End: true\n"
    ));
}

#[test]
fn lines_are_right_whatever_stands_between() {
    insta::assert_snapshot!(said(
        "\u{feff}Comment: |\r\n  Two lines,\r\n  日本.\r\nStartAt: >-\r\n  First\r\nStates:\r\n  First: &first\r\n    Type: Pass\r\n    \
         Next: Second # é\r\n"
    ));
}

#[test]
fn json_is_yaml() {
    assert_eq!(said(FINE), "1 definition: no problems\nexit code 0\n");
    assert!(said(NO_SUCH_STATE).contains(" --> x.asl.yaml:4:40\n"));
}

#[test]
fn duplicate_keys_are_errors() {
    insta::assert_snapshot!(said(&format!("{FINE_YAML}  Done:\n    Type: Succeed\n")));
}

#[test]
fn tags_of_cloudformation_are_explained() {
    insta::assert_snapshot!(said(
        "StartAt: Work\nStates:\n  Work:\n    Type: Task\n    Resource: !GetAtt Worker.Arn\n    TimeoutSeconds: !!int 5\n    \
         Parameters: !Sub\n      - '${A}'\n      - A: 1\n    End: true\n"
    ));
}

#[test]
fn aliases_are_what_they_stand_for() {
    insta::assert_snapshot!(said(
        "StartAt: A\nStates:\n  A:\n    Type: Pass\n    Parameters: &p { n: 1 }\n    Next: B\n  B:\n    Type: Pass\n    \
         Parameters: *p\n    Next: C\n"
    ));
    let mut laughs = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..10 {
        let ten = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(laughs, "a{level}: &a{level} [{ten}]").unwrap();
    }
    insta::assert_snapshot!(said(&laughs));
}

#[test]
fn what_is_no_yaml_is_shown() {
    insta::assert_snapshot!(said("StartAt: [A\nStates: {}\n"));
    insta::assert_snapshot!(said("StartAt: A\n\tStates: {}\n"));
}

#[test]
fn what_is_no_definition_is_shown() {
    insta::assert_snapshot!(said(""));
    insta::assert_snapshot!(said("just text\n"));
    insta::assert_snapshot!(said(&format!("{FINE_YAML}---\n{FINE_YAML}")));
    insta::assert_snapshot!(said("? [a, b]\n: 1\n"));
    insta::assert_snapshot!(said("a: &a\n  - *a\n"));
}

#[test]
fn ten_thousand_levels_are_an_ordinary_error() {
    insta::assert_snapshot!(said(&"[".repeat(10_000)));
    insta::assert_snapshot!(said(&format!("{}x", "- ".repeat(10_000))));
}

#[test]
fn comments_allow_in_yaml_too() {
    let text = "StartAt: A\nStates:\n  A:\n    Type: Pass\n    Comment: 'stepwright: allow SW0206'\n    Next: A\n  B: {Type: Succeed}\n";
    assert!(!said(text).contains("SW0206"), "{}", said(text));
}

#[test]
fn folders_are_searched_for_yaml() {
    let bench = Bench::new();
    bench.write("infra/one.asl.yaml", FINE_YAML);
    bench.write("infra/two.asl.yml", FINE_YAML);
    bench.write("infra/template.yaml", "Resources: {}\n");
    assert_eq!(bench.run("check infra").out, "2 definitions: no problems\n");
    assert_eq!(bench.run("check infra/template.yaml").code, 1);
    assert_eq!(bench.run("policies infra").code, 2, "which reads JSON only");
}
