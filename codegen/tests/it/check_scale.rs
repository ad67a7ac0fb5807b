//! The checker on machines that are long, deep, and wrong everywhere.

use std::fmt::Write as _;

use stepwright_codegen::asl;
use stepwright_codegen::check::check;

#[test]
fn a_long_chain_is_checked() {
    let mut text = String::from(r#"{"StartAt":"S0","States":{"#);
    for number in 0..20_000 {
        write!(text, r#""S{number}":{{"Type":"Pass","Next":"S{}"}},"#, number + 1).expect("it is a string");
    }
    text.push_str(r#""S20000":{"Type":"Succeed"}}}"#);
    let document = asl::read(&text).expect("it can be read");
    assert_eq!(check(document.machine()), []);
}

#[test]
fn many_bad_targets_are_all_reported() {
    let mut text = String::from(r#"{"StartAt":"S0","States":{"#);
    for number in 0..5_000 {
        write!(text, r#""S{number}":{{"Type":"Pass","Next":"Missing {number}"}},"#).expect("it is a string");
    }
    text.push_str(r#""End":{"Type":"Succeed"}}}"#);
    let document = asl::read(&text).expect("it can be read");
    let findings = check(document.machine());
    let diagnostics = document.diagnose(findings, Some("many.asl.json"));
    assert_eq!(diagnostics.len(), 5_000);
}

#[test]
fn nested_tests_up_to_the_limit_of_the_reader_are_checked() {
    let levels = 120;
    let nested = format!(r#"{}{{"And":[]}}{}"#, r#"{"Not":"#.repeat(levels), "}".repeat(levels));
    let rule = nested.replacen('{', r#"{"Next":"A","#, 1);
    let text = format!(r#"{{"StartAt":"A","States":{{"A":{{"Type":"Choice","Choices":[{rule}]}}}}}}"#);
    let document = asl::read(&text).expect("it can be read");
    let messages: Vec<String> =
        check(document.machine()).into_iter().map(|finding| finding.message).collect();
    assert_eq!(messages, ["none of these states ends the scope", "`And` has no test"]);
}

#[test]
fn nesting_up_to_the_limit_of_the_reader_is_checked() {
    // Each level takes four levels of JSON: state, Branches, branch, States.
    let levels = 30;
    let mut text = String::new();
    for level in 0..levels {
        write!(
            text,
            r#"{{"StartAt":"L{level}","States":{{"L{level}":{{"Type":"Parallel","End":true,"Branches":["#
        )
        .expect("it is a string");
    }
    text.push_str(r#"{"StartAt":"Core","States":{"Core":{"Type":"Succeed"}}}"#);
    text.push_str(&"]}}}".repeat(levels));
    let document = asl::read(&text).expect("it can be read");
    assert_eq!(check(document.machine()), []);
}
