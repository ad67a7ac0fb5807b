//! What the benchmarks measure: correct machines.

#[path = "../../benches/check/machines.rs"]
mod machines;

use stepwright_codegen::{asl, check};

#[test]
fn the_machines_of_the_benchmarks_have_no_findings() {
    let small: Vec<_> = machines::cases().filter(|case| case.to_string().ends_with(" 00100")).collect();
    assert!(small.len() >= 5);
    for case in small {
        let document = asl::read(&case.text()).expect("it is a state machine");
        let findings = check::check(document.machine());
        assert!(findings.is_empty(), "{case}: {findings:?}");
    }
}
