//! `preview`.

use crate::workflows::broken;
use crate::{Bench, registry};

#[test]
fn the_definition_is_shown() {
    let bench = Bench::new();
    assert_eq!(bench.run("preview Hello").out, bench.run("gen hello --stdout").out);
}

#[test]
fn colours_are_used_if_asked_for() {
    let bench = Bench::new();
    let plain = bench.run("preview hello --color never").out;
    assert!(!plain.contains('\u{1b}'));
    let colourful = bench.run("preview hello --color always").out;
    assert!(colourful.contains("\u{1b}[1m\u{1b}[34m\"StartAt\"\u{1b}[0m"), "{colourful:?}");
    assert_eq!(anstream::adapter::strip_str(&colourful).to_string(), plain);
}

#[test]
fn a_workflow_with_errors_has_no_preview() {
    let bench = Bench::new();
    let reply = bench.run_on(registry(bench.folder.path()).with(broken()), "preview broken");
    assert_eq!((reply.out.as_str(), reply.code), ("", 1));
    assert!(reply.err.contains("error[SW0201]"), "{}", reply.err);
}
