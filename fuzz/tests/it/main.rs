//! A fixed number of random cases; the binary of this crate tries out as many as there is time for.

mod targets;

use std::path::Path;
use std::process::Command;

use stepwright_fuzz::{Case, Corpus, Drawer, Outcome, shrink, try_out};

/// Tries a number of cases out; how many of them were executions.
fn try_seeds(seeds: std::ops::Range<u64>, corpus: &Corpus) -> usize {
    let outcomes = seeds.map(|seed| {
        let outcome = try_out(&Case::of(seed, corpus));
        outcome.unwrap_or_else(|message| panic!("seed {seed}: {message}"))
    });
    outcomes.filter(|outcome| matches!(outcome, Outcome::Succeeded | Outcome::Failed)).count()
}

#[test]
fn random_machines_end_and_repeat() {
    let ran = try_seeds(0..120, &Corpus::default());
    assert!(ran > 60, "only {ran} cases could be run");
}

#[test]
fn mutated_definitions_end_and_repeat() {
    let mut corpus = Corpus::default();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/asl");
    corpus.add(&examples).expect("the emitted examples can be read");
    assert!(!corpus.definitions().is_empty());
    // Those with an odd seed are mutations.
    try_seeds(10_000..10_060, &corpus);
}

#[test]
fn a_seed_draws_one_machine() {
    assert_eq!(Drawer::new(7).machine(), Drawer::new(7).machine());
    assert_ne!(Drawer::new(7).machine(), Drawer::new(8).machine());
}

#[test]
fn what_does_not_fail_is_not_shrunk() {
    let case = Case::of(1, &Corpus::default());
    assert_eq!(shrink(&case, "no such failure"), case);
}

#[test]
fn the_search_says_what_it_tried() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stepwright-fuzz"));
    let output = command.args(["--seed", "200", "--cases", "3"]).output().expect("the program starts");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.starts_with("3 cases: ") && text.ends_with("\n0 failures\n"), "{text}");
    assert!(output.status.success());
}
