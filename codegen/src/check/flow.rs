//! Where in a scope its variables have values. Spec: "State Machine Variables".
//!
//! Nothing takes a value away from a variable, so that it is enough to know where it is sure to have one for the first time:
//! from there on it is sure in all states that every path leads to through there, which is a range of the tree of
//! [`Dominators`]. There are few such places for each variable, whereas a table of states and variables grows with both.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::Map;

use crate::asl::{StateKind, TransitionField};
use crate::check::dominators::Dominators;
use crate::check::index::{Index, ScopeEntry};
use crate::check::variables::{ScopeVariables, variable_of};
use crate::lower::bits::Bits;

/// Which variables of a scope have a value where its states are entered.
///
/// Its methods take the positions of states in the scope, and the numbers of variables.
pub(crate) struct Flow {
    tree: Dominators,
    /// The transitions from each reached state, by rank.
    edges: Vec<Vec<Edge>>,
    /// By the number of a variable and the first number of a range of the tree: the last number of that range. The
    /// variable is sure to have a value in these states; ranges of one variable do not overlap.
    sure: BTreeMap<(usize, usize), usize>,
    /// Whether `sure` has it all. In loops that are entered at several states it may not.
    is_complete: bool,
    /// The states that some path leads to on which the variable is assigned, where somebody has asked for it.
    assigned: RefCell<BTreeMap<usize, Bits>>,
    /// The same with a path on which it is not.
    unassigned: RefCell<BTreeMap<usize, Bits>>,
}

/// A transition with the variables that it assigns.
struct Edge {
    /// The rank of the state it leads to.
    target: usize,
    assigned: Vec<usize>,
}

impl Flow {
    /// `None` if it is not known how the scope goes on, and for a scope without variables.
    pub(crate) fn new<'m>(
        index: &Index<'m>,
        scope: &ScopeEntry<'m>,
        variables: &ScopeVariables<'_>,
    ) -> Option<Self> {
        scope.graph.start.filter(|_| scope.graph.is_complete && !variables.assigned.is_empty())?;
        let tree = Dominators::new(&scope.graph);
        let edges = tree.order.iter().map(|at| edges(index, scope, variables, &tree, *at)).collect();
        let (sure, assigned, unassigned) = Default::default();
        let mut flow = Self { tree, edges, sure, is_complete: true, assigned, unassigned };
        flow.find_sure();
        Some(flow)
    }

    /// Whether there is a path to a state.
    pub(crate) fn is_reached(&self, state: usize) -> bool {
        self.tree.rank(state).is_some()
    }

    /// Whether a variable has a value on every path to a state.
    pub(crate) fn is_sure(&self, state: usize, variable: usize) -> bool {
        let Some(rank) = self.tree.rank(state) else { return true };
        if self.has(rank, variable) || self.is_complete {
            return self.has(rank, variable);
        }
        let mut unassigned = self.unassigned.borrow_mut();
        let unassigned = unassigned
            .entry(variable)
            .or_insert_with(|| self.reach(vec![0], |edge| !edge.assigned.contains(&variable)));
        !unassigned.has(rank)
    }

    /// Whether a variable has a value on some path to a state.
    pub(crate) fn is_possible(&self, state: usize, variable: usize) -> bool {
        let Some(rank) = self.tree.rank(state) else { return false };
        self.has(rank, variable) || {
            let mut assigned = self.assigned.borrow_mut();
            let assigned = assigned.entry(variable).or_insert_with(|| {
                let edges = self.edges.iter().flatten();
                let assigning = edges.filter(|edge| edge.assigned.contains(&variable));
                self.reach(assigning.map(|edge| edge.target).collect(), |_| true)
            });
            assigned.has(rank)
        }
    }

    /// The states that can be reached from those, these included, along certain transitions.
    fn reach(&self, mut open: Vec<usize>, along: impl Fn(&Edge) -> bool) -> Bits {
        let mut reached = Bits::zeros(self.edges.len());
        while let Some(rank) = open.pop() {
            if !reached.has(rank) {
                reached.set(rank);
                let edges = self.edges[rank].iter().filter(|edge| along(edge));
                open.extend(edges.map(|edge| edge.target).filter(|target| !reached.has(*target)));
            }
        }
        reached
    }

    /// Whether it is known that a variable has a value on every path.
    fn has(&self, rank: usize, variable: usize) -> bool {
        let (number, _) = self.tree.ranges[rank];
        let before = self.sure.range((variable, 0)..=(variable, number)).next_back();
        before.is_some_and(|(_, last)| number <= *last)
    }

    /// Goes through the states in such an order that those before a state are known, but for loops.
    fn find_sure(&mut self) {
        let mut incoming: Vec<Vec<(usize, usize)>> = vec![Vec::new(); self.edges.len()];
        for (rank, edges) in self.edges.iter().enumerate() {
            for (position, edge) in edges.iter().enumerate() {
                // Whoever comes back to a state has been there with at least as many values.
                if !self.tree.dominates(edge.target, rank) {
                    incoming[edge.target].push((rank, position));
                }
            }
        }
        let mut gained: Vec<Vec<usize>> = Vec::with_capacity(self.edges.len());
        for (rank, incoming) in incoming.iter().enumerate() {
            let variables = self.gained(rank, incoming, &gained);
            let (first, last) = self.tree.ranges[rank];
            self.sure.extend(variables.iter().map(|variable| ((*variable, first), last)));
            gained.push(variables);
        }
    }

    /// The variables that are sure in a state, and not yet in the state above it.
    fn gained(&mut self, rank: usize, incoming: &[(usize, usize)], gained: &[Vec<usize>]) -> Vec<usize> {
        let known = incoming.iter().filter(|(source, _)| *source < rank);
        let Some(nearest) = known.min_by_key(|(source, _)| self.tree.depths[*source]) else {
            return Vec::new();
        };
        // What one of the transitions brings, then of that what all others bring too: first those from known states.
        let above = self.tree.above(rank);
        let mut variables = self.edges[nearest.0][nearest.1].assigned.clone();
        variables.retain(|variable| !self.has(above, *variable));
        let mut source = nearest.0;
        while source != above {
            variables.extend(&gained[source]);
            source = self.tree.above(source);
        }
        variables.sort_unstable();
        variables.dedup();
        for (source, position) in incoming.iter().filter(|edge| *edge != nearest) {
            if variables.is_empty() {
                break;
            }
            let assigned = &self.edges[*source][*position].assigned;
            variables.retain(|variable| assigned.contains(variable) || self.has(*source, *variable));
            self.is_complete &= *source < rank;
        }
        variables
    }
}

fn edges<'m>(
    index: &Index<'m>,
    scope: &ScopeEntry<'m>,
    variables: &ScopeVariables<'_>,
    tree: &Dominators,
    at: usize,
) -> Vec<Edge> {
    let entry = scope.state(index, at);
    let state = entry.state;
    let ways = scope.graph.ways(at);
    let transitions = state.transitions().zip(ways).filter_map(|(transition, way)| {
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
        let target = tree.rank((*way)?)?;
        Some(Edge { target, assigned })
    });
    transitions.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use serde_json::json;

    use crate::asl;
    use crate::check::index::Index;

    /// Transitions as the source, the target, and the variable that is assigned.
    type Edges = Vec<(usize, usize, Option<usize>)>;

    const STATES: usize = 7;
    const VARIABLES: usize = 3;

    fn machine(edges: &Edges) -> String {
        let states: serde_json::Map<String, serde_json::Value> = (0..STATES)
            .map(|at| {
                let own = edges.iter().filter(|(source, ..)| *source == at);
                let rules: Vec<_> = own
                    .map(|(_, target, variable)| {
                        let assign = variable.map(|variable| (format!("v{variable}"), json!(1)));
                        let assign: serde_json::Map<_, _> = assign.into_iter().collect();
                        json!({ "Condition": true, "Next": format!("S{target}"), "Assign": assign })
                    })
                    .collect();
                let is_last = rules.is_empty();
                let choice = json!({ "Type": "Choice", "Choices": rules });
                (format!("S{at}"), if is_last { json!({ "Type": "Succeed" }) } else { choice })
            })
            .collect();
        json!({ "QueryLanguage": "JSONata", "StartAt": "S0", "States": states }).to_string()
    }

    /// All states with whether the variable has been assigned on some way there.
    fn ways(edges: &Edges, variable: usize) -> BTreeSet<(usize, bool)> {
        let (mut found, mut open) = (BTreeSet::new(), vec![(0, false)]);
        while let Some((at, has)) = open.pop() {
            if found.insert((at, has)) {
                let next = edges.iter().filter(|(source, ..)| *source == at);
                open.extend(next.map(|(_, target, assigned)| (*target, has || *assigned == Some(variable))));
            }
        }
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

        #[test]
        fn it_is_what_all_paths_say(
            edges in proptest::collection::vec((0..STATES, 0..STATES, proptest::option::of(0..VARIABLES)), 0..16),
        ) {
            let document = asl::read(&machine(&edges)).expect("it can be read");
            let index = Index::new(document.machine());
            let variables = index.variables();
            let Some(flow) = &variables.flows[0] else {
                prop_assert!(variables.scopes[0].assigned.is_empty());
                return Ok(());
            };
            for variable in 0..VARIABLES {
                let ways = ways(&edges, variable);
                let number = variables.scopes[0].assigned.get(format!("v{variable}").as_str());
                let Some((number, _)) = number else { continue };
                for state in (0..STATES).filter(|state| flow.is_reached(*state)) {
                    prop_assert_eq!(flow.is_sure(state, *number), !ways.contains(&(state, false)));
                    prop_assert_eq!(flow.is_possible(state, *number), ways.contains(&(state, true)));
                }
            }
        }
    }

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
        assert!(flow.is_possible(count, 4) && !flow.is_sure(count, 4) && flow.is_sure(6, 5));
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
        assert!(flow.is_sure(count - 1, 0) && !flow.is_sure(0, 0) && flow.is_possible(0, count - 1));
    }
}
