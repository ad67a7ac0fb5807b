//! A definition as JSON, and the places in it where a defect can be seeded.

use serde_json::Value;
use stepwright_codegen::check::Facts;

use super::mutant::{Mutant, escaped};
use super::places::{Handler, Text};

/// A correct definition.
pub(super) struct Definition {
    /// What to call it in messages.
    pub(super) name: String,
    pub(super) json: Value,
    /// Whether it may be deployed as an Express workflow.
    pub(super) is_express: bool,
    /// What is known of its data.
    pub(super) facts: Facts,
    /// Whether its input is known.
    pub(super) has_known_input: bool,
    /// The schema of its input.
    pub(super) schema: Option<Value>,
}

/// A `States` object with its start: the machine, a branch, an item processor.
pub(super) struct Scope<'d> {
    /// Of the object that holds `StartAt` and `States`.
    pub(super) pointer: String,
    pub(super) json: &'d Value,
}

/// A state and where it stands.
#[derive(Clone)]
pub(super) struct State<'d> {
    pub(super) name: &'d str,
    pub(super) pointer: String,
    /// The pointer of its scope.
    pub(super) scope: String,
    pub(super) json: &'d Value,
    pub(super) is_jsonata: bool,
}

/// A name that says where to go on.
pub(super) struct Transition<'d> {
    pub(super) pointer: String,
    pub(super) target: &'d str,
}

impl Definition {
    /// The outermost first.
    pub(super) fn scopes(&self) -> Vec<Scope<'_>> {
        let mut scopes = vec![Scope { pointer: String::new(), json: &self.json }];
        let mut next = 0;
        while next < scopes.len() {
            let inner: Vec<Scope<'_>> =
                self.states_of(&scopes[next]).iter().flat_map(State::scopes).collect();
            scopes.extend(inner);
            next += 1;
        }
        scopes
    }

    /// The states of all scopes.
    pub(super) fn states(&self) -> Vec<State<'_>> {
        self.scopes().iter().flat_map(|scope| self.states_of(scope)).collect()
    }

    /// Those of one of the types.
    pub(super) fn states_like(&self, types: &[&str]) -> Vec<State<'_>> {
        self.states().into_iter().filter(|state| types.contains(&state.kind())).collect()
    }

    /// Those that wait for a constant time.
    pub(super) fn waits(&self) -> Vec<State<'_>> {
        self.states_like(&["Wait"]).into_iter().filter(|state| state.has("Seconds")).collect()
    }

    /// Whether a state runs in an execution of its own, of a Distributed Map.
    pub(super) fn is_in_child(&self, state: &State<'_>) -> bool {
        let config = |scope: &Scope<'_>| scope.json["ProcessorConfig"]["Mode"] == "DISTRIBUTED";
        self.scopes().iter().any(|scope| config(scope) && state.pointer.starts_with(&scope.pointer))
    }

    pub(super) fn states_of<'d>(&self, scope: &Scope<'d>) -> Vec<State<'d>> {
        let states = scope.json["States"].as_object().into_iter().flatten();
        states
            .map(|(name, json)| {
                let language = json.get("QueryLanguage").or_else(|| self.json.get("QueryLanguage"));
                State {
                    name,
                    pointer: format!("{}/States/{}", scope.pointer, escaped(name)),
                    scope: scope.pointer.clone(),
                    json,
                    is_jsonata: language.is_some_and(|language| language == "JSONata"),
                }
            })
            .collect()
    }

    /// Whether a state may run again after it ran, in the same run of its scope.
    pub(super) fn is_reached_again(&self, state: &State<'_>) -> bool {
        let states: Vec<_> = self.states().into_iter().filter(|it| it.scope == state.scope).collect();
        let mut reached: Vec<&str> = state.transitions().iter().map(|transition| transition.target).collect();
        let mut next = 0;
        while let Some(name) = reached.get(next).copied() {
            let ways = states.iter().filter(|it| it.name == name).flat_map(State::transitions);
            let targets: Vec<&str> = ways.map(|way| way.target).filter(|to| !reached.contains(to)).collect();
            reached.extend(targets);
            next += 1;
        }
        reached.contains(&state.name)
    }

    /// Whether all states of a scope are still reached when it has lost the transitions whose pointers begin so.
    pub(super) fn is_reached_without(&self, scope: &str, lost: &str) -> bool {
        let Some(scope) = self.scopes().into_iter().find(|it| it.pointer == scope) else { return false };
        let states = self.states_of(&scope);
        let mut reached = vec![scope.json["StartAt"].as_str().unwrap_or_default()];
        let mut next = 0;
        while let Some(name) = reached.get(next) {
            let state = states.iter().find(|state| state.name == *name);
            for transition in state.map(State::transitions).into_iter().flatten() {
                let is_lost = transition.pointer.starts_with(lost);
                if !is_lost && !reached.contains(&transition.target) {
                    reached.push(transition.target);
                }
            }
            next += 1;
        }
        states.iter().all(|state| reached.contains(&state.name))
    }
}

impl<'d> State<'d> {
    /// `Type`.
    pub(super) fn kind(&self) -> &'d str {
        self.json["Type"].as_str().unwrap_or_default()
    }

    pub(super) fn is(&self, kind: &str) -> bool {
        self.kind() == kind
    }

    pub(super) fn has(&self, field: &str) -> bool {
        self.json.get(field).is_some()
    }

    /// A text field.
    pub(super) fn text(&self, field: &str) -> Option<&'d str> {
        self.json.get(field)?.as_str()
    }

    /// The pointer of something in it.
    pub(super) fn at(&self, field: &str) -> String {
        format!("{}/{field}", self.pointer)
    }

    /// Gives it a field, which is to be reported.
    pub(super) fn with(&self, field: &str, value: Value) -> Mutant {
        Mutant::at(self.at(field)).set(self.at(field), value)
    }

    /// Takes a field away, which is to be reported at the state.
    pub(super) fn without(&self, field: &str) -> Mutant {
        Mutant::at(&self.pointer).remove(self.at(field))
    }

    /// What it goes on with.
    pub(super) fn transitions(&self) -> Vec<Transition<'d>> {
        let in_list = |list: &str| -> Vec<Transition<'d>> {
            let rules = self.json[list].as_array().into_iter().flatten().enumerate();
            let rules = rules.filter_map(|(at, rule)| {
                let pointer = self.at(&format!("{list}/{at}/Next"));
                Some(Transition { pointer, target: rule["Next"].as_str()? })
            });
            rules.collect()
        };
        let mut found = in_list("Choices");
        found.extend(in_list("Catch"));
        for field in ["Default", "Next"] {
            found.extend(self.text(field).map(|target| Transition { pointer: self.at(field), target }));
        }
        found
    }

    /// Its `Retry` or `Catch`.
    pub(super) fn handlers(&self) -> impl Iterator<Item = Handler<'d>> {
        let state = self.clone();
        ["Retry", "Catch"].into_iter().flat_map(move |field| {
            let list = state.json[field].as_array().map_or(&[] as &[Value], Vec::as_slice);
            let list_at = state.at(field);
            list.iter().enumerate().map(move |(at, json)| Handler {
                field,
                at,
                list_at: list_at.clone(),
                pointer: format!("{list_at}/{at}"),
                json,
                list,
            })
        })
    }

    /// The scopes nested in it.
    pub(super) fn scopes(&self) -> Vec<Scope<'d>> {
        let branches = self.json["Branches"].as_array().into_iter().flatten().enumerate();
        let branches = branches.map(|(at, json)| Scope { pointer: self.at(&format!("Branches/{at}")), json });
        let processor = self.json.get("ItemProcessor");
        let processor = processor.map(|json| Scope { pointer: self.at("ItemProcessor"), json });
        branches.chain(processor).collect()
    }

    /// All strings in it, without those of nested states.
    pub(super) fn texts(&self) -> Vec<Text<'d>> {
        let mut found = Vec::new();
        let mut open = vec![(String::new(), self.json)];
        while let Some((field, value)) = open.pop() {
            match value {
                Value::String(content) => {
                    found.push(Text { pointer: format!("{}{field}", self.pointer), field, content });
                }
                Value::Array(items) => {
                    open.extend(items.iter().enumerate().map(|(at, item)| (format!("{field}/{at}"), item)));
                }
                Value::Object(members) => {
                    let members =
                        members.iter().filter(|(name, _)| *name != "Branches" && *name != "ItemProcessor");
                    open.extend(members.map(|(name, value)| (format!("{field}/{}", escaped(name)), value)));
                }
                Value::Null | Value::Bool(_) | Value::Number(_) => {}
            }
        }
        found.reverse();
        found
    }

    /// Its JSONata, without the braces. What a deployment fills in is not known, so that the rules keep quiet about it.
    pub(super) fn expressions(&self) -> Vec<Text<'d>> {
        let texts = self.texts().into_iter().filter(|it| self.is_jsonata && !it.content.contains("${"));
        texts
            .filter_map(|it| {
                let content = it.content.strip_prefix("{%")?.strip_suffix("%}")?.trim();
                Some(Text { content, ..it })
            })
            .collect()
    }

    /// The fields of its Payload Templates that are evaluated.
    pub(super) fn template_fields(&self) -> Vec<Text<'d>> {
        self.texts().into_iter().filter(|text| !self.is_jsonata && text.field.ends_with(".$")).collect()
    }

    /// Its fields that hold a Path.
    pub(super) fn paths(&self) -> Vec<Text<'d>> {
        const FIELDS: &[&str] = &["/InputPath", "/OutputPath", "/ResultPath", "/ItemsPath", "/Variable"];
        self.texts()
            .into_iter()
            .filter(|text| FIELDS.iter().any(|field| text.field.ends_with(field)))
            .collect()
    }
}
