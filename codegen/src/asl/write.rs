//! From the model to JSON.

use serde_json::Value;

use crate::asl::machine::StateMachine;
use crate::asl::object::Shape;

/// The machine as a JSON value, its fields in the order of emission.
pub fn to_value(machine: &StateMachine) -> Value {
    machine.write()
}

/// The machine as JSON text: two spaces of indentation, a line feed at the end, the same bytes for the same machine.
pub fn to_json(machine: &StateMachine) -> String {
    let text = serde_json::to_string_pretty(&to_value(machine));
    text.expect("invariant: a JSON value whose keys are texts can be written") + "\n"
}
