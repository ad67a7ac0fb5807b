//! What a state makes gets lost, or is called otherwise, so that a later state misses it.

use serde_json::json;
use stepwright_codegen::diagnostic::Code;

use super::{known, readers, with_members};
use crate::mutations::Operator;
use crate::mutations::definition::{Definition, State};
use crate::mutations::mutant::Mutant;

pub(in crate::mutations) const OPERATORS: &[Operator] = &[
    // What replaces the document lacks all that the states after it read.
    Operator::new("`ResultPath` is left out", Code::NothingThere, |it| {
        lost_after(it, |state, name| {
            Some(Mutant::at(&state.pointer).remove(state.at("ResultPath"))).filter(|_| !name.is_empty())
        })
    })
    .with(&[Code::NothingThere, Code::ResultBelowValue])
    .at_least(8),
    Operator::new("`OutputPath` keeps the result only", Code::NothingThere, |it| {
        lost_after(it, |state, name| {
            Some(Mutant::at(&state.pointer).set(state.at("OutputPath"), json!(format!("$.{name}"))))
        })
    })
    .with(&[Code::NothingThere, Code::ResultBelowValue])
    .at_least(8),
    Operator::new("`ResultSelector` drops what is read later", Code::NothingThere, |it| {
        with_members(it, "ResultSelector", |at, _| Mutant::at("").remove(at))
    })
    .at_least(5),
    Operator::new("a field of a `Result` has another name", Code::NothingThere, |it| {
        with_members(it, "Result", |at, _| Mutant::at("").rename(at, "other"))
    })
    .at_least(2),
    Operator::new("a field of a template has another name", Code::NothingThere, |it| {
        let all =
            with_members(it, "Parameters", |at, name| Mutant::at("").rename(at, format!("other{name}")));
        // What a task is given is not what it puts there.
        all.into_iter().filter(|mutant| !mutant.pointer.starts_with("/States/Approve")).collect()
    })
    .at_least(5),
    Operator::new("a member that a variable is made of has another name", Code::NothingThere, |it| {
        let mut mutants = Vec::new();
        for state in known(it) {
            for (variable, value) in state.json["Assign"].as_object().into_iter().flatten() {
                for name in value.as_object().into_iter().flatten().map(|(name, _)| name) {
                    let at = state.at(&format!("Assign/{variable}/{name}"));
                    let readers = readers(it, &format!("${variable}.{name}"));
                    if let [reader] = readers.as_slice() {
                        mutants.push(Mutant::at(reader).rename(at, "other"));
                    }
                }
            }
        }
        mutants
    })
    .at_least(3),
];

/// What a state reads, in this order.
const READ_FIRST: &[&str] = &["/ItemsPath", "/SecondsPath", "/Choices/0/", "/Parameters"];

/// Lets a state keep nothing but its result, so that the state after it, to which there is no other way, finds nothing else.
fn lost_after(it: &Definition, seed: impl Fn(&State<'_>, &str) -> Option<Mutant>) -> Vec<Mutant> {
    let states = known(it);
    let mut mutants = Vec::new();
    for state in &states {
        let name = state.text("ResultPath").and_then(|path| path.strip_prefix("$."));
        let next =
            states.iter().find(|next| next.scope == state.scope && state.text("Next") == Some(next.name));
        let (Some(name), Some(next)) = (name, next) else { continue };
        let ways = states.iter().flat_map(State::transitions).filter(|way| way.target == next.name);
        let resource = state.text("Resource").unwrap_or_default();
        let is_unknown = state.has("ResultWriter") || resource.contains(".waitForTaskToken");
        if ways.count() > 1 || is_unknown || state.has("OutputPath") {
            continue;
        }
        let texts = next.texts();
        let mut reads = READ_FIRST.iter().flat_map(|field| {
            texts.iter().filter(move |text| text.field.starts_with(field) && text.content.starts_with("$."))
        });
        if let Some(lost) = reads.next() {
            mutants.extend(seed(state, name).map(|mutant| mutant.found_at(&lost.pointer)));
        }
    }
    mutants
}
