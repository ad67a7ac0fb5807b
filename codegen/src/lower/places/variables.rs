//! Which values need a variable, and what it is called.

use std::collections::{BTreeMap, BTreeSet};

use stepwright::plan::{self, Place, Slot, ValueId};

use super::{Handed, Kept, Places, is_explicit, unique, values_of};
use crate::diagnostic::Diagnostic;
use crate::lower::capture::Environment;
use crate::lower::graph::{Graph, Scope, Use, root_value};
use crate::lower::needed::{ValueRead, holder, needed, value_reads};
use crate::lower::problems;

/// Finds a variable for each value that needs one.
pub(super) fn assign(
    graph: &Graph<'_>,
    environments: &[Environment],
    diagnostics: &mut Vec<Diagnostic>,
) -> Places {
    let handed = Handed::all(graph, environments);
    let reads = value_reads(graph, &handed);
    let input_passes = input_passes(graph, &handed, &reads);
    let stored = stored(graph, &handed, &input_passes);
    let mut kept = BTreeMap::new();
    let mut handed_in: Vec<BTreeMap<ValueId, String>> = Vec::new();
    // The names of each scope, so that no inner scope assigns a variable of an outer one.
    let mut names: Vec<BTreeSet<String>> = Vec::new();
    let chosen_inside = chosen_inside(graph);
    for (index, of_child) in handed.iter().enumerate() {
        let outer = graph.scopes[index].owner.map(|(outer, _)| names[outer].clone()).unwrap_or_default();
        let mut taken = outer.clone();
        let values = values_of(graph, index);
        let explicit =
            |id: &&ValueId| matches!(graph.value(**id).map(|value| &value.slot), Some(Slot::Path(_)));
        for id in values.iter().filter(explicit) {
            let Some(plan::Value { slot: Slot::Path(path), location, .. }) = graph.value(*id) else {
                continue;
            };
            let name = path.join(".");
            if let Some(problem) = problems::variable_name(path, outer.contains(&name), location) {
                diagnostics.push(problem);
            }
            taken.insert(name.clone());
            kept.insert(*id, Kept::Variable(name));
        }
        let mut name = |id: ValueId| {
            let base = match graph.value(id).map(|value| &value.slot) {
                Some(Slot::Auto(base)) => base.as_str(),
                Some(Slot::Path(path)) => path.last().map_or("input", String::as_str),
                _ => "input",
            };
            let name = free_name(base, |name| taken.contains(name) || chosen_inside[index].contains(name));
            taken.insert(name.clone());
            name
        };
        let of_child = of_child.values().filter(|id| stored.contains(&(index, *id)));
        handed_in.push(of_child.map(|id| (id, name(id))).collect());
        for id in values.iter().filter(|id| !explicit(id) && stored.contains(&(index, **id))) {
            kept.insert(*id, Kept::Variable(name(*id)));
        }
        names.push(taken);
    }
    let inner = graph.scopes.iter().map(|_| Vec::new()).collect();
    let needed = Some(needed(graph, &reads));
    Places { kept, inner, handed, handed_in, input_passes, needed }
}

/// JSONPath: gives the variables of the workflow their names; all other values are in the document.
pub(super) fn assign_variables(graph: &Graph<'_>, places: &mut Places) {
    let reads = value_reads(graph, &places.handed);
    let mut names: Vec<BTreeSet<String>> = Vec::new();
    for index in 0..graph.scopes.len() {
        let mut taken = graph.scopes[index].owner.map(|(outer, _)| names[outer].clone()).unwrap_or_default();
        for id in values_of(graph, index).into_iter().filter(|id| graph.is_variable(*id)) {
            let Some(plan::Value { slot: Slot::Auto(base), .. }) = graph.value(id) else { continue };
            let name = free_name(base, |name| taken.contains(name));
            taken.insert(name.clone());
            places.kept.insert(id, Kept::Variable(name));
        }
        names.push(taken);
    }
    places.needed = Some(needed(graph, &reads));
}

/// The names of variables that the user chose in the scopes inside of each: what is named here must leave them to those.
fn chosen_inside(graph: &Graph<'_>) -> Vec<BTreeSet<String>> {
    let mut inside: Vec<BTreeSet<String>> = vec![BTreeSet::new(); graph.scopes.len()];
    // A scope comes behind the one around it.
    for (index, scope) in graph.scopes.iter().enumerate().rev() {
        let Some((outer, _)) = scope.owner else { continue };
        let mut chosen = inside[index].clone();
        for id in values_of(graph, index) {
            if let Some(Slot::Path(path)) = graph.value(id).map(|value| &value.slot) {
                chosen.insert(path.join("."));
            }
        }
        inside[outer].append(&mut chosen);
    }
    inside
}

/// A name for a variable that is neither taken nor reserved.
fn free_name(base: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let base = if is_reserved(base) { format!("{base}Value") } else { base.to_owned() };
    unique(&base, is_taken)
}

/// The names that a variable must not have: `$states`, and the functions of JSONata, which a variable would hide.
///
/// Source: the functions of JSONata 2.0.6, and those that the service adds.
const RESERVED: &[&str] = &[
    "abs",
    "append",
    "assert",
    "average",
    "base64decode",
    "base64encode",
    "boolean",
    "ceil",
    "clone",
    "contains",
    "count",
    "decodeUrl",
    "decodeUrlComponent",
    "distinct",
    "each",
    "encodeUrl",
    "encodeUrlComponent",
    "error",
    "eval",
    "exists",
    "filter",
    "floor",
    "formatBase",
    "formatInteger",
    "formatNumber",
    "fromMillis",
    "hash",
    "join",
    "keys",
    "length",
    "lookup",
    "lowercase",
    "map",
    "match",
    "max",
    "merge",
    "millis",
    "min",
    "not",
    "now",
    "number",
    "pad",
    "parse",
    "parseInteger",
    "partition",
    "power",
    "random",
    "range",
    "reduce",
    "replace",
    "reverse",
    "round",
    "shuffle",
    "sift",
    "single",
    "sort",
    "split",
    "spread",
    "sqrt",
    "states",
    "string",
    "substring",
    "substringAfter",
    "substringBefore",
    "sum",
    "toMillis",
    "trim",
    "type",
    "uppercase",
    "uuid",
    "zip",
];

/// Whether a variable must not have this name.
pub(in crate::lower) fn is_reserved(name: &str) -> bool {
    RESERVED.binary_search(&name).is_ok()
}

/// The values that must be kept in a variable of a scope, because a state reads them that does not have them at hand.
fn stored(
    graph: &Graph<'_>,
    handed: &[Handed],
    input_passes: &BTreeSet<usize>,
) -> BTreeSet<(usize, ValueId)> {
    let mut stored: BTreeSet<(usize, ValueId)> = BTreeSet::new();
    // A write is a read only if what it writes is kept; that may take another round.
    loop {
        let mut reads: Vec<(usize, ValueId)> = Vec::new();
        let mut read = |at: (usize, usize), id: ValueId, what| {
            let Some((holder, _)) = holder(graph, handed, at, id) else { return };
            let scope = &graph.scopes[at.0];
            let node = &scope.nodes[at.1];
            let at_hand = match what {
                _ if scope.input == Some(id) || handed[at.0].has(id) => {
                    scope.entry == Some(at.1) && !input_passes.contains(&at.0)
                }
                Use::Exit => node.result == Some(id),
                Use::Catch(catch) => node.catch[catch].catcher.error == id,
                Use::Field => false,
            };
            if !at_hand {
                reads.push((holder, id));
            }
        };
        for (index, scope) in graph.scopes.iter().enumerate() {
            if let Some(map) = scope.owner {
                handed[index].values().for_each(|id| read(map, id, Use::Field));
            }
            for (node_index, node) in scope.nodes.iter().enumerate() {
                let at = (index, node_index);
                let mut read_place = |place: &Place, what| {
                    root_value(place).into_iter().for_each(|id| read(at, id, what));
                };
                node.work_reads(&mut |place, what| read_place(place, what));
                node.writes(&mut |write, what| {
                    if is_explicit(graph, write.value) || stored.contains(&(index, write.value)) {
                        write.expression.places(&mut |place| read_place(place, what));
                    }
                });
            }
        }
        let before = stored.len();
        stored.extend(reads);
        if stored.len() == before {
            return stored;
        }
    }
}

/// The scopes whose input, or what they are handed with it, is read, but cannot be assigned by the first state: it is entered again later, when the input
/// is gone, or its own nested scopes read the input already.
fn input_passes(graph: &Graph<'_>, handed: &[Handed], reads: &[ValueRead]) -> BTreeSet<usize> {
    let reentered: Vec<bool> = graph.scopes.iter().map(Scope::reenters_its_start).collect();
    let reads_input = |read: &&ValueRead| {
        graph.scopes[read.scope].input == Some(read.value) || handed[read.scope].has(read.value)
    };
    let cannot_assign = |read: &&ValueRead| {
        reentered[read.scope] || (read.nested && graph.scopes[read.scope].entry == Some(read.node))
    };
    reads.iter().filter(reads_input).filter(cannot_assign).map(|read| read.scope).collect()
}

#[cfg(test)]
mod tests {
    use super::RESERVED;

    #[test]
    fn the_reserved_names_can_be_searched() {
        assert!(RESERVED.is_sorted());
    }
}
