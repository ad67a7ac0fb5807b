//! Need: which values are read by a state, or by one that follows it?
//!
//! JSONata assigns on transitions, and only what is still needed where the transition leads.

use std::collections::BTreeMap;

use stepwright::plan::ValueId;

use super::bits::Bits;
use super::graph::{Graph, Target, Use, root_value};
use super::places::Handed;

/// The values that are needed when a state is entered.
#[derive(Debug)]
pub(super) struct Needed {
    /// By scope: the bit of each of its values that is read at all.
    bits: Vec<BTreeMap<ValueId, usize>>,
    /// By scope and state.
    entries: Vec<Vec<Bits>>,
}

impl Needed {
    /// Whether a value of the scope is needed where a transition leads.
    pub(super) fn at(&self, scope: usize, target: Target, value: ValueId) -> bool {
        match (target, self.bits[scope].get(&value)) {
            (Target::Node(node), Some(bit)) => self.entries[scope][node].has(*bit),
            _ => false,
        }
    }
}

/// A read of a value, in terms of the scope that the value belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) struct ValueRead {
    pub(super) value: ValueId,
    /// The scope of the value.
    pub(super) scope: usize,
    /// The state of that scope that reads it, or in which the reader is nested.
    pub(super) node: usize,
    /// Whether the reader is nested in that state.
    pub(super) nested: bool,
    pub(super) what: Use,
}

/// Every read of a value that is in scope.
pub(super) fn value_reads(graph: &Graph<'_>, handed: &[Handed]) -> Vec<ValueRead> {
    let mut reads = Vec::new();
    for (index, scope) in graph.scopes.iter().enumerate() {
        let mut read = |at: (usize, usize), value: ValueId, what| {
            let Some((scope, node)) = holder(graph, handed, at, value) else { return };
            let nested = at.0 != scope;
            // To the state around a nested reader, the read happens while it does its work.
            let what = if nested { Use::Field } else { what };
            reads.push(ValueRead { value, scope, node, nested, what });
        };
        for (node_index, node) in scope.nodes.iter().enumerate() {
            node.reads(&mut |place, what| {
                root_value(place).into_iter().for_each(|value| read((index, node_index), value, what));
            });
        }
        // What a child execution is handed, the Map reads.
        if let Some(map) = scope.owner {
            handed[index].values().for_each(|value| read(map, value, Use::Field));
        }
    }
    reads
}

/// The scope from which a state has a value, and the state of that scope that reads it, or in which the reader is nested:
/// the scope that the value belongs to, or a child execution that is handed it.
pub(super) fn holder(
    graph: &Graph<'_>,
    handed: &[Handed],
    (mut scope, mut node): (usize, usize),
    value: ValueId,
) -> Option<(usize, usize)> {
    let home = graph.value(value)?.scope;
    while graph.scopes[scope].id != home && !handed[scope].has(value) {
        (scope, node) = graph.scopes[scope].owner?;
    }
    Some((scope, node))
}

/// Finds what is needed where: backwards along the transitions, to the fixpoint.
pub(super) fn needed(graph: &Graph<'_>, reads: &[ValueRead]) -> Needed {
    let mut bits: Vec<BTreeMap<ValueId, usize>> = graph.scopes.iter().map(|_| BTreeMap::new()).collect();
    for read in reads {
        let next = bits[read.scope].len();
        bits[read.scope].entry(read.value).or_insert(next);
    }
    let mut entries: Vec<Vec<Bits>> = (graph.scopes.iter().zip(&bits))
        .map(|(scope, bits)| vec![Bits::zeros(bits.len()); scope.nodes.len()])
        .collect();
    for read in reads {
        let node = &graph.scopes[read.scope].nodes[read.node];
        let own = match read.what {
            Use::Exit => node.result == Some(read.value),
            Use::Catch(catch) => node.catch[catch].catcher.error == read.value,
            Use::Field => false,
        };
        if !own {
            entries[read.scope][read.node].set(bits[read.scope][&read.value]);
        }
    }
    for (scope, entries) in graph.scopes.iter().zip(&mut entries) {
        let mut changed = true;
        while changed {
            changed = false;
            // Most transitions lead forward: one round from the end finds nearly all.
            for node in (0..scope.nodes.len()).rev() {
                for edge in scope.nodes[node].edges() {
                    if let Target::Node(target) = edge.target
                        && target != node
                    {
                        let later = entries[target].clone();
                        changed |= entries[node].join(&later);
                    }
                }
            }
        }
    }
    Needed { bits, entries }
}
