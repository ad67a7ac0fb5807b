//! How long a compilation takes, by the size of the workflow: the time per state should stay flat.
//!
//! `cargo bench -p stepwright-codegen`; compare the rows of one run, because machines are noisy.

use std::cell::Cell;

use divan::Bencher;
use stepwright::prelude::*;
use stepwright_codegen::{asl, check, compile_plan};

fn main() {
    divan::main();
}

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
struct Work {
    text: String,
    done: bool,
}

errors! {
    Declined;
}

const RETRY: RetryPolicy =
    RetryPolicy::new(&[Retrier::on(&[States::ALL]).interval_seconds(5).max_attempts(5)]);

#[task(lambda = "${Work}")]
fn work(text: String) -> Work;

thread_local!(static STATES: Cell<usize> = const { Cell::new(0) });

/// Tasks with Retry and Catch, each reading the one before, and a Choice after every one of them.
fn chain(s: &mut Scope, mut text: Ref<String>) -> Ref<String> {
    for n in 0..STATES.get() / 2 {
        let done = s.task(
            work(text)
                .named(format!("Work{n}"))
                .retry(RETRY)
                .catch(Declined, |s, error| s.fail_as(format!("Declined{n}"), error.error, "declined")),
        );
        s.choice(format!("IsDone{n}"))
            .when(cond!(!done.done), |s| s.fail_as(format!("Undone{n}"), "Undone", "not done"))
            .otherwise(|_| ());
        text = done.text;
    }
    s.pass("Last", fmt!("{}!", text))
}

#[workflow]
fn jsonata(s: &mut Scope, text: Ref<String>) -> Ref<String> {
    chain(s, text)
}

#[workflow(query_language = "JSONPath")]
fn jsonpath(s: &mut Scope, text: Ref<String>) {
    chain(s, text);
}

const SIZES: [usize; 4] = [10, 100, 1000, 10_000];

#[divan::bench(args = SIZES)]
fn trace(bencher: Bencher<'_, '_>, states: usize) {
    STATES.set(states);
    bencher.bench_local(|| jsonata().plan());
}

#[divan::bench(args = SIZES)]
fn compile_jsonata(bencher: Bencher<'_, '_>, states: usize) {
    STATES.set(states);
    let plan = jsonata().plan();
    bencher.bench_local(|| compile_plan(&plan).expect("the workflow compiles"));
}

#[divan::bench(args = SIZES)]
fn compile_jsonpath(bencher: Bencher<'_, '_>, states: usize) {
    STATES.set(states);
    let plan = jsonpath().plan();
    bencher.bench_local(|| compile_plan(&plan).expect("the workflow compiles"));
}

#[divan::bench(args = SIZES)]
fn check_only(bencher: Bencher<'_, '_>, states: usize) {
    STATES.set(states);
    let machine = compile_plan(&jsonata().plan()).map(|compiled| compiled.machine).unwrap_or_default();
    bencher.bench_local(|| check::check(&machine).len());
}

#[divan::bench(args = SIZES)]
fn write_only(bencher: Bencher<'_, '_>, states: usize) {
    STATES.set(states);
    let machine = compile_plan(&jsonata().plan()).map(|compiled| compiled.machine).unwrap_or_default();
    bencher.bench_local(|| asl::to_json(&machine).len());
}
