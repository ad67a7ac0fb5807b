//! `check`.

mod advice;
mod facts;
mod formats;
mod hostile;
mod silenced;
#[cfg(feature = "yaml")]
mod yaml;

use std::fs;
use std::path::Path;

use crate::workflows::broken;
use crate::{Bench, registry};

const NO_SUCH_STATE: &str = r#"{
  "StartAt": "First",
  "States": {
    "First": { "Type": "Pass", "Next": "Second" }
  }
}
"#;

const LOOPS: &str = r#"{
  "StartAt": "Again",
  "States": {
    "Again": { "Type": "Wait", "Seconds": 5, "Next": "Enough" },
    "Enough": {
      "Type": "Choice",
      "Choices": [{ "Variable": "$.done", "BooleanEquals": true, "Next": "Done" }],
      "Default": "Forever"
    },
    "Forever": { "Type": "Pass", "Next": "Forever" },
    "Done": { "Type": "Succeed" }
  }
}
"#;

const FINE: &str = r#"{ "StartAt": "Done", "States": { "Done": { "Type": "Succeed" } } }"#;

/// Source lines fit the screen; messages are as long as they are.
#[track_caller]
fn assert_sources_fit(said: &str) {
    let is_source = |line: &&str| line.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '|');
    for line in said.lines().filter(is_source) {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn workflows_without_mistakes_are_counted() {
    insta::assert_snapshot!(Bench::new().run("check").all(), @"
    2 workflows: no problems
    exit code 0
    ");
}

#[test]
fn mistakes_in_a_file_are_shown_with_its_lines() {
    let bench = Bench::new();
    bench.write("legacy/old.asl.json", NO_SUCH_STATE);
    insta::assert_snapshot!(bench.run("check legacy/old.asl.json hello").all(), @r#"
    1 workflow and 1 definition: 1 error in 1 file
    error[SW0204]: `Next` names `Second`, but there is no such state
     --> legacy/old.asl.json:4:40
      |
    4 |     "First": { "Type": "Pass", "Next": "Second" }
      |                                        ^^^^^^^^
      |
      = state: First
      = pointer: /States/First/Next

    exit code 1
    "#);
}

#[test]
fn a_file_that_is_no_json_is_shown() {
    let bench = Bench::new();
    bench.write("bad.asl.json", "{ \"StartAt\": \"A\",\n}");
    insta::assert_snapshot!(bench.run("check bad.asl.json").all(), @"
    1 definition: 1 error
    error[SW0601]: the definition is no JSON: trailing comma
     --> bad.asl.json:2:1
      |
    2 | }
      | ^
      |
      = help: remove the comma before the closing bracket

    exit code 1
    ");
}

#[test]
fn folders_are_searched() {
    let bench = Bench::new();
    bench.write("infra/a/one.asl.json", FINE);
    bench.write("infra/two.asl.json", NO_SUCH_STATE);
    bench.write("infra/looks_like_one.json", LOOPS);
    bench.write("infra/package.json", "{}");
    bench.write("infra/mentions.json", r#"{ "\"StartAt\"": 1, "Of": { "StartAt": "A", "States": {} } }"#);
    for left_out in [".git/a.asl.json", "target/a.asl.json", "node_modules/x/a.asl.json", ".a.asl.json"] {
        bench.write(&format!("infra/{left_out}"), "{");
    }
    fs::create_dir_all(bench.path("infra/folder.asl.json")).unwrap();
    let reply = bench.run("check infra");
    assert_eq!(reply.out, "3 definitions: 1 error, 1 warning in 2 files\n");
    assert_eq!(reply.code, 1);
    assert_eq!(bench.run("check infra infra/two.asl.json infra"), reply, "each file is checked once");
    assert_eq!(bench.run("check infra/target").code, 1, "a folder that is named is searched");
    fs::create_dir(bench.path("empty")).unwrap();
    insta::assert_snapshot!(bench.run("check empty").all());
}

#[test]
#[cfg(unix)]
fn links_that_lead_in_circles_or_nowhere_are_no_trap() {
    use std::os::unix::fs::symlink;

    let bench = Bench::new();
    bench.write("infra/a/one.asl.json", FINE);
    symlink(bench.path("infra"), bench.path("infra/a/up")).unwrap();
    symlink(bench.path("infra/a/one.asl.json"), bench.path("infra/linked.asl.json")).unwrap();
    assert_eq!(bench.run("check infra").all(), "2 definitions: no problems\nexit code 0\n");
    symlink(bench.path("nowhere"), bench.path("infra/lost.asl.json")).unwrap();
    insta::assert_snapshot!(bench.run("check infra").all());
}

#[test]
fn two_hundred_definitions_have_one_summary() {
    let bench = Bench::new();
    for number in 0..200 {
        let text = match number % 50 {
            0 => NO_SUCH_STATE,
            1 => LOOPS,
            _ => FINE,
        };
        bench.write(&format!("infra/{number}/machine.asl.json"), text);
    }
    let reply = bench.run("check infra");
    assert_eq!(reply.out, "200 definitions: 4 errors, 4 warnings in 8 files\n");
    assert_eq!(reply.err.matches("-->").count(), 8);
}

#[test]
fn what_cannot_be_read_is_named() {
    let bench = Bench::new();
    insta::assert_snapshot!(bench.run("check missing.asl.json").all(), @"
    error: cannot read `missing.asl.json`: No such file or directory (os error 2)
      = help: check the path; workflows are named without `.json`
    exit code 2
    ");
    bench.write("binary.asl.json", [0xff, 0x00, 0xfe]);
    insta::assert_snapshot!(bench.run("check binary.asl.json").all(), @"
    error: cannot read `binary.asl.json`: it is not UTF-8 text
      = help: a definition is a text file; save it as UTF-8
    exit code 2
    ");
}

#[test]
fn mistakes_in_rust_are_shown_with_their_lines() {
    let bench = Bench::new();
    // The source is found from the crate's folder or one above it.
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let reply = bench.run_on(registry(&home).with(broken()), "check broken");
    assert_eq!(reply.code, 1);
    assert!(reply.err.contains("s.pass(\"Twice\", name);"), "{}", reply.err);
    assert!(reply.err.contains("= state: Broken / Twice"), "{}", reply.err);
}
