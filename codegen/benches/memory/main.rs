//! How much memory it takes to check a definition, by its shape and its number of states: `max alloc` of each row.
//!
//! `cargo bench -p stepwright-codegen --bench memory`. The figures do not depend on the machine; ten times as many states should take
//! about ten times as much. Times are those of `--bench check`, as counting costs some.

#[path = "../check/machines.rs"]
mod machines;

use divan::{AllocProfiler, Bencher};
use stepwright_codegen::{asl, check};

use machines::{Case, cases};

#[global_allocator]
static COUNTED: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

#[divan::bench(args = cases(), sample_count = 3, sample_size = 1)]
fn check_only(bencher: Bencher<'_, '_>, case: Case) {
    let document = asl::read(&case.text()).expect("it is a state machine");
    bencher.bench_local(|| check::check(document.machine()));
}
