//! From the model to JSON.

use std::io::{self, Write};

use serde_json::Value;

use crate::asl::machine::StateMachine;
use crate::asl::object::Written;

/// The machine as a JSON value, its fields in the order of emission.
pub fn to_value(machine: &StateMachine) -> Value {
    serde_json::to_value(Written(machine)).expect("invariant: what is written has texts for keys")
}

/// The machine as JSON text: two spaces of indentation, a line feed at the end, the same bytes for the same machine.
pub fn to_json(machine: &StateMachine) -> String {
    let text = serde_json::to_string_pretty(&Written(machine));
    text.expect("invariant: a JSON value whose keys are texts can be written") + "\n"
}

/// Writes the machine as JSON text without white space.
pub(crate) fn write_compact(machine: &StateMachine, out: impl Write) -> io::Result<()> {
    Ok(serde_json::to_writer(out, &Written(machine))?)
}
