//! On one of the ways to a state there is nothing to be read.

use serde_json::json;
use stepwright_codegen::diagnostic::Code;

use crate::mutations::Operator;
use crate::mutations::definition::{Definition, State};
use crate::mutations::mutant::Mutant;

pub(in crate::mutations) const OPERATORS: &[Operator] = &[
    Operator::new("a new Catcher without `ResultPath` leads on", Code::MayBeMissing, |it| {
        let mut mutants = Vec::new();
        for (state, next, read) in followed(it) {
            if ["Task", "Parallel", "Map"].contains(&state.kind()) && !state.has("Catch") {
                let catch = json!([{ "ErrorEquals": ["States.ALL"], "Next": next.name }]);
                mutants.push(Mutant::at(read).set(state.at("Catch"), catch));
            }
        }
        mutants
    })
    .with(&[Code::MayBeMissing]),
    Operator::new("a Wait follows a new Catcher without `ResultPath`", Code::MayBeMissing, |it| {
        let mut mutants = Vec::new();
        for (state, next, read) in followed(it) {
            if ["Task", "Parallel", "Map"].contains(&state.kind()) && !state.has("Catch") {
                let wait = json!({ "Type": "Wait", "Seconds": 1, "Next": next.name });
                let catch = json!([{ "ErrorEquals": ["States.ALL"], "Next": "Meet" }]);
                let mutant =
                    Mutant::at(read).set(state.at("Catch"), catch).set(state.at("Next"), json!("Meet"));
                mutants.push(mutant.set(format!("{}/States/Meet", state.scope), wait));
            }
        }
        mutants
    })
    .with(&[Code::MayBeMissing]),
    Operator::new("a Catcher in JSONata leads on without an `Output`", Code::MayBeMissing, |it| {
        let mut mutants = Vec::new();
        for state in it.states().iter().filter(|state| state.is_jsonata && !state.has("Catch")) {
            let is_able = ["Task", "Parallel", "Map"].contains(&state.kind()) && state.has("Output");
            let states = it.states();
            let next =
                states.iter().find(|it| it.scope == state.scope && state.text("Next") == Some(it.name));
            let Some(next) = next.filter(|_| is_able) else { continue };
            let read = next.expressions().into_iter().find(|text| {
                let field = text.content.strip_prefix("$states.input.");
                field.is_some_and(|it| it.chars().all(|it| it.is_ascii_alphanumeric() || it == '.'))
            });
            let Some(read) = read.filter(|_| !next.is("Choice")) else { continue };
            let catch = json!([{ "ErrorEquals": ["States.ALL"], "Next": next.name }]);
            mutants.push(Mutant::at(&read.pointer).set(state.at("Catch"), catch));
        }
        mutants
    })
    .with(&[Code::MayBeMissing])
    .at_least(2),
    Operator::new("a Catcher that leads back has no `ResultPath`", Code::MayBeMissing, |it| {
        let states = it.states();
        let mut mutants = Vec::new();
        for state in &states {
            for catcher in
                state.handlers().filter(|it| it.field == "Catch" && it.json.get("ResultPath").is_some())
            {
                let next =
                    states.iter().find(|it| it.scope == state.scope && catcher.json["Next"] == it.name);
                let Some(next) = next.filter(|next| ways_to(it, next) > 1 && !next.is_jsonata) else {
                    continue;
                };
                let removed = format!("{}/ResultPath", catcher.pointer);
                let read = read_of_input(next).filter(|_| catcher.json["ResultPath"] != "$");
                mutants.extend(read.map(|read| Mutant::at(read).remove(removed)));
            }
        }
        mutants
    })
    .with(&[Code::MayBeMissing])
    .at_least(1),
    Operator::new("a Choice leads around the state that makes a value", Code::MayBeMissing, |it| {
        let mut mutants = Vec::new();
        for (state, next, _) in followed(it).into_iter().filter(|_| it.has_known_input) {
            let Some(path) = state.text("ResultPath").filter(|path| path.len() > 1) else { continue };
            let texts = next.texts();
            let read = texts.iter().find(|text| is_read(&text.field) && is_below(text.content, path));
            let is_made_again =
                it.states().iter().filter(|it| it.text("ResultPath") == Some(path)).count() > 1;
            if let Some(read) = read.filter(|_| !is_made_again) {
                mutants.push(with_shortcut(it, &state, next.name, &read.pointer));
            }
        }
        mutants
    })
    .with(&[Code::MayBeMissing])
    .at_least(4),
    Operator::new("one of two states puts its result elsewhere", Code::MayBeMissing, |it| {
        let mut mutants = Vec::new();
        for (state, next, _) in followed(it).into_iter().filter(|_| it.has_known_input) {
            let Some(path) = state.text("ResultPath").filter(|path| path.len() > 1) else { continue };
            let twins = it.states().into_iter().filter(|it| it.text("ResultPath") == Some(path));
            let twins = twins.filter(|it| it.text("Next") == Some(next.name)).count();
            let texts = next.texts();
            let read = texts.iter().find(|text| is_read(&text.field) && is_below(text.content, path));
            if let Some(read) = read.filter(|_| twins > 1) {
                mutants.push(Mutant::at(&read.pointer).set(state.at("ResultPath"), json!("$.elsewhere")));
            }
        }
        mutants
    })
    .with(&[Code::MayBeMissing])
    .at_least(2),
];

/// States in JSONPath, each with the one that it goes on with, and what that certainly reads from the document.
fn followed(it: &Definition) -> Vec<(State<'_>, State<'_>, String)> {
    let states: Vec<_> = it.states().into_iter().filter(|state| !state.is_jsonata).collect();
    let pairs = states.iter().filter_map(|state| {
        let is_next = |it: &&State<'_>| it.scope == state.scope && state.text("Next") == Some(it.name);
        let next = states.iter().find(is_next).filter(|next| next.name != state.name)?;
        Some((state.clone(), next.clone(), read_of_input(next)?))
    });
    pairs.collect()
}

/// Where a state certainly reads something from its raw input; the error output does not have it.
fn read_of_input(state: &State<'_>) -> Option<String> {
    let texts = state.texts();
    let read = texts.iter().find(|text| {
        let is_error = ["$.Error", "$.Cause"].iter().any(|it| text.content.starts_with(it));
        let is_plain = text.content[2.min(text.content.len())..]
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || "._".contains(it));
        is_read(&text.field) && text.content.starts_with("$.") && is_plain && !is_error
    });
    read.filter(|_| !state.has("InputPath") && !state.is("Choice")).map(|text| text.pointer.clone())
}

fn is_read(field: &str) -> bool {
    field.starts_with("/Parameters") && field.ends_with(".$")
        || ["/ItemsPath", "/SecondsPath", "/TimestampPath"].contains(&field)
}

fn is_below(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn ways_to(it: &Definition, state: &State<'_>) -> usize {
    let states = it.states();
    let around = states.iter().filter(|other| other.scope == state.scope);
    around.flat_map(State::transitions).filter(|way| way.target == state.name).count()
}

/// Puts a Choice before a state, which may lead around it.
fn with_shortcut(it: &Definition, state: &State<'_>, next: &str, read: &str) -> Mutant {
    let choice = json!({
        "Type": "Choice",
        "Choices": [{ "Variable": "$$.State.RetryCount", "NumericEquals": 0, "Next": state.name }],
        "Default": next
    });
    let mutant = Mutant::at(read).set(format!("{}/States/Shortcut", state.scope), choice);
    let scopes = it.scopes();
    let scope = scopes.iter().find(|scope| scope.pointer == state.scope).expect("the state is in a scope");
    let start = format!("{}/StartAt", scope.pointer);
    let mutant =
        if scope.json["StartAt"] == state.name { mutant.set(start, json!("Shortcut")) } else { mutant };
    let states = it.states_of(scope);
    let ways = states.iter().flat_map(State::transitions).filter(|way| way.target == state.name);
    ways.fold(mutant, |mutant, way| mutant.set(way.pointer, json!("Shortcut")))
}
