//! `check --advice`.

use crate::Bench;

const HANGS: &str = r#"{
  "StartAt": "Work",
  "States": {
    "Work": { "Type": "Task", "Resource": "${Work}", "End": true }
  }
}
"#;

#[test]
fn advice_is_given_to_who_asks_for_it() {
    let bench = Bench::new();
    bench.write("x.asl.json", HANGS);
    assert_eq!(bench.run("check x.asl.json").out, "1 definition: no problems\n");
    insta::assert_snapshot!(bench.run("check x.asl.json --advice").all());
    assert_eq!(
        bench.run("check x.asl.json --advice --allow SW0801").out,
        "1 definition: no problems, 1 allowed\n"
    );
}

#[test]
fn advice_on_a_workflow_is_at_its_lines() {
    insta::assert_snapshot!(Bench::new().run("check --advice").all());
}

#[test]
fn a_comment_allows_what_it_advises_against() {
    let bench = Bench::new();
    bench.write("x.asl.json", HANGS.replace(r#""Type""#, r#""Comment": "stepwright: allow SW0801", "Type""#));
    assert_eq!(bench.run("check x.asl.json --advice").out, "1 definition: no problems, 1 allowed\n");
}
