//! `check --format` and `--color`.

use super::{FINE, LOOPS, NO_SUCH_STATE};
use crate::Bench;

fn bench() -> Bench {
    let bench = Bench::new();
    bench.write("infra/loops, 100%.asl.json", LOOPS);
    bench.write("infra/old.asl.json", NO_SUCH_STATE);
    bench
}

#[test]
fn people_read_source_lines_and_a_summary() {
    insta::assert_snapshot!(bench().run("check infra").all());
}

#[test]
fn programs_read_an_object_a_line() {
    let reply = bench().run("check infra --format json --color always");
    insta::assert_snapshot!(reply.all());
    for line in reply.out.lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
}

#[test]
fn github_reads_commands() {
    insta::assert_snapshot!(bench().run("check infra --format github --color always").all());
}

#[test]
fn code_scanning_reads_sarif() {
    let reply = bench().run("check infra --format sarif --color always");
    insta::assert_snapshot!(reply.all());
    serde_json::from_str::<serde_json::Value>(&reply.out).unwrap();
}

#[test]
fn the_rules_of_sarif_are_listed_once_and_found() {
    let bench = bench();
    bench.write("infra/older.asl.json", NO_SUCH_STATE);
    let log: serde_json::Value = serde_json::from_str(&bench.run("check infra --format sarif").out).unwrap();
    let run = &log["runs"][0];
    assert_eq!(run["results"].as_array().unwrap().len(), 3);
    assert_eq!(run["tool"]["driver"]["rules"].as_array().unwrap().len(), 2);
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    }
}

#[test]
fn programs_are_told_that_all_is_well() {
    let bench = Bench::new();
    bench.write("fine.asl.json", FINE);
    assert_eq!(bench.run("check fine.asl.json --format json").all(), "exit code 0\n");
    assert_eq!(bench.run("check fine.asl.json --format github").all(), "exit code 0\n");
    let log: serde_json::Value =
        serde_json::from_str(&bench.run("check fine.asl.json --format sarif").out).unwrap();
    assert_eq!(log["runs"][0]["results"], serde_json::json!([]));
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn programs_are_told_what_cannot_be_read() {
    let bench = bench();
    let json = bench.run("check infra missing.json --format json");
    assert_eq!((json.out.lines().count(), json.code), (2, 2));
    let github = bench.run("check infra missing.json --format github");
    assert!(github.out.lines().any(|line| line.starts_with("::error::cannot read `missing.json`: ")));
    let sarif = bench.run("check infra missing.json --format sarif");
    let log: serde_json::Value = serde_json::from_str(&sarif.out).unwrap();
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn colours_are_for_people_who_want_them() {
    let bench = bench();
    assert!(bench.run("check infra --color always").err.contains("\u{1b}["));
    assert!(!bench.run("check infra --color never").err.contains('\u{1b}'));
    assert!(!bench.run("check infra").err.contains('\u{1b}'), "this is no screen");
}
