//! `check`.

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

const FINE: &str = r#"{ "StartAt": "Done", "States": { "Done": { "Type": "Succeed" } } }"#;

#[test]
fn workflows_without_mistakes_are_counted() {
    insta::assert_snapshot!(Bench::new().run("check").all(), @"
    checked 2 workflows: no problems
    exit code 0
    ");
}

#[test]
fn mistakes_in_a_file_are_shown_with_its_lines() {
    let bench = Bench::new();
    bench.write("legacy/old.asl.json", NO_SUCH_STATE);
    insta::assert_snapshot!(bench.run("check legacy/old.asl.json hello").all(), @r#"
    checked 1 workflow and 1 file
    error[SW0204]: `Next` names `Second`, but there is no such state
     --> legacy/old.asl.json:4:40
      |
    4 |     "First": { "Type": "Pass", "Next": "Second" }
      |                                        ^^^^^^^^
      |
      = state: First
      = pointer: /States/First/Next

    error: 1 problem
    exit code 1
    "#);
}

#[test]
fn a_file_that_is_no_json_is_shown() {
    let bench = Bench::new();
    bench.write("bad.asl.json", "{ \"StartAt\": \"A\",\n}");
    insta::assert_snapshot!(bench.run("check bad.asl.json").all(), @"
    checked 1 file
    error[SW0601]: the definition is no JSON: trailing comma
     --> bad.asl.json:2:1
      |
    2 | }
      | ^
      |
      = help: remove the comma before the closing bracket

    error: 1 problem
    exit code 1
    ");
}

#[test]
fn folders_are_searched() {
    let bench = Bench::new();
    bench.write("infra/a/one.asl.json", FINE);
    bench.write("infra/two.asl.json", FINE);
    bench.write("infra/package.json", "{}");
    assert_eq!(bench.run("check infra").out, "checked 2 files: no problems\n");
    fs::create_dir(bench.path("empty")).unwrap();
    insta::assert_snapshot!(bench.run("check empty").all(), @"
    error: the folder `empty` has no `*.asl.json` files
      = help: name the files themselves if theirs are other names
    exit code 2
    ");
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
      = help: a definition is a JSON file; save it as UTF-8
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
