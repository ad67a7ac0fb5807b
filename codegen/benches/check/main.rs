//! How long it takes to read, check and write a definition, by its shape and its number of states.
//!
//! `cargo bench -p stepwright-codegen --bench check`; compare the rows of one run, because machines are noisy. The aims: 1,000
//! states are checked in 3 ms, 10,000 in less than 12 times of that, and to read, check and write a definition takes less than
//! 10 times of what `serde_json` needs to parse and print the same text.

mod machines;

use divan::Bencher;
use stepwright_codegen::asl::{self, StateMachine};
use stepwright_codegen::check;
use stepwright_codegen::diagnostic::Code;

use machines::{Case, cases};

fn main() {
    divan::main();
}

#[divan::bench(args = cases())]
fn read(bencher: Bencher<'_, '_>, case: Case) {
    let text = case.text();
    bencher.bench_local(|| asl::read(&text).expect("it is a state machine"));
}

/// Correct machines are what matters. The largest are longer than a definition may be.
fn assert_is_correct(machine: &StateMachine) {
    let findings = check::check(machine);
    assert!(findings.iter().all(|finding| finding.code == Code::DefinitionSize), "{findings:?}");
}

#[divan::bench(args = cases())]
fn check_only(bencher: Bencher<'_, '_>, case: Case) {
    let document = asl::read(&case.text()).expect("it is a state machine");
    assert_is_correct(document.machine());
    bencher.bench_local(|| check::check(document.machine()));
}

#[divan::bench(args = cases())]
fn write(bencher: Bencher<'_, '_>, case: Case) {
    let document = asl::read(&case.text()).expect("it is a state machine");
    bencher.bench_local(|| asl::to_json(document.machine()));
}

#[divan::bench(args = cases())]
fn check_and_emit(bencher: Bencher<'_, '_>, case: Case) {
    let document = asl::read(&case.text()).expect("it is a state machine");
    bencher.bench_local(|| (check::check(document.machine()), asl::to_json(document.machine())));
}

#[divan::bench(args = cases())]
fn read_check_and_emit(bencher: Bencher<'_, '_>, case: Case) {
    let text = case.text();
    bencher.bench_local(|| {
        let document = asl::read(&text).expect("it is a state machine");
        (check::check(document.machine()), asl::to_json(document.machine()))
    });
}

/// What the others are measured by.
#[divan::bench(args = cases())]
fn serde_json_parse_and_print(bencher: Bencher<'_, '_>, case: Case) {
    let text = case.text();
    bencher.bench_local(|| {
        let value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        serde_json::to_string_pretty(&value).expect("it can be written")
    });
}
