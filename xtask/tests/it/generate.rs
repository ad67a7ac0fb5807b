//! `gen`.

use std::fs;

use stepwright::Registry;
use stepwright_codegen::asl;

use crate::workflows::{broken, hello};
use crate::{Bench, registry};

#[test]
fn definitions_are_written_once() {
    let bench = Bench::new();
    insta::assert_snapshot!(bench.run("gen").all(), @"
    WORKFLOW         STATES  SUBSTITUTIONS    SIZE  FILE
    hello                 1              0   220 B  asl/hello.asl.json
    nightly-release       4              3  1.8 kB  asl/nightly-release.asl.json
    2 files written, 0 unchanged
    exit code 0
    ");
    let document = asl::read(&bench.read("asl/hello.asl.json")).unwrap();
    assert_eq!(document.machine().start_at, "Greet");

    let written = fs::metadata(bench.path("asl/hello.asl.json")).unwrap().modified().unwrap();
    insta::assert_snapshot!(bench.run("gen hello").all(), @"
    WORKFLOW  STATES  SUBSTITUTIONS   SIZE  FILE
    hello          1              0  220 B  asl/hello.asl.json
    0 files written, 1 unchanged
    exit code 0
    ");
    assert_eq!(fs::metadata(bench.path("asl/hello.asl.json")).unwrap().modified().unwrap(), written);
    assert_eq!(fs::read_dir(bench.path("asl")).unwrap().count(), 2, "nothing is left beside the files");
}

#[cfg(unix)]
#[test]
fn others_may_read_what_is_written() {
    use std::os::unix::fs::PermissionsExt;

    let bench = Bench::new();
    bench.run("gen");
    bench.write("ordinary", "");
    let mode = |name| fs::metadata(bench.path(name)).unwrap().permissions().mode();
    assert_eq!(mode("asl/hello.asl.json"), mode("ordinary"));
}

#[test]
fn another_folder_is_made() {
    let bench = Bench::new();
    assert_eq!(bench.run("gen hello --out deploy/asl").code, 0);
    assert!(bench.path("deploy/asl/hello.asl.json").is_file());
    assert!(!bench.path("deploy/asl/nightly-release.asl.json").exists());
}

#[test]
fn fresh_files_pass() {
    let bench = Bench::new();
    bench.run("gen");
    insta::assert_snapshot!(bench.run("gen --check").all(), @"
    2 files are up to date
    exit code 0
    ");
}

#[test]
fn missing_files_are_named() {
    let bench = Bench::new();
    insta::assert_snapshot!(bench.run("gen --check").all(), @"
    missing: asl/hello.asl.json
    missing: asl/nightly-release.asl.json
    run
      cargo xtask gen
    exit code 1
    ");
    assert!(!bench.path("asl").exists(), "nothing is written");
}

#[test]
fn stale_files_are_shown_where_they_differ() {
    let bench = Bench::new();
    bench.run("gen --out deploy");
    let stale = bench.read("deploy/hello.asl.json").replace("Greet", "Meet");
    bench.write("deploy/hello.asl.json", &stale);
    insta::assert_snapshot!(bench.run("gen hello --check --out deploy").all(), @r#"
    stale: deploy/hello.asl.json, from line 4 on:
      - "StartAt": "Meet",
      + "StartAt": "Greet",
    run
      cargo xtask gen hello --out deploy
    exit code 1
    "#);
    assert_eq!(bench.read("deploy/hello.asl.json"), stale, "nothing is written");

    bench.write("deploy/hello.asl.json", [0xff]);
    assert_eq!(bench.run("gen hello --check --out deploy").code, 1);
}

#[test]
fn definitions_of_no_workflow_are_named() {
    let bench = Bench::new();
    bench.run("gen");
    bench.write("asl/old.asl.json", "{}");
    bench.write("asl/README.md", "");
    insta::assert_snapshot!(bench.run("gen --check").all(), @"
    stray: asl/old.asl.json belongs to no workflow
    run
      rm asl/old.asl.json
    exit code 1
    ");
    insta::assert_snapshot!(bench.run("gen").err, @"
    warning: `asl/old.asl.json` belongs to no workflow
      = help: delete it: `rm asl/old.asl.json`
    ");
    assert_eq!(bench.run("gen hello --check").code, 0, "only what is named is looked at");
}

#[test]
fn the_output_is_pure_json() {
    let bench = Bench::new();
    let one = bench.run("gen hello --stdout");
    assert_eq!((one.err.as_str(), one.code), ("", 0));
    assert_eq!(asl::read(&one.out).unwrap().machine().start_at, "Greet");

    let all: serde_json::Value = serde_json::from_str(&bench.run("gen --stdout").out).unwrap();
    let names: Vec<&String> = all.as_object().unwrap().keys().collect();
    assert_eq!(names, ["hello", "nightly-release"]);
    assert_eq!(asl::read(&all["hello"].to_string()).unwrap(), asl::read(&one.out).unwrap());
    assert!(!bench.path("asl").exists(), "nothing is written");
}

#[test]
fn nothing_is_written_if_a_workflow_has_errors() {
    let bench = Bench::new();
    let reply = bench.run_on(registry(bench.folder.path()).with(broken()), "gen");
    assert_eq!((reply.out.as_str(), reply.code), ("", 1));
    assert!(reply.err.contains("error[SW0201]"), "{}", reply.err);
    assert!(!bench.path("asl").exists());
}

#[test]
fn a_folder_in_the_way_is_told() {
    let bench = Bench::new();
    fs::create_dir_all(bench.path("asl/hello.asl.json")).unwrap();
    insta::assert_snapshot!(bench.run("gen").all(), @"
    error: a folder is in the way of the file `asl/hello.asl.json`
      = help: move the folder away, or choose another place with `--out`
    exit code 2
    ");
}

#[test]
fn a_file_in_place_of_the_folder_is_told() {
    let bench = Bench::new();
    bench.write("asl", "");
    insta::assert_snapshot!(bench.run("gen").all(), @"
    error: `asl` is a file, but definitions go into a folder
      = help: move the file away, or choose a folder with `--out`
    exit code 2
    ");
}

#[test]
fn two_workflows_of_one_name_are_told() {
    let bench = Bench::new();
    let twice = Registry::new(bench.folder.path()).with(hello()).with(hello());
    let reply = bench.run_on(twice, "gen");
    assert_eq!(reply.code, 2);
    assert!(reply.err.starts_with("error: two workflows are called `hello`\n"), "{}", reply.err);
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_is_named() {
    let bench = Bench::new();
    // Nobody can make files there, whatever their rights.
    let reply = bench.run("gen --out /proc/self/fdinfo/asl");
    assert_eq!(reply.code, 2);
    assert!(reply.err.contains("cannot write `/proc/self/fdinfo/asl/hello.asl.json`"), "{}", reply.err);
}
