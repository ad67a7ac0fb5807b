//! `list`.

use crate::workflows::broken;
use crate::{Bench, registry};

#[test]
fn each_workflow_has_a_row_and_the_first_line_of_its_comment() {
    insta::assert_snapshot!(Bench::new().run("list").all(), @"
    WORKFLOW         STATES  LANGUAGE  TYPE      DEFINED AT
    hello                 1  JSONata   STANDARD  xtask/tests/it/workflows.rs:9
      Says hello.
    nightly-release       4  JSONPath  STANDARD  xtask/tests/it/workflows.rs:35
      Builds, signs and announces a release.
    exit code 0
    ");
}

#[test]
fn a_workflow_that_does_not_compile_is_listed() {
    let bench = Bench::new();
    let registry = registry(bench.folder.path()).with(broken());
    insta::assert_snapshot!(bench.run_on(registry, "list").all(), @"
    WORKFLOW         STATES  LANGUAGE  TYPE      DEFINED AT
    hello                 1  JSONata   STANDARD  xtask/tests/it/workflows.rs:9
      Says hello.
    nightly-release       4  JSONPath  STANDARD  xtask/tests/it/workflows.rs:35
      Builds, signs and announces a release.
    broken                -  JSONata   STANDARD  xtask/tests/it/workflows.rs:44
      Has two states of one name.
    warning: `broken` does not compile
      = help: run `cargo xtask check broken`
    exit code 0
    ");
}
