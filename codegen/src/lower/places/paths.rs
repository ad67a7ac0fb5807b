//! JSONPath: where in the document of its scope each value is kept.

use std::collections::{BTreeMap, BTreeSet};

use stepwright::plan::{self, Expression, Place, Role, Segment, Slot, ValueId};

use super::{Handed, Kept, Places, documents, unique, values_of};
use crate::lower::capture::{BATCH_INPUT, Environment};
use crate::lower::graph::{Graph, Kind, Node, Use, root_value};

/// Finds a path for each value that is read or saved.
pub(super) fn assign(graph: &Graph<'_>, environments: &[Environment]) -> Places {
    let only_output = only_output(graph);
    let read = read_values(graph);
    let scopes = graph.scopes.len();
    let mut places = Places {
        kept: BTreeMap::new(),
        inner: (0..scopes).map(|_| Vec::new()).collect(),
        handed: (0..scopes).map(|_| Handed::default()).collect(),
        handed_in: (0..scopes).map(|_| BTreeMap::new()).collect(),
        input_passes: BTreeSet::new(),
        needed: None,
    };
    for (index, environment) in environments.iter().enumerate() {
        let mut taken: BTreeSet<String> = BTreeSet::new();
        if let Environment::Own { given, captured } = environment {
            let outer = graph.scopes[index].owner.map_or(0, |(outer, _)| outer);
            let mut inner: Vec<(&'static Place, Vec<Segment>)> = given.clone();
            let chosen = chosen_names(graph, index);
            let is_batch = is_batch(graph, index);
            let mut renamed: BTreeSet<String> = BTreeSet::new();
            for place in captured {
                // What is captured keeps its path, unless the user gave something else that name, or it is in a list: the template
                // makes objects only.
                let mut path = places.resolve(graph, outer, place).unwrap_or_default();
                let in_list = path.iter().any(|segment| matches!(segment, Segment::Index(_)));
                let is_free = |name: &str| !chosen.contains(name) && !renamed.contains(name);
                let free = !in_list && matches!(path.first(), Some(Segment::Field(name)) if is_free(name));
                if !free {
                    let name = unique(&base_name(graph, place), |name| {
                        chosen.contains(name) || taken.contains(name)
                    });
                    renamed.insert(name.clone());
                    path = vec![Segment::Field(name.into())];
                }
                if let Some(Segment::Field(name)) = path.first() {
                    taken.insert(name.to_string());
                }
                if is_batch {
                    path.insert(0, Segment::Field(BATCH_INPUT.into()));
                }
                inner.push((place, path));
            }
            if is_batch {
                // These are names in the input of the batch, not in the document.
                taken.clear();
            } else {
                taken.extend(chosen);
            }
            places.inner[index] = inner;
        }
        for id in values_of(graph, index).into_iter().filter(|id| !graph.is_variable(*id)) {
            let Some(value) = graph.value(id) else { continue };
            let path = match &value.slot {
                Slot::Path(path) => Some(path.clone()),
                Slot::Document { .. } => Some(Vec::new()),
                Slot::Auto(base) if value.role == Role::Input => {
                    let stored =
                        |id| read.contains(&id) && !only_output.contains(&id) && !graph.is_variable(id);
                    let needs_field = documents::needs_field(graph, environments, index, stored);
                    match item_slot(graph, index, environments, needs_field) {
                        ItemSlot::Document => {
                            // A result that nobody named must not overwrite a field of the input.
                            taken.extend(properties(value.ty));
                            Some(Vec::new())
                        }
                        ItemSlot::Chosen => Some(vec![base.clone()]),
                        ItemSlot::BehindPass => {
                            let name = unique(base, |name| taken.contains(name));
                            taken.insert(name.clone());
                            for (_, path) in &mut places.inner[index] {
                                path.insert(0, Segment::Field(name.clone().into()));
                            }
                            places.input_passes.insert(index);
                            Some(vec![name])
                        }
                        ItemSlot::Auto => {
                            let name = unique(base, |name| taken.contains(name));
                            taken.insert(name.clone());
                            Some(vec![name])
                        }
                    }
                }
                Slot::Auto(_) if only_output.contains(&id) => Some(Vec::new()),
                Slot::Auto(base) if read.contains(&id) => {
                    let name = unique(base, |name| taken.contains(name));
                    taken.insert(name.clone());
                    Some(vec![name])
                }
                Slot::Auto(_) => None,
            };
            if let Some(path) = path {
                places.kept.insert(id, Kept::Path(path));
            }
        }
    }
    places
}

fn base_name(graph: &Graph<'_>, place: &Place) -> String {
    match root_value(place).and_then(|id| graph.value(id)).map(|value| &value.slot) {
        Some(Slot::Auto(name)) if !name.is_empty() => name.clone(),
        _ => "input".to_owned(),
    }
}

/// Where the input of a scope stands in its document.
enum ItemSlot {
    /// It is the document.
    Document,
    /// It is an item beside what is captured, in a field that the user has named.
    Chosen,
    /// The same, in a field that nobody has named.
    Auto,
    /// It is put into a field by a Pass state in front.
    BehindPass,
}

fn item_slot(graph: &Graph<'_>, scope: usize, environments: &[Environment], needs_field: bool) -> ItemSlot {
    let given = if needs_field { ItemSlot::BehindPass } else { ItemSlot::Document };
    let Some((outer, node)) = graph.scopes[scope].owner else { return given };
    match (&graph.scopes[outer].nodes[node].kind, &environments[scope]) {
        (Kind::Map { map, .. }, Environment::Own { captured, .. })
            if map.selector.is_none() && map.batcher().is_none() =>
        {
            match (&map.item_name, captured.is_empty() && !needs_field) {
                (Some(_), _) => ItemSlot::Chosen,
                (None, is_alone) if needs_field || !is_alone => ItemSlot::Auto,
                (None, _) => ItemSlot::Document,
            }
        }
        _ => given,
    }
}

/// Whether the scope is a child execution that is given a batch.
fn is_batch(graph: &Graph<'_>, scope: usize) -> bool {
    graph.scopes[scope].owner.is_some_and(|(outer, node)| match &graph.scopes[outer].nodes[node].kind {
        Kind::Map { map, .. } => map.batcher().is_some(),
        _ => false,
    })
}

/// The fields of the scope's document that the user has named: those of the template, or the item.
fn chosen_names(graph: &Graph<'_>, scope: usize) -> BTreeSet<String> {
    let fields = |template: Option<&Expression>| match template {
        Some(Expression::Object(fields)) => fields.iter().map(|(name, ..)| name.clone()).collect(),
        _ => BTreeSet::new(),
    };
    let Some((outer, node)) = graph.scopes[scope].owner else { return BTreeSet::new() };
    match &graph.scopes[outer].nodes[node].kind {
        Kind::Map { map, .. } if map.selector.is_none() && map.batcher().is_none() => {
            map.item_name.iter().cloned().collect()
        }
        Kind::Map { map, .. } => fields(map.template()),
        Kind::Parallel { parallel, .. } => fields(parallel.input.as_ref()),
        _ => BTreeSet::new(),
    }
}

/// The fields that a type is known to have.
fn properties(ty: plan::TypeFacts) -> Vec<String> {
    let schema = (ty.schema)();
    let properties = schema.get("properties").and_then(|properties| properties.as_object());
    properties.map(|properties| properties.keys().cloned().collect()).unwrap_or_default()
}

/// What a state reads in the document. What it assigns on its way out sees its raw result, wherever that is kept; so does what a state
/// in JSONata gives.
fn document_reads(graph: &Graph<'_>, node: &Node<'_>, visit: &mut impl FnMut(&'static Place, Use)) {
    let own = node.result.filter(|_| node.in_jsonata).map(|id| graph.canonical(id));
    node.work_reads(&mut |place, what| {
        let is_own = what == Use::Exit
            && own.is_some_and(|own| root_value(place).map(|id| graph.canonical(id)) == Some(own));
        if !is_own {
            visit(place, what);
        }
    });
    node.writes(&mut |write, what| {
        let at_hand = match what {
            Use::Catch(catch) => Some(node.catch[catch].catcher.error),
            Use::Exit | Use::Field => node.result,
        };
        write.expression.places(&mut |place| {
            if root_value(place).is_none() || root_value(place) != at_hand {
                visit(place, Use::Field);
            }
        });
    });
}

/// The values that anyone reads.
fn read_values(graph: &Graph<'_>) -> BTreeSet<ValueId> {
    let mut read = BTreeSet::new();
    for node in graph.scopes.iter().flat_map(|scope| &scope.nodes) {
        document_reads(graph, node, &mut |place, _| {
            read.extend(root_value(place).map(|id| graph.canonical(id)));
        });
    }
    read
}

/// The values that are only read, as a whole, to be the output of the state that makes them: they can take the place of
/// the whole document.
fn only_output(graph: &Graph<'_>) -> BTreeSet<ValueId> {
    let (mut outputs, mut others) = (BTreeSet::new(), BTreeSet::new());
    for node in graph.scopes.iter().flat_map(|scope| &scope.nodes) {
        let own = node.result.map(|id| graph.canonical(id));
        document_reads(graph, node, &mut |place, what| {
            let Some(id) = root_value(place).map(|id| graph.canonical(id)) else { return };
            let is_output = what == Use::Exit && own == Some(id) && place.path.is_empty() && node.continues();
            if is_output {
                outputs.insert(id)
            } else {
                others.insert(id)
            };
        });
    }
    outputs.retain(|id| !others.contains(id));
    outputs
}
