//! From findings to diagnostics: in a file, and in the Rust code that a machine comes from.

use stepwright_codegen::asl;
use stepwright_codegen::check::check;
use stepwright_codegen::diagnostic::{
    Code, Diagnostic, Diagnostics, NoSources, SourceLocation, Style, in_rust, render,
};

const DEFINITION: &str = r#"{
  "StartAt": "Pack",
  "States": {
    "Pack": {
      "Type": "Parallel",
      "Branches": [
        { "StartAt": "Weigh", "States": { "Weigh": { "Type": "Pass", "Next": "Ship" } } }
      ],
      "Retry": [
        { "ErrorEquals": ["Busy"] },
        { "ErrorEquals": ["Busy", "States.Timeot"] }
      ],
      "Next": "Ship"
    },
    "Ship": { "Type": "Succeed", "Output": "{% $states.input %}" },
    "Bill": { "Type": "Wait", "Seconds": 5, "SecondsPath": "$.s", "End": true }
  }
}"#;

#[test]
fn findings_in_a_file_show_its_lines() {
    let document = asl::read(DEFINITION).expect("it can be read");
    let diagnostics = document.diagnose(check(document.machine()), Some("order.asl.json"));
    let sources = |_: &str| Some(DEFINITION.to_owned());
    insta::assert_snapshot!(render(&diagnostics, &sources, Style::Plain));
}

fn rust(line: u32) -> SourceLocation {
    SourceLocation::Rust { file: "src/order.rs".into(), line, column: 7 }
}

#[test]
fn findings_in_rust_name_the_lines_of_their_states() {
    let document = asl::read(DEFINITION).expect("it can be read");
    let locate = |state: Option<&str>| match state {
        None => Some(rust(1)),
        Some("Pack") => Some(rust(2)),
        Some("Weigh") => Some(rust(3)),
        Some(_) => None,
    };
    let diagnostics = in_rust(check(document.machine()), "OrderFulfilment", locate);
    insta::assert_snapshot!(render(&diagnostics, &NoSources, Style::Plain));
}

#[test]
fn diagnostics_are_sorted_and_each_is_kept_once() {
    let at = |line, message: &str| Diagnostic::error(Code::UnreachableState, message).at(rust(line));
    let mut diagnostics: Diagnostics = [at(9, "c"), at(2, "b"), at(2, "a")].into_iter().collect();
    diagnostics.extend([at(2, "b"), Diagnostic::warning(Code::EndlessLoop, "d")]);
    let messages: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
    assert_eq!(messages, ["d", "b", "a", "c"]);
    assert_eq!((diagnostics.errors().count(), diagnostics.warnings().count()), (3, 1));
}
