//! `check` on files that nobody would call a definition.

use std::fmt::Write as _;
use std::fs;

use super::{FINE, NO_SUCH_STATE, assert_sources_fit};
use crate::Bench;

/// What `check` says of a file with this content, in lines that fit the screen.
#[track_caller]
fn said(content: impl AsRef<[u8]>) -> String {
    let bench = Bench::new();
    bench.write("x.asl.json", content);
    let said = bench.run("check x.asl.json").all();
    assert_sources_fit(&said);
    said
}

#[test]
fn nothing() {
    insta::assert_snapshot!(said(""));
    insta::assert_snapshot!(said("\r\n \n"));
}

#[test]
#[cfg(unix)]
fn a_pipe_in_a_folder_is_not_waited_for() {
    let bench = Bench::new();
    bench.write("infra/a.asl.json", FINE);
    let made = std::process::Command::new("mkfifo").arg(bench.path("infra/pipe.asl.json")).status();
    if made.is_ok_and(|status| status.success()) {
        assert_eq!(bench.run("check infra").out, "1 definition: no problems\n");
    }
}

#[test]
fn other_json() {
    insta::assert_snapshot!(said("[1, 2]"));
    insta::assert_snapshot!(said("null"));
}

#[test]
fn broken_json() {
    insta::assert_snapshot!(said("{ \"StartAt\": \"A\", \"States\": { \"A"));
    insta::assert_snapshot!(said("{ \"StartAt\": \"A\", // first\n}"));
}

#[test]
fn other_encodings() {
    let utf_16: Vec<u8> = FINE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    insta::assert_snapshot!(said([&[0xff, 0xfe], utf_16.as_slice()].concat()));
    insta::assert_snapshot!(said(format!("\u{feff}{NO_SUCH_STATE}")));
}

#[test]
fn line_ends_of_windows_and_tabs() {
    let text = NO_SUCH_STATE.replace('\n', "\r\n").replace("  ", "\t");
    insta::assert_snapshot!(said(text));
    insta::assert_snapshot!(said("{ \"a\r\n\": 1 }"));
}

#[test]
fn wide_and_invisible_characters() {
    insta::assert_snapshot!(said(NO_SUCH_STATE.replace("First", "日本\\u0007\u{200b}👩‍👩‍👧e\u{301}")));
}

#[test]
fn a_line_of_a_megabyte() {
    let mut text = String::from(r#"{"StartAt":"S0","States":{"#);
    for number in 0..20_000 {
        write!(text, r#""S{number}":{{"Type":"Pass","Next":"S{}"}},"#, number + 1).unwrap();
    }
    text.push_str(r#""S20000":{"Type":"Pass","Next":"Nowhere"},"End":{"Type":"Succeed"}}}"#);
    insta::assert_snapshot!(said(text));
}

#[test]
fn many_findings_in_one_line() {
    let mut text = String::from(r#"{"StartAt":"S0","States":{"#);
    for number in 0..1_000 {
        write!(text, r#""S{number}":{{"Type":"Pass","Next":"Missing {number}"}},"#).unwrap();
    }
    text.push_str(r#""End":{"Type":"Succeed"}}}"#);
    let said = said(text);
    assert!(said.matches("error[").count() >= 1_000);
}

#[test]
fn ten_thousand_levels() {
    insta::assert_snapshot!(said("[".repeat(10_000)));
    insta::assert_snapshot!(said(format!("{}1{}", "{\"States\":".repeat(10_000), "}".repeat(10_000))));
}

#[test]
fn a_folder_with_the_name_of_a_definition() {
    let bench = Bench::new();
    fs::create_dir(bench.path("x.asl.json")).unwrap();
    assert_eq!(bench.run("check x.asl.json").code, 2);
    bench.write("x.asl.json/y.asl.json", FINE);
    assert_eq!(bench.run("check x.asl.json").out, "1 definition: no problems\n");
}

#[test]
fn what_cannot_be_read_does_not_keep_the_others_from_being_checked() {
    let bench = Bench::new();
    bench.write("a.asl.json", [0xff, 0x00]);
    bench.write("b.asl.json", NO_SUCH_STATE);
    insta::assert_snapshot!(bench.run("check a.asl.json b.asl.json c.asl.json").all());
}

#[test]
#[cfg(unix)]
fn no_permission() {
    use std::os::unix::fs::PermissionsExt;

    let bench = Bench::new();
    bench.write("infra/a.asl.json", FINE);
    bench.write("infra/locked/b.asl.json", FINE);
    let locked = bench.path("infra/locked");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    let reply = bench.run("check infra");
    let is_root = fs::read_dir(&locked).is_ok();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o700)).unwrap();
    if !is_root {
        assert_eq!((reply.out.as_str(), reply.code), ("1 definition: no problems\n", 2));
        assert!(reply.err.starts_with("error: cannot read the folder `infra/locked`"), "{}", reply.err);
    }
}
