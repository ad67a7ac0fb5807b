//! Which variables the scopes of a machine have, and which of them have a value where a state is entered.
//!
//! Spec: "State Machine Variables". A variable belongs to the scope whose states assign it, and is visible in the scopes
//! nested in it, but for the child executions of a Distributed Map.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::asl::{ProcessorMode, QueryLanguage, State, StateKind, TransitionField};
use crate::check::index::{Index, ScopeEntry, StateEntry};
use crate::lower::bits::Bits;

/// The variables of a machine.
pub(crate) struct Variables<'m> {
    /// In the order of the scopes.
    pub(crate) scopes: Vec<ScopeVariables<'m>>,
    /// In the order of the scopes; `None` where it is not known how the scope goes on.
    pub(crate) flows: Vec<Option<Flow>>,
}

impl<'m> Variables<'m> {
    pub(crate) fn new(index: &Index<'m>) -> Self {
        let scopes = of_scopes(index);
        let flows = index.scopes.iter().zip(&scopes);
        let flows = flows.map(|(scope, variables)| Flow::new(index, scope, variables)).collect();
        Self { scopes, flows }
    }

    /// Whether a state can be reached in its scope, as far as that is known.
    pub(crate) fn is_reached(&self, index: &Index<'_>, entry: &StateEntry<'_>) -> bool {
        let position = index.scopes[entry.scope].numbers.binary_search(&entry.number).ok();
        let flow = self.flows[entry.scope].as_ref();
        flow.zip(position).is_none_or(|(flow, position)| flow.reached[position])
    }

    /// Whether some path has assigned a variable of a scope when a state of that scope is entered.
    pub(crate) fn is_assigned_before(
        &self,
        index: &Index<'_>,
        scope: usize,
        state: usize,
        variable: usize,
    ) -> bool {
        let position = index.scopes[scope].numbers.binary_search(&state).ok();
        let flow = self.flows[scope].as_ref();
        flow.zip(position).is_some_and(|(flow, position)| flow.maybe[position].has(variable))
    }
}

/// The variables of a scope, by name.
pub(crate) struct ScopeVariables<'m> {
    /// Each with its number, and the state that assigns it first in the text.
    pub(crate) assigned: IndexMap<&'m str, (usize, usize)>,
}

/// An `Assign` with its JSON pointer from the state.
pub(crate) struct Assign<'m> {
    /// The pointer from the state.
    pub(crate) pointer: String,
    /// Its members.
    pub(crate) members: &'m Map<String, Value>,
}

/// Every `Assign` of a state.
pub(crate) fn assigns(state: &State) -> Vec<Assign<'_>> {
    let mut found = Vec::new();
    found.extend(state.assign.as_ref().map(|members| Assign { pointer: "/Assign".to_owned(), members }));
    if let StateKind::Choice(choice) = &state.kind {
        for (position, rule) in choice.choices.iter().enumerate() {
            let pointer = format!("/Choices/{position}/Assign");
            found.extend(rule.assign.as_ref().map(|members| Assign { pointer, members }));
        }
    }
    for (position, catcher) in state.catch().iter().enumerate() {
        let pointer = format!("/Catch/{position}/Assign");
        found.extend(catcher.assign.as_ref().map(|members| Assign { pointer, members }));
    }
    found
}

/// The variable that a member of `Assign` names.
pub(crate) fn variable_of(key: &str, language: QueryLanguage) -> &str {
    match language {
        QueryLanguage::JsonPath => key.strip_suffix(".$").unwrap_or(key),
        QueryLanguage::Jsonata => key,
    }
}

fn of_scopes<'m>(index: &Index<'m>) -> Vec<ScopeVariables<'m>> {
    let mut scopes: Vec<ScopeVariables<'m>> =
        index.scopes.iter().map(|_| ScopeVariables { assigned: IndexMap::new() }).collect();
    for entry in &index.states {
        let assigned = &mut scopes[entry.scope].assigned;
        for assign in assigns(entry.state) {
            for key in assign.members.keys() {
                let next = assigned.len();
                assigned.entry(variable_of(key, entry.language)).or_insert((next, entry.number));
            }
        }
    }
    scopes
}

/// Where a name is looked up from a state: its own scope, then those around it.
pub(crate) struct Visible<'i, 'm> {
    index: &'i Index<'m>,
    /// The next scope, with the number of the state in it.
    next: Option<(usize, usize)>,
    /// Whether the border of a child execution has been crossed.
    is_outside: bool,
}

/// A scope from which a state may read.
pub(crate) struct VisibleScope {
    /// Its position.
    pub(crate) scope: usize,
    /// The number of the state in it that reads, or in which the reading state is nested.
    pub(crate) state: usize,
    /// Whether the reading state runs in an execution of its own, and sees nothing of this scope.
    pub(crate) is_outside: bool,
}

impl<'i, 'm> Visible<'i, 'm> {
    pub(crate) fn from(index: &'i Index<'m>, entry: &StateEntry<'_>) -> Self {
        Self { index, next: Some((entry.scope, entry.number)), is_outside: false }
    }
}

impl Iterator for Visible<'_, '_> {
    type Item = VisibleScope;

    fn next(&mut self) -> Option<VisibleScope> {
        let (scope, state) = self.next?;
        let found = VisibleScope { scope, state, is_outside: self.is_outside };
        self.next = self.index.scopes[scope].owner.map(|owner| {
            let owner = &self.index.states[owner];
            self.is_outside |= is_distributed(owner.state);
            (owner.scope, owner.number)
        });
        Some(found)
    }
}

fn is_distributed(state: &State) -> bool {
    match &state.kind {
        StateKind::Map(map) => [&map.item_processor, &map.iterator].into_iter().flatten().any(|processor| {
            let config = processor.processor_config.as_ref();
            config.and_then(|config| config.mode) == Some(ProcessorMode::Distributed)
        }),
        StateKind::Task(_)
        | StateKind::Pass(_)
        | StateKind::Choice(_)
        | StateKind::Wait(_)
        | StateKind::Succeed(_)
        | StateKind::Fail(_)
        | StateKind::Parallel(_) => false,
    }
}

/// Which variables of a scope have a value where its states are entered, by position.
pub(crate) struct Flow {
    /// On every path.
    pub(crate) surely: Vec<Bits>,
    /// On some path.
    pub(crate) maybe: Vec<Bits>,
    /// Whether there is a path at all.
    pub(crate) reached: Vec<bool>,
}

impl Flow {
    /// `None` if it is not known how the scope goes on.
    pub(crate) fn new<'m>(
        index: &Index<'m>,
        scope: &ScopeEntry<'m>,
        variables: &ScopeVariables<'_>,
    ) -> Option<Self> {
        let start = scope.graph.start.filter(|_| scope.graph.is_complete)?;
        let (states, count) = (scope.numbers.len(), variables.assigned.len());
        let mut flow = Self {
            surely: vec![Bits::ones(count); states],
            maybe: vec![Bits::zeros(count); states],
            reached: vec![false; states],
        };
        flow.surely[start].clear_all();
        flow.reached[start] = true;
        let edges: Vec<Vec<Edge>> = (0..states).map(|at| edges(index, scope, variables, at)).collect();
        let order = scope.graph.forward();
        let mut ranks = vec![0; states];
        for (rank, at) in order.iter().enumerate() {
            ranks[*at] = rank;
        }
        // In rounds along that order, of which there are as many as loops are nested, and a few more.
        let (mut open, mut later) = (BTreeSet::from([ranks[start]]), BTreeSet::new());
        while !open.is_empty() {
            while let Some(rank) = open.pop_first() {
                let at = order[rank];
                for edge in &edges[at] {
                    if flow.follow(at, edge) {
                        let target = ranks[edge.target];
                        if target > rank {
                            open.insert(target)
                        } else {
                            later.insert(target)
                        };
                    }
                }
            }
            open = std::mem::take(&mut later);
        }
        Some(flow)
    }

    /// Whether the target of a transition learns something new.
    fn follow(&mut self, at: usize, edge: &Edge) -> bool {
        let (mut surely, mut maybe) = (self.surely[at].clone(), self.maybe[at].clone());
        for variable in &edge.assigned {
            surely.set(*variable);
            maybe.set(*variable);
        }
        let is_new = !std::mem::replace(&mut self.reached[edge.target], true);
        let less = self.surely[edge.target].meet(&surely);
        let more = self.maybe[edge.target].join(&maybe);
        is_new || less || more
    }
}

/// A transition with the variables that it assigns.
struct Edge {
    target: usize,
    assigned: Vec<usize>,
}

fn edges<'m>(
    index: &Index<'m>,
    scope: &ScopeEntry<'m>,
    variables: &ScopeVariables<'_>,
    at: usize,
) -> Vec<Edge> {
    let entry = scope.state(index, at);
    let state = entry.state;
    let transitions = state.transitions().filter_map(|transition| {
        let members = match (transition.field, &state.kind) {
            (TransitionField::Choice(position), StateKind::Choice(choice)) => {
                choice.choices[position].assign.as_ref()
            }
            (TransitionField::Catch(position), _) => state.catch()[position].assign.as_ref(),
            (TransitionField::Next | TransitionField::Default | TransitionField::Choice(_), _) => {
                state.assign.as_ref()
            }
        };
        let names = members.into_iter().flat_map(Map::keys).map(|key| variable_of(key, entry.language));
        let assigned =
            names.filter_map(|name| variables.assigned.get(name)).map(|(number, _)| *number).collect();
        Some(Edge { target: scope.states.get_index_of(transition.target)?, assigned })
    });
    transitions.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::asl;
    use crate::check::index::Index;

    /// Each state may go on at a handler, and that near the beginning.
    #[test]
    fn handlers_that_lead_back_do_not_take_long() {
        let count = 3000;
        let mut states: serde_json::Map<String, serde_json::Value> = (0..count)
            .map(|at| {
                let state = json!({
                    "Type": "Task", "Resource": "arn:x", "Assign": { format!("v{at}"): at },
                    "Catch": [{ "ErrorEquals": ["X"], "Next": "H" }], "Next": format!("S{}", at + 1),
                });
                (format!("S{at}"), state)
            })
            .collect();
        states.insert("H".to_owned(), json!({ "Type": "Pass", "Next": "S5" }));
        states.insert(format!("S{count}"), json!({ "Type": "Pass", "InputPath": "$v4", "End": true }));
        let document =
            asl::read(&json!({ "StartAt": "S0", "States": states }).to_string()).expect("it can be read");
        let index = Index::new(document.machine());
        let flow = index.variables().flows[0].as_ref().expect("it is complete");
        assert!(flow.maybe[count].has(4) && !flow.surely[count].has(4) && flow.surely[6].has(5));
    }

    #[test]
    fn a_long_loop_settles() {
        let count = 3000;
        let states: serde_json::Map<String, serde_json::Value> = (0..count)
            .map(|at| {
                let state = json!({
                    "Type": "Pass", "Assign": { format!("v{at}"): at }, "Next": format!("S{}", (at + 1) % count)
                });
                (format!("S{at}"), state)
            })
            .collect();
        let document =
            asl::read(&json!({ "StartAt": "S0", "States": states }).to_string()).expect("it can be read");
        let index = Index::new(document.machine());
        let flow = index.variables().flows[0].as_ref().expect("it is complete");
        assert!(flow.surely[count - 1].has(0) && !flow.surely[0].has(0) && flow.maybe[0].has(count - 1));
    }
}
