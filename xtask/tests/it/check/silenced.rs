//! `check --deny`, `--allow`, and comments that allow.

use clap::Parser;
use stepwright_xtask::Flags;

use super::{LOOPS, NO_SUCH_STATE};
use crate::Bench;

fn bench(text: &str) -> Bench {
    let bench = Bench::new();
    bench.write("x.asl.json", text);
    bench
}

#[test]
fn warnings_are_no_problem_unless_they_are_denied() {
    let bench = bench(LOOPS);
    let reply = bench.run("check x.asl.json");
    assert_eq!((reply.out.as_str(), reply.code), ("1 definition: 1 warning\n", 0));
    let reply = bench.run("check x.asl.json --deny warnings");
    assert_eq!((reply.out.as_str(), reply.code), ("1 definition: 1 error\n", 1));
}

#[test]
fn a_warning_is_allowed() {
    let bench = bench(LOOPS);
    let expect = "1 definition: no problems, 1 allowed\nexit code 0\n";
    assert_eq!(bench.run("check x.asl.json --deny warnings --allow SW0206").all(), expect);
    assert_eq!(bench.run("check x.asl.json --allow SW0404,sw0206 --allow SW0480").all(), expect);
    assert_eq!(bench.run("check x.asl.json --allow SW0404").out, "1 definition: 1 warning\n");
}

#[test]
fn an_error_cannot_be_allowed() {
    insta::assert_snapshot!(bench(NO_SUCH_STATE).run("check x.asl.json --allow SW0204").all());
}

#[test]
fn an_unknown_code_is_answered_with_a_near_one() {
    let bench = bench(LOOPS);
    for code in ["SW0216", "206", "EndlessLoop", "loops"] {
        insta::assert_snapshot!(bench.run(&format!("check x.asl.json --allow {code}")).all());
    }
}

#[test]
fn a_word_that_is_no_level_is_refused() {
    let error = Flags::try_parse_from(["xtask", "check", "--deny", "everything"]).unwrap_err();
    assert_eq!(error.exit_code(), 2);
}

#[test]
fn a_comment_allows_what_is_inside_of_it() {
    let allowed = "1 definition: no problems, 1 allowed\nexit code 0\n";
    let of_the_state = r#""Forever": { "Comment": "stepwright: allow SW0404, SW0206: stopped by hand","#;
    let text = LOOPS.replace(r#""Forever": {"#, of_the_state);
    assert_eq!(bench(&text).run("check x.asl.json").all(), allowed);
    let text = LOOPS.replacen('{', r#"{ "Comment": "Waits. stepwright: allow SW0206","#, 1);
    assert_eq!(bench(&text).run("check x.asl.json").all(), allowed);
}

#[test]
fn a_comment_allows_nothing_else() {
    let one_warning = "1 definition: 1 warning\n";
    let text = LOOPS.replace(r#""Done": {"#, r#""Done": { "Comment": "stepwright: allow SW0206","#);
    assert_eq!(bench(&text).run("check x.asl.json").out, one_warning);
    let text = LOOPS.replacen('{', r#"{ "Comment": "stepwright: allow SW0404 not SW0206","#, 1);
    assert_eq!(bench(&text).run("check x.asl.json").out, one_warning);
    let text = NO_SUCH_STATE.replacen('{', r#"{ "Comment": "stepwright: allow SW0204","#, 1);
    assert_eq!(bench(&text).run("check x.asl.json").code, 1);
}

#[test]
fn a_comment_that_allows_an_unknown_code_is_told() {
    let text = LOOPS.replacen('{', r#"{ "Comment": "stepwright: allow SW0216, SW0206.","#, 1);
    insta::assert_snapshot!(bench(&text).run("check x.asl.json").all());
}
