//! Numbers of states, and variables: `SW03xx`.

use serde_json::{Map, json};
use stepwright_codegen::diagnostic::Code;

use super::Operator;
use super::definition::{Definition, State};
use super::mutant::Mutant;
use super::places::Text;

/// The types of states that assign variables.
const ASSIGNING: &[&str] = &["Task", "Pass", "Wait", "Parallel", "Map", "Choice"];

pub(super) const OPERATORS: &[Operator] = &[
    Operator::new("a Wait takes too long", Code::NumberOutOfRange, |it| {
        it.waits().iter().map(|state| state.with("Seconds", json!(100_000_000))).collect()
    }),
    Operator::new("a percentage is more than 100", Code::NumberOutOfRange, |it| {
        let maps = it.states_like(&["Map"]).into_iter();
        maps.map(|state| state.with("ToleratedFailurePercentage", json!(100.5))).collect()
    }),
    Operator::new("a batch has no items", Code::NumberOutOfRange, |it| {
        let batched = it.states_like(&["Map"]).into_iter().filter(|state| state.has("ItemBatcher"));
        batched.map(|state| state.with("ItemBatcher/MaxItemsPerBatch", json!(0))).collect()
    })
    .at_least(2),
    Operator::new("a part of a variable is assigned", Code::BadVariableKey, |it| {
        assigning(it, "order.total")
    }),
    Operator::new("a variable begins with a digit", Code::BadVariableKey, |it| assigning(it, "2nd")),
    Operator::new("`$states` is assigned", Code::BadVariableKey, |it| assigning(it, "states")),
    Operator::new("an inner scope assigns a variable of an outer one", Code::InnerAssignment, |it| {
        let (assigned, states) = (assigned(it), it.states_like(ASSIGNING));
        let mut mutants = Vec::new();
        for state in &states {
            for variable in assigned.iter().filter(|variable| is_around(&variable.scope, &state.scope)) {
                // What the inner scope reads would be its own variable then; a child execution has its own in any case.
                if !is_read_in(it, &state.scope, &variable.name) && !it.is_in_child(state) {
                    mutants.push(state.assigning(&variable.name));
                }
            }
        }
        mutants
    }),
    Operator::new("a variable is misspelt", Code::UnassignedVariable, |it| {
        let names: Vec<String> = assigned(it).into_iter().map(|variable| variable.name).collect();
        let mut mutants = Vec::new();
        for text in
            it.states().iter().flat_map(State::expressions).filter(|text| !text.asks() && !has_locals(text))
        {
            for name in variables(text.content).into_iter().filter(|name| names.iter().any(|it| it == name)) {
                mutants.extend(text.with_part(&format!("${name}"), &format!("${name}Typo")));
            }
        }
        mutants
    }),
    Operator::new("a template reads a variable that nothing assigns", Code::UnassignedVariable, |it| {
        let texts = it.states().iter().flat_map(State::template_fields).collect::<Vec<_>>();
        let paths = texts.iter().filter(|text| text.content.starts_with("$."));
        paths.map(|text| text.replaced(text.content.replacen("$.", "$nowhere.", 1))).collect()
    }),
    Operator::new("a branch reads what another one assigns", Code::UnassignedVariable, |it| {
        let (assigned, states) = (assigned(it), it.states_like(ASSIGNING));
        let mut mutants = Vec::new();
        for parallel in it.states_like(&["Parallel"]) {
            let own = assigned.iter().filter(|variable| variable.scope == parallel.at("Branches/0"));
            // Not where it is a variable of the other branch, or of something around both, too.
            let alone =
                own.filter(|variable| assigned.iter().filter(|it| it.name == variable.name).count() == 1);
            for variable in alone.filter(|variable| !is_asked_for(it, &variable.name)) {
                let others = states.iter().filter(|state| state.scope == parallel.at("Branches/1"));
                mutants.extend(others.map(|state| state.reading(&variable.name)));
            }
        }
        mutants
    })
    .at_least(5),
    Operator::new("a variable is read by the state that assigns it first", Code::NotYetAssigned, |it| {
        let scopes = it.scopes();
        let mut mutants = Vec::new();
        for scope in &scopes {
            let states = it.states_of(scope);
            let start = &scope.json["StartAt"];
            let is_entered_once = !states.iter().flat_map(State::transitions).any(|to| *start == to.target);
            let first = states.iter().find(|state| *start == state.name && ASSIGNING.contains(&state.kind()));
            for variable in assigned(it).iter().filter(|it| it.scope == scope.pointer && is_entered_once) {
                if let Some(first) = first.filter(|_| !is_asked_for(it, &variable.name)) {
                    mutants.push(first.reading(&variable.name));
                }
            }
        }
        mutants
    }),
    Operator::new("a variable is read by the state that assigns it", Code::NotYetAssigned, |it| {
        let states = it.states_like(ASSIGNING).into_iter();
        let plain = states.filter(|state| !state.is("Choice") && !it.is_reached_again(state));
        let reading = plain.flat_map(|state| {
            let names = state.json["Assign"].as_object().into_iter().flatten().map(|(name, _)| name);
            let names = names.map(|name| name.trim_end_matches(".$"));
            let names = names.filter(|name| is_assigned_once(it, name) && !is_asked_for(it, name));
            names.map(|name| state.reading(name)).collect::<Vec<_>>()
        });
        reading.collect()
    }),
    Operator::new("a variable is assigned by a Catcher only", Code::MaybeNotAssigned, |it| {
        let states = it.states_like(ASSIGNING);
        let mut mutants = Vec::new();
        for state in it.states_like(&["Task", "Parallel", "Map"]).iter().filter(|state| !state.has("Catch")) {
            let is_next = |it: &&State<'_>| it.scope == state.scope && state.text("Next") == Some(it.name);
            let next = states.iter().find(is_next).filter(|next| next.name != state.name);
            mutants.extend(next.map(|next| {
                let mut catcher = json!({
                    "ErrorEquals": ["States.ALL"], "Assign": { "caught": true }, "Next": next.name
                });
                if !state.is_jsonata {
                    catcher["ResultPath"] = json!("$.caught");
                }
                next.reading("caught").set(state.at("Catch"), json!([catcher]))
            }));
        }
        mutants
    })
    // That way lacks what the state itself assigns or puts into the document, too.
    .with(&[Code::MaybeNotAssigned, Code::MayBeMissing]),
    Operator::new("what an inner scope assigns is read outside of it", Code::UnassignedVariable, |it| {
        let assigned = assigned(it);
        let mut mutants = Vec::new();
        for state in it.states_like(&["Parallel", "Map"]) {
            let inner = assigned.iter().filter(|variable| is_around(&state.pointer, &variable.scope));
            let inner = inner.filter(|variable| {
                let same = assigned.iter().filter(|other| other.name == variable.name);
                same.count() == 1 && !is_asked_for(it, &variable.name)
            });
            mutants.extend(inner.map(|variable| state.reading(&variable.name)));
        }
        mutants
    }),
    Operator::new(
        "a shortcut leads around the state that assigns a variable",
        Code::MaybeNotAssigned,
        |it| {
            let scopes = it.scopes();
            let mut mutants = Vec::new();
            for scope in &scopes {
                let assigned = assigned(it).into_iter().filter(|variable| variable.scope == scope.pointer);
                let names: Vec<String> = assigned.map(|variable| variable.name).collect();
                let last = it.states_of(scope).into_iter().filter(|state| state.transitions().is_empty());
                for state in last.filter(|state| state.is_jsonata) {
                    let Some(text) =
                        only_whole_read(&state, &names).filter(|_| it.json["QueryLanguage"] == "JSONata")
                    else {
                        continue;
                    };
                    let is_new =
                        scope.json["StartAt"] != state.name && !is_asked_for(it, variables(text.content)[0]);
                    let shortcut = json!({
                        "Type": "Choice", "Choices": [{ "Condition": false, "Next": state.name }],
                        "Default": scope.json["StartAt"]
                    });
                    let mutant = Mutant::at(&text.pointer)
                        .set(format!("{}/States/Shortcut", scope.pointer), shortcut)
                        .set(format!("{}/StartAt", scope.pointer), json!("Shortcut"));
                    mutants.extend(is_new.then_some(mutant));
                }
            }
            mutants
        },
    ),
    Operator::new("a child execution reads a variable of its parent", Code::DistributedVariable, |it| {
        let (assigned, states) = (assigned(it), it.states());
        let mut mutants = Vec::new();
        for map in states.iter().filter(|state| state.is("Map")) {
            let inner = map.scopes().into_iter().next().expect("a Map has a processor");
            let visible = assigned.iter().filter(|variable| is_around(&variable.scope, &inner.pointer));
            let visible: Vec<&str> = visible.map(|variable| variable.name.as_str()).collect();
            let nested = states.iter().filter(|state| state.scope.starts_with(&inner.pointer));
            let reading = nested
                .flat_map(State::texts)
                .filter(|text| variables(text.content).iter().any(|name| visible.contains(name)));
            let reading: Vec<String> = reading.map(|text| text.pointer).collect();
            let first = it.states_of(&inner).into_iter().find(|state| inner.json["StartAt"] == state.name);
            let unasked = visible.iter().find(|name| !is_asked_for(it, name));
            let mutant = match (reading.as_slice(), first, unasked) {
                ([one], ..) => Mutant::at(one),
                ([], Some(first), Some(name)) if ASSIGNING.contains(&first.kind()) => first.reading(name),
                _ => continue,
            };
            let config = json!({ "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" });
            mutants.push(mutant.set(map.at("ItemProcessor/ProcessorConfig"), config));
        }
        mutants
    })
    .at_least(3),
];

impl State<'_> {
    /// Assigns a variable more, which is to be reported.
    fn assigning(&self, name: &str) -> Mutant {
        self.with_assignment(name, "a value")
    }

    /// Reads a variable, which is to be reported.
    fn reading(&self, name: &str) -> Mutant {
        if self.is_jsonata {
            self.with_assignment("copied", &format!("{{% ${name} %}}"))
        } else {
            self.with_assignment("copied.$", &format!("${name}"))
        }
    }

    fn with_assignment(&self, key: &str, value: &str) -> Mutant {
        let mut assign = self.json["Assign"].as_object().cloned().unwrap_or_else(Map::new);
        assign.insert(key.to_owned(), json!(value));
        Mutant::at(self.at(&format!("Assign/{key}"))).set(self.at("Assign"), assign.into())
    }
}

fn assigning(it: &Definition, name: &str) -> Vec<Mutant> {
    it.states_like(ASSIGNING).iter().map(|state| state.assigning(name)).collect()
}

/// A variable of a scope.
struct Variable {
    scope: String,
    name: String,
}

/// All that is assigned, in a scope each name once.
fn assigned(it: &Definition) -> Vec<Variable> {
    let mut found: Vec<Variable> = Vec::new();
    for state in it.states() {
        let rules = ["Choices", "Catch"].into_iter().filter_map(|list| state.json[list].as_array()).flatten();
        let objects = rules.chain([state.json]).filter_map(|object| object["Assign"].as_object());
        for key in objects.flat_map(Map::keys) {
            let name = key.trim_end_matches(".$").to_owned();
            if !found.iter().any(|variable| variable.scope == state.scope && variable.name == name) {
                found.push(Variable { scope: state.scope.clone(), name });
            }
        }
    }
    found
}

/// Whether there is one place only where something of that name is assigned.
fn is_assigned_once(it: &Definition, name: &str) -> bool {
    let text = it.json.to_string();
    let keys = [format!("\"{name}\":"), format!("\"{name}.$\":")];
    keys.iter().map(|key| text.matches(key).count()).sum::<usize>() == 1
}

/// Whether a scope is around another, not counting itself.
fn is_around(outer: &str, inner: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'))
}

/// Whether something in a scope, nested ones included, mentions a variable.
fn is_read_in(it: &Definition, scope: &str, name: &str) -> bool {
    it.json.pointer(scope).is_some_and(|scope| variables(&scope.to_string()).contains(&name))
}

/// Whether some text asks if a variable is there, so that the rules keep quiet about it.
fn is_asked_for(it: &Definition, name: &str) -> bool {
    let states = it.states();
    let mut texts = states.iter().flat_map(State::texts);
    texts.any(|text| {
        (text.asks() || text.field.ends_with("/Variable")) && variables(text.content).contains(&name)
    })
}

/// Whether an expression gives names to values of its own.
fn has_locals(text: &Text<'_>) -> bool {
    text.content.contains(":=") || text.content.contains("function")
}

/// The one text of a state that reads variables, if it is nothing but one of these variables or a path from it.
fn only_whole_read<'d>(state: &State<'d>, names: &[String]) -> Option<Text<'d>> {
    let reads = |text: &Text<'_>| variables(text.content).iter().any(|name| *name != "states");
    let mut reading = state.expressions().into_iter().filter(reads);
    let (text, None) = (reading.next()?, reading.next()) else { return None };
    let is_path = text.content.chars().all(|it| it.is_ascii_alphanumeric() || "$._".contains(it));
    let is_known = variables(text.content).iter().all(|name| names.iter().any(|it| it == name));
    (is_path && is_known && state.scopes().is_empty()).then_some(text)
}

/// The names behind `$` that are not called.
fn variables(text: &str) -> Vec<&str> {
    let ends =
        |rest: &str| rest.find(|it: char| !it.is_ascii_alphanumeric() && it != '_').unwrap_or(rest.len());
    let names = text.split('$').skip(1).map(|rest| rest.split_at(ends(rest)));
    names.filter(|(name, rest)| !name.is_empty() && !rest.starts_with('(')).map(|(name, _)| name).collect()
}
