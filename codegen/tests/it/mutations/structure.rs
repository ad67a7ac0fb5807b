//! States, their names and their transitions: `SW0201` to `SW0207`.

use serde_json::{Value, json};
use stepwright_codegen::diagnostic::Code;

use super::Operator;
use super::definition::{Definition, Scope, State};
use super::mutant::{Mutant, escaped};

/// The types of states that go on with `Next` or `End`.
const WITH_SUCCESSOR: &[&str] = &["Task", "Pass", "Wait", "Parallel", "Map"];

/// What is found where the data is another than before.
const DATA: &[Code] = &[Code::NothingThere, Code::WrongValue, Code::WrongArgument, Code::NeverTrue];

pub(super) const OPERATORS: &[Operator] = &[
    Operator::new("a nested state is called like an outer one", Code::DuplicateStateName, |it| {
        let states = it.states();
        let first = states[0].name;
        let nested = states.iter().filter(|state| !state.scope.is_empty());
        nested.map(|state| renamed(it, state, first)).collect()
    }),
    Operator::new("two branches have states of the same name", Code::DuplicateStateName, |it| {
        let (scopes, parallels) = (it.scopes(), it.states_like(&["Parallel"]));
        let twins = parallels.iter().filter_map(|parallel| {
            let branch = |at: &str| scopes.iter().find(|scope| scope.pointer == parallel.at(at));
            let (first, second) = (it.states_of(branch("Branches/0")?), it.states_of(branch("Branches/1")?));
            Some(renamed(it, &second[0], first[0].name))
        });
        twins.collect()
    }),
    Operator::new("a state has a name of 81 characters", Code::BadStateName, |it| {
        it.states().iter().map(|state| renamed(it, state, &"n".repeat(81))).collect()
    }),
    Operator::new("a state has an empty name", Code::BadStateName, |it| {
        it.states().iter().map(|state| renamed(it, state, "")).collect()
    }),
    Operator::new("a state is added that nothing leads to", Code::UnreachableState, |it| {
        it.scopes().iter().map(|scope| with_state(scope, "Orphan", json!({ "Type": "Succeed" }))).collect()
    }),
    Operator::new("a loop is added that nothing leads to", Code::UnreachableState, |it| {
        let wait = |next: &str| json!({ "Type": "Wait", "Seconds": 1, "Next": next });
        let scopes = it.scopes();
        let looped = scopes.iter().map(|scope| {
            with_state(scope, "Round", wait("And round")).set(state_at(scope, "And round"), wait("Round"))
        });
        looped.collect()
    }),
    Operator::new("a state is led around", Code::UnreachableState, |it| {
        let states = it.states();
        let pairs = states.iter().flat_map(|state| states.iter().map(move |next| (state, next)));
        let around = pairs.filter_map(|(state, skipped)| {
            let is_next = state.scope == skipped.scope && state.text("Next") == Some(skipped.name);
            // What it assigns would be missing later, and what its Catchers lead to would not be reached either.
            let is_plain = !skipped.has("Assign") && !skipped.has("Catch") && !skipped.is("Choice");
            // Nor what is led back to it.
            let ways = states.iter().filter(|it| it.scope == skipped.scope).flat_map(State::transitions);
            let is_next = is_next && ways.filter(|way| way.target == skipped.name).count() == 1;
            let is_only_way = !it.is_reached_without(&state.scope, &state.at("Next"));
            let target = skipped.text("Next").filter(|_| is_next && is_plain && is_only_way)?;
            Some(Mutant::at(&skipped.pointer).set(state.at("Next"), json!(target)))
        });
        around.collect()
    })
    // What the state would have made is missing, and what it would have selected is there instead.
    .with(DATA),
    Operator::new("a transition names no state", Code::UnknownTarget, |it| {
        transitions(it).into_iter().map(|(_, at)| Mutant::at(&at).set(&at, json!("Nowhere"))).collect()
    }),
    Operator::new("`StartAt` names no state", Code::UnknownTarget, |it| {
        let scopes = it.scopes().into_iter().map(|scope| format!("{}/StartAt", scope.pointer));
        scopes.map(|at| Mutant::at(&at).set(&at, json!("Nowhere"))).collect()
    }),
    Operator::new("a transition leaves its scope", Code::UnknownTarget, |it| {
        let states = it.states();
        let outer = states[0].name;
        let inner = transitions(it).into_iter().filter(|(scope, _)| !scope.is_empty());
        inner.map(|(_, at)| Mutant::at(&at).set(&at, json!(outer))).collect()
    }),
    Operator::new("no state ends its scope", Code::NoTerminalState, |it| {
        it.scopes().iter().map(|scope| endless(it, scope)).collect()
    })
    // What led to the end leads to the start, and brings another document there.
    .with(&[Code::MayBeMissing, Code::NothingThere]),
    Operator::new("a Choice leads into a loop without end", Code::EndlessLoop, |it| {
        let choices = it.states_like(&["Choice"]).into_iter();
        let looped = choices.map(|choice| {
            let mut rules = choice.json["Choices"].as_array().cloned().unwrap_or_default();
            rules.push(if choice.is_jsonata {
                json!({ "Condition": true, "Next": "Stuck" })
            } else {
                json!({ "Variable": "$", "IsPresent": true, "Next": "Stuck" })
            });
            stuck(&choice).set(choice.at("Choices"), Value::Array(rules))
        });
        looped.collect()
    }),
    Operator::new("a Catcher leads into a loop without end", Code::EndlessLoop, |it| {
        let catching =
            it.states_like(&["Task", "Parallel", "Map"]).into_iter().filter(|state| !state.has("Catch"));
        let catch = json!([{ "ErrorEquals": ["States.ALL"], "Next": "Stuck" }]);
        catching.map(|state| stuck(&state).set(state.at("Catch"), catch.clone())).collect()
    }),
    Operator::new("a state that goes on ends its scope too", Code::NextOrEnd, |it| {
        let states = it.states_like(WITH_SUCCESSOR).into_iter().filter(|state| state.has("Next"));
        states.map(|state| state.with("End", json!(true))).collect()
    }),
    Operator::new("`End` is left out", Code::NextOrEnd, |it| {
        let states = it.states_like(WITH_SUCCESSOR).into_iter().filter(|state| state.has("End"));
        states.map(|state| state.without("End")).collect()
    }),
    Operator::new("`Next` is left out", Code::NextOrEnd, |it| {
        let states = it.states_like(WITH_SUCCESSOR).into_iter().filter(|state| state.has("Next"));
        states.map(|state| state.without("Next")).collect()
    }),
];

fn state_at(scope: &Scope<'_>, name: &str) -> String {
    format!("{}/States/{}", scope.pointer, escaped(name))
}

/// Adds a state, which is to be reported.
fn with_state(scope: &Scope<'_>, name: &str, state: Value) -> Mutant {
    let at = state_at(scope, name);
    Mutant::at(&at).set(&at, state)
}

/// Adds a state that leads to itself to the scope of a state.
fn stuck(state: &State<'_>) -> Mutant {
    let at = format!("{}/States/Stuck", state.scope);
    Mutant::at(&at).set(&at, json!({ "Type": "Wait", "Seconds": 1, "Next": "Stuck" }))
}

/// Calls a state by another name, wherever its scope names it.
fn renamed(it: &Definition, state: &State<'_>, name: &str) -> Mutant {
    let scopes = it.scopes();
    let scope = scopes.iter().find(|scope| scope.pointer == state.scope).expect("the state is in a scope");
    let mut mutant = Mutant::at(state_at(scope, name));
    if scope.json["StartAt"] == state.name {
        mutant = mutant.set(format!("{}/StartAt", scope.pointer), json!(name));
    }
    for other in it.states_of(scope) {
        for transition in other.transitions().into_iter().filter(|transition| transition.target == state.name)
        {
            mutant = mutant.set(transition.pointer, json!(name));
        }
    }
    mutant.rename(&state.pointer, name)
}

/// Every transition, with its scope.
fn transitions(it: &Definition) -> Vec<(String, String)> {
    let states = it.states();
    let transitions = states.iter().flat_map(|state| {
        state.transitions().into_iter().map(|transition| (state.scope.clone(), transition.pointer))
    });
    transitions.collect()
}

/// Lets all that ends a scope lead back to its start.
fn endless(it: &Definition, scope: &Scope<'_>) -> Mutant {
    let start = &scope.json["StartAt"];
    let mut mutant = Mutant::at(format!("{}/States", scope.pointer));
    for state in it.states_of(scope) {
        if ["Succeed", "Fail"].contains(&state.kind()) {
            mutant = mutant.set(&state.pointer, json!({ "Type": "Pass", "Next": start }));
        } else if state.has("End") {
            mutant = mutant.remove(state.at("End")).set(state.at("Next"), start.clone());
        }
    }
    mutant
}
