//! What the tests share: a machine from its text, and a check of the whole history.

use serde_json::Value;
use stepwright_codegen::asl::{self, StateMachine};
use stepwright_sim::Execution;

/// A machine from JSON.
#[track_caller]
pub(crate) fn machine(definition: &Value) -> StateMachine {
    asl::read(&definition.to_string()).expect("the definition is well-formed").into_machine()
}

/// Compares the lines of a timeline, each without the space around it.
#[track_caller]
pub(crate) fn check_timeline(execution: &Execution, expected: &str) {
    let lines = |text: &str| {
        text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    };
    let (simulated, expected): (Vec<_>, Vec<_>) = (lines(&execution.history.to_string()), lines(expected));
    assert_eq!(simulated, expected, "\n{}", execution.history);
}
