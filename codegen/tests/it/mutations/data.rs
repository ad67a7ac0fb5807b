//! Data that is lost or of another type than what reads it takes: `SW07xx`.
//!
//! The data of the examples is hardly known: their input is any, and functions answer anything. So most of these defects are seeded
//! into the machines of `machines/`, of which the schema of the input is known.

pub(super) mod choices;
pub(super) mod expressions;
pub(super) mod lost;
pub(super) mod operands;
pub(super) mod reads;
pub(super) mod types;
pub(super) mod undeclared;
pub(super) mod ways;

use super::definition::{Definition, State};
use super::mutant::{Mutant, escaped};
use super::places::Text;

/// The states of which the data is known, without those in JSONata.
fn known(it: &Definition) -> Vec<State<'_>> {
    let states = it.states().into_iter().filter(|state| !state.is_jsonata);
    states.filter(|_| it.has_known_input).collect()
}

/// Every text in states of which the data is known.
fn with_reads(it: &Definition, seed: impl Fn(&State<'_>, &Text<'_>) -> Option<Mutant>) -> Vec<Mutant> {
    let states = known(it);
    let texts = states.iter().flat_map(|state| state.texts().into_iter().map(move |text| (state, text)));
    texts.filter_map(|(state, text)| seed(state, &text)).collect()
}

/// Where a Path, or what is below it, is read.
fn readers(it: &Definition, path: &str) -> Vec<String> {
    let mut readers = Vec::new();
    for text in it.states().iter().flat_map(State::texts) {
        let mut rests = text.content.match_indices(path).map(|(at, _)| &text.content[at + path.len()..]);
        let is_read =
            rests.any(|rest| !rest.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_'));
        if is_read {
            readers.push(text.pointer);
        }
    }
    readers
}

/// Changes the members of what is put at a `ResultPath`, where exactly one text reads the member.
fn with_members(it: &Definition, field: &str, seed: impl Fn(String, &str) -> Mutant) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for state in known(it) {
        let Some(path) = state.text("ResultPath") else { continue };
        if it.states().iter().filter(|other| other.text("ResultPath") == Some(path)).count() > 1 {
            continue;
        }
        for name in state.json[field].as_object().into_iter().flatten().map(|(name, _)| name) {
            let at = state.at(&format!("{field}/{}", escaped(name)));
            let readers = readers(it, &format!("{path}.{}", name.trim_end_matches(".$")));
            if let [reader] = readers.as_slice() {
                mutants.push(seed(at, name).found_at(reader));
            }
        }
    }
    mutants
}

/// The states in JSONata of which the data is known.
fn known_jsonata(it: &Definition) -> Vec<State<'_>> {
    let states = it.states().into_iter().filter(|state| state.is_jsonata);
    states.filter(|_| it.has_known_input).collect()
}
