//! `SW0810`: the output of a Parallel or a Map does not hold its whole input again and again.
//!
//! Only where every way through a branch hands on all that it was given. Developer guide: "Service quotas".

use serde_json::Value;

use crate::asl::{Catcher, Map, NullablePath, Parallel, QueryLanguage, State, StateKind, TransitionField};
use crate::check::Report;
use crate::check::index::{Index, ScopeEntry, StateEntry};
use crate::check::variables::is_distributed;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    let mut carries = vec![Vec::new(); index.states.len()];
    for scope in &index.scopes {
        if let Some(owner) = scope.owner {
            carries[owner].push(hands_on(index, scope));
        }
    }
    for entry in &index.states {
        let carries = &carries[entry.number];
        let message = match &entry.state.kind {
            StateKind::Parallel(parallel) => of_parallel(entry, parallel, carries),
            StateKind::Map(map) => of_map(entry, map, carries),
            _ => None,
        };
        if let Some(message) = message {
            let finding = Finding::warning(Code::CopiedInput, &entry.pointer, message).on_key().help(
                "hand on what is needed, and keep what is new of the result: 256 KiB is all that it may be",
            );
            report.add(entry.number, finding);
        }
    }
}

fn of_parallel(entry: &StateEntry<'_>, parallel: &Parallel, carries: &[bool]) -> Option<String> {
    let is_whole =
        parallel.parameters.is_none() && parallel.arguments.is_none() && entry.state.input_path.is_none();
    let is_kept = parallel.result_selector.is_none() && is_kept(entry.state, parallel.result_path.as_ref());
    let copies = carries.iter().filter(|carries| **carries).count();
    let own = usize::from(matches!(parallel.result_path.as_ref(), Some(path) if !is_root(Some(path))));
    (is_whole && is_kept && copies > 1).then(|| {
        format!(
            "the output of `{}` holds its input {} times: {copies} branches hand it on",
            entry.name,
            copies + own
        )
    })
}

fn of_map(entry: &StateEntry<'_>, map: &Map, carries: &[bool]) -> Option<String> {
    let is_kept = map.result_selector.is_none()
        && map.result_writer.is_none()
        && map.item_batcher.is_none()
        && !is_distributed(entry.state)
        && is_kept(entry.state, map.result_path.as_ref());
    let selector = map.item_selector.as_ref().or(map.parameters.as_ref())?;
    (is_kept && carries == [true] && gives_input(selector, entry.language)).then(|| {
        format!(
            "the output of `{}` holds its input once for each item, which the iterations hand on",
            entry.name
        )
    })
}

/// Whether the result is in the output, as a whole.
fn is_kept(state: &State, result_path: Option<&NullablePath>) -> bool {
    result_path != Some(&NullablePath::Null) && state.output.is_none() && state.output_path.is_none()
}

fn is_root(path: Option<&NullablePath>) -> bool {
    path.is_none_or(|path| matches!(path, NullablePath::Path(path) if path == "$"))
}

/// Whether a template has the state's whole input in it.
// Recursion is as deep as JSON is nested, which for definitions that were read is below 128.
fn gives_input(template: &Value, language: QueryLanguage) -> bool {
    match template {
        Value::Object(members) => members.iter().any(|(name, value)| match (value, language) {
            (Value::String(path), QueryLanguage::JsonPath) => {
                name.ends_with(".$") && ["$", "$$.Execution.Input"].contains(&path.as_str())
            }
            _ => gives_input(value, language),
        }),
        Value::String(text) => language == QueryLanguage::Jsonata && is_input(text),
        _ => false,
    }
}

fn is_input(expression: &str) -> bool {
    let inner = expression.strip_prefix("{%").and_then(|rest| rest.strip_suffix("%}"));
    inner.is_some_and(|inner| ["$states.input", "$states.context.Execution.Input"].contains(&inner.trim()))
}

/// Whether all ways through a scope end with all of its input.
fn hands_on<'m>(index: &Index<'m>, scope: &ScopeEntry<'m>) -> bool {
    let Some(start) = scope.graph.start.filter(|_| scope.graph.is_complete) else { return false };
    let reached = scope.graph.reach([start]);
    let mut lacks = vec![false; reached.len()];
    let mut open: Vec<usize> = (0..reached.len()).filter(|position| reached[*position]).collect();
    let (mut ends, mut is_lost) = (false, false);
    while let Some(position) = open.pop() {
        let entry = scope.state(index, position);
        for way in ways(entry) {
            let is_kept = way.is_kept && !lacks[position];
            match way.to.and_then(|field| entry.state.target(field)) {
                Some(target) => {
                    let target =
                        scope.states.get_index_of(target).filter(|target| !is_kept && !lacks[*target]);
                    if let Some(target) = target {
                        lacks[target] = true;
                        open.push(target);
                    }
                }
                None => {
                    ends = true;
                    is_lost |= !is_kept;
                }
            }
        }
    }
    ends && !is_lost
}

/// A way out of a state.
struct Way {
    /// The transition; `None` out of the scope.
    to: Option<TransitionField>,
    /// Whether all of the state's input is in its output.
    is_kept: bool,
}

fn ways(entry: &StateEntry<'_>) -> Vec<Way> {
    let state = entry.state;
    let is_jsonata = entry.language == QueryLanguage::Jsonata;
    let next = if state.next.is_some() { Some(TransitionField::Next) } else { None };
    let is_kept = if is_jsonata { keeps_in_jsonata(state) } else { keeps_in_json_path(state) };
    let mut ways = match &state.kind {
        StateKind::Fail(_) => return Vec::new(),
        StateKind::Choice(choice) => {
            let rules = choice.choices.iter().enumerate().map(|(at, rule)| {
                let is_kept = if is_jsonata { keeps(rule.output.as_ref(), true) } else { is_kept };
                Way { to: Some(TransitionField::Choice(at)), is_kept }
            });
            let default = choice.default.iter().map(|_| Way { to: Some(TransitionField::Default), is_kept });
            return rules.chain(default).collect();
        }
        _ => vec![Way { to: next, is_kept }],
    };
    let caught = |catcher: &Catcher| {
        if is_jsonata {
            keeps(catcher.output.as_ref(), false)
        } else {
            !is_root(catcher.result_path.as_ref())
        }
    };
    let catchers = state.catch().iter().enumerate();
    ways.extend(
        catchers.map(|(at, catcher)| Way { to: Some(TransitionField::Catch(at)), is_kept: caught(catcher) }),
    );
    ways
}

fn keeps_in_jsonata(state: &State) -> bool {
    let by_default = match &state.kind {
        StateKind::Task(_) | StateKind::Parallel(_) | StateKind::Map(_) => false,
        StateKind::Pass(_)
        | StateKind::Choice(_)
        | StateKind::Wait(_)
        | StateKind::Succeed(_)
        | StateKind::Fail(_) => true,
    };
    keeps(state.output.as_ref(), by_default)
}

fn keeps(output: Option<&Value>, by_default: bool) -> bool {
    match output {
        None => by_default,
        Some(Value::String(text)) => is_input(text),
        Some(_) => false,
    }
}

fn keeps_in_json_path(state: &State) -> bool {
    let by_path = |path: Option<&NullablePath>| !is_root(path);
    let is_whole = state.input_path.is_none();
    let is_kept = match &state.kind {
        StateKind::Task(task) => by_path(task.result_path.as_ref()),
        StateKind::Parallel(parallel) => by_path(parallel.result_path.as_ref()),
        StateKind::Map(map) => by_path(map.result_path.as_ref()),
        StateKind::Pass(pass) => {
            let is_plain = pass.result.is_none() && pass.parameters.is_none() && is_whole;
            is_plain || by_path(pass.result_path.as_ref())
        }
        StateKind::Choice(_) | StateKind::Wait(_) | StateKind::Succeed(_) => is_whole,
        StateKind::Fail(_) => true,
    };
    is_kept && state.output_path.is_none()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::advise_findings;

    /// A Task that adds something to its document, or replaces it.
    fn branch(name: &str, result_path: &str) -> Value {
        let task = json!({ "Type": "Task", "Resource": "${Work}", "ResultPath": result_path, "End": true });
        json!({ "StartAt": name, "States": { name: task } })
    }

    #[track_caller]
    fn check_state(state: &Value, expected: &[&str]) {
        advise_findings(&json!({ "StartAt": "A", "TimeoutSeconds": 60, "States": { "A": state } }), expected);
    }

    #[test]
    fn branches_that_hand_on_the_whole_input_are_noticed() {
        let parallel = |second: &str| {
            json!({
                "Type": "Parallel", "Branches": [branch("B", "$.b"), branch("C", second)],
                "ResultPath": "$.both", "End": true
            })
        };
        check_state(
            &parallel("$.c"),
            &["SW0810 /States/A: the output of `A` holds its input 3 times: 2 branches hand it on"],
        );
        check_state(&parallel("$"), &[]);
        let mut narrow = parallel("$.c");
        narrow["Parameters"] = json!({ "id.$": "$.id" });
        check_state(&narrow, &[]);
        let mut narrow = parallel("$.c");
        narrow["ResultSelector"] = json!({ "b.$": "$[0].b" });
        check_state(&narrow, &[]);
    }

    #[test]
    fn iterations_that_hand_on_the_whole_input_are_noticed() {
        let map = |selected: &str| {
            json!({
                "Type": "Map", "ItemsPath": "$.list", "ItemSelector": { "all.$": selected, "one.$": "$$.Map.Item.Value" },
                "ItemProcessor": branch("B", "$.b"), "End": true
            })
        };
        check_state(
            &map("$"),
            &[
                "SW0810 /States/A: the output of `A` holds its input once for each item, which the iterations hand on",
            ],
        );
        check_state(&map("$.id"), &[]);
    }

    #[test]
    fn every_way_has_to_hand_it_on() {
        let task = |output: &str| {
            json!({
                "Type": "Task", "Resource": "${Work}", "Output": "{% $states.input %}",
                "Catch": [{ "ErrorEquals": ["States.ALL"], "Output": output, "Next": "End" }], "Next": "End"
            })
        };
        let check_caught = |output: &str, expected: &[&str]| {
            let branch =
                json!({ "StartAt": "B", "States": { "B": task(output), "End": { "Type": "Succeed" } } });
            let other =
                json!({ "StartAt": "C", "States": { "C": { "Type": "Wait", "Seconds": 1, "End": true } } });
            let parallel = json!({ "Type": "Parallel", "Branches": [branch, other], "End": true });
            advise_findings(
                &json!({
                    "QueryLanguage": "JSONata", "StartAt": "A", "TimeoutSeconds": 60, "States": { "A": parallel }
                }),
                expected,
            );
        };
        check_caught(
            "{% $states.input %}",
            &["SW0810 /States/A: the output of `A` holds its input 2 times: 2 branches hand it on"],
        );
        check_caught("{% $states.errorOutput %}", &[]);
    }
}
