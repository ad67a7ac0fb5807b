//! A few cases for each target; the binary and libFuzzer try out as many as there is time for.

use std::path::Path;

use stepwright_fuzz::{Corpus, Target};

#[track_caller]
fn check(target: Target, seeds: std::ops::Range<u64>) {
    let mut corpus = Corpus::default();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/asl");
    corpus.add(&examples).expect("the emitted examples can be read");
    for seed in seeds {
        let result = target.try_out(&target.draw(seed, &corpus));
        result.unwrap_or_else(|message| panic!("{} {seed}: {message}", target.name()));
    }
}

#[test]
fn any_text_is_read_or_refused() {
    check(Target::Read, 0..300);
}

#[test]
fn definitions_are_checked() {
    check(Target::Check, 0..80);
}

#[test]
fn paths_and_calls_are_read_and_evaluated() {
    check(Target::Grammar, 0..250);
}

#[test]
fn expressions_are_checked() {
    check(Target::Jsonata, 0..60);
}

#[test]
fn diagnostics_are_shown() {
    check(Target::Diagnostics, 0..80);
}

#[test]
fn yaml_is_checked() {
    check(Target::Yaml, 0..60);
}

#[test]
fn a_case_follows_from_its_seed() {
    let corpus = Corpus::default();
    for target in Target::ALL {
        let case = target.draw(7, &corpus);
        assert_eq!(target.draw(7, &corpus), case);
        assert_eq!(target.mutate(&case, 3), target.mutate(&case, 3));
    }
}
