//! Places: where each value is kept, and under which name or path it is found.

use std::collections::{BTreeMap, BTreeSet};

use stepwright::QueryLanguage;
use stepwright::plan::{self, Place, Role, Root, Segment, Slot, ValueId};

use super::capture::{Environment, is_within};
use super::graph::{Graph, Kind, Use, root_value};
use super::problems;
use crate::diagnostic::Diagnostic;

/// Where every value of a workflow is kept.
#[derive(Debug)]
pub(super) struct Places {
    /// JSONata: the variable of a value that is read by a later state. JSONPath: its path in the document of its scope.
    kept: BTreeMap<ValueId, Kept>,
    /// By scope: where outer values are found in a document of its own.
    inner: Vec<Vec<(&'static Place, Vec<Segment>)>>,
    /// JSONata: the scopes whose input is assigned by a Pass state in front, because the first state cannot do it.
    pub(super) input_passes: BTreeSet<usize>,
}

/// Where a value is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kept {
    /// JSONata: in a variable.
    Variable(String),
    /// JSONPath: at a path in the document; the whole document if it is empty.
    Path(Vec<String>),
}

impl Places {
    pub(super) fn kept(&self, graph: &Graph<'_>, value: ValueId) -> Option<&Kept> {
        self.kept.get(&graph.canonical(value))
    }

    /// JSONata: the variable of a value.
    pub(super) fn variable(&self, graph: &Graph<'_>, value: ValueId) -> Option<&str> {
        match self.kept(graph, value)? {
            Kept::Variable(name) => Some(name),
            Kept::Path(_) => None,
        }
    }

    /// JSONPath: where a place is found in the document of a scope.
    pub(super) fn resolve(&self, graph: &Graph<'_>, scope: usize, place: &Place) -> Option<Vec<Segment>> {
        let id = root_value(place)?;
        let value = graph.value(id)?;
        if value.scope == graph.scopes[scope].id {
            let Kept::Path(path) = self.kept(graph, id)? else { return None };
            let envelope = self.envelope(graph, id).map(|name| Segment::Field(name.into()));
            let path = path.iter().map(|name| Segment::Field(name.clone().into()));
            return Some(path.chain(envelope).chain(place.path.iter().cloned()).collect());
        }
        let (outer, _) = graph.scopes[scope].owner?;
        if self.inner[scope].is_empty() {
            return self.resolve(graph, outer, place);
        }
        let (whole, path) = self.inner[scope].iter().find(|(whole, _)| is_within(place, whole))?;
        Some(path.iter().chain(&place.path[whole.path.len()..]).cloned().collect())
    }

    /// JSONPath: where a captured place is found in the inner document.
    pub(super) fn captured_path(&self, scope: usize, place: &Place) -> Option<&[Segment]> {
        self.inner[scope].iter().find(|(whole, _)| is_within(place, whole)).map(|(_, path)| path.as_slice())
    }

    /// The field of the raw result that holds a value: `Payload` of `lambda:invoke`; in JSONPath, `value` of a Pass whose
    /// value is computed, because a template is an object.
    pub(super) fn envelope(&self, graph: &Graph<'_>, id: ValueId) -> Option<&'static str> {
        let id = graph.canonical(id);
        graph.value(id)?.envelope.or_else(|| graph.computed.contains(&id).then_some(PASS_VALUE))
    }
}

/// The field in which a JSONPath Pass computes a value that is no object.
pub(super) const PASS_VALUE: &str = "value";

/// Finds a place for each value.
pub(super) fn assign(
    graph: &Graph<'_>,
    environments: &[Environment],
    diagnostics: &mut Vec<Diagnostic>,
) -> Places {
    match graph.plan.query_language {
        QueryLanguage::Jsonata => variables(graph, diagnostics),
        QueryLanguage::JsonPath => paths(graph, environments),
    }
}

/// The values that belong to a scope, in the order of the states.
fn values_of(graph: &Graph<'_>, scope: usize) -> Vec<ValueId> {
    let scope = &graph.scopes[scope];
    let mut values: Vec<ValueId> = scope.input.into_iter().collect();
    for node in &scope.nodes {
        values.extend(node.result);
        for edge in node.edges() {
            values.extend(edge.writes.iter().map(|write| write.value));
        }
        values.extend(node.catch.iter().map(|catch| catch.catcher.error));
    }
    let mut seen = BTreeSet::new();
    values.into_iter().map(|id| graph.canonical(id)).filter(|id| seen.insert(*id)).collect()
}

// ---- JSONata ----

fn variables(graph: &Graph<'_>, diagnostics: &mut Vec<Diagnostic>) -> Places {
    let (stored, input_passes) = stored(graph);
    let mut kept = BTreeMap::new();
    // The names of each scope, so that no inner scope assigns a variable of an outer one.
    let mut names: Vec<BTreeSet<String>> = Vec::new();
    for index in 0..graph.scopes.len() {
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
        for id in values.iter().filter(|id| !explicit(id) && stored.contains(id)) {
            let base = match graph.value(*id).map(|value| &value.slot) {
                Some(Slot::Auto(base)) => base.as_str(),
                _ => "input",
            };
            let name = unique(base, |name| taken.contains(name) || name == "states");
            taken.insert(name.clone());
            kept.insert(*id, Kept::Variable(name));
        }
        names.push(taken);
    }
    Places { kept, inner: graph.scopes.iter().map(|_| Vec::new()).collect(), input_passes }
}

/// The first of `base`, `base2`, `base3`… that is free.
fn unique(base: &str, taken: impl Fn(&str) -> bool) -> String {
    let base = if base.is_empty() { "input" } else { base };
    if !taken(base) {
        return base.to_owned();
    }
    (2..).map(|n| format!("{base}{n}")).find(|name| !taken(name)).unwrap_or_default()
}

/// The values that must be kept in a variable, because a state reads them that does not have them at hand; and the scopes
/// that need a Pass state in front to keep their input.
fn stored(graph: &Graph<'_>) -> (BTreeSet<ValueId>, BTreeSet<usize>) {
    let input_passes = input_passes(graph);
    let mut stored: BTreeSet<ValueId> = BTreeSet::new();
    // A write is a read only if what it writes is kept; that may take another round.
    loop {
        let mut reads: Vec<ValueId> = Vec::new();
        for (index, scope) in graph.scopes.iter().enumerate() {
            for (node_index, node) in scope.nodes.iter().enumerate() {
                let at_entry = scope.entry == Some(node_index) && !input_passes.contains(&index);
                let mut read = |place: &Place, what| {
                    let at_hand = |id| match what {
                        _ if scope.input == Some(id) => at_entry,
                        Use::Exit => node.result == Some(id),
                        Use::Catch(catch) => node.catch[catch].catcher.error == id,
                        Use::Field => false,
                    };
                    reads.extend(root_value(place).filter(|id| !at_hand(*id)));
                };
                node.work_reads(&mut read);
                node.writes(&mut |write, what| {
                    if is_explicit(graph, write.value) || stored.contains(&write.value) {
                        write.expression.places(&mut |place| read(place, what));
                    }
                });
            }
        }
        let before = stored.len();
        stored.extend(reads);
        if stored.len() == before {
            return (stored, input_passes);
        }
    }
}

fn is_explicit(graph: &Graph<'_>, id: ValueId) -> bool {
    matches!(graph.value(id).map(|value| &value.slot), Some(Slot::Path(_)))
}

/// The scopes whose input is read, but cannot be assigned by the first state: it is entered again later, when the input
/// is gone, or its own nested scopes read the input already.
fn input_passes(graph: &Graph<'_>) -> BTreeSet<usize> {
    let index: BTreeMap<plan::ScopeId, usize> =
        graph.scopes.iter().enumerate().map(|(index, scope)| (scope.id, index)).collect();
    let mut passes = BTreeSet::new();
    for (reader, scope) in graph.scopes.iter().enumerate() {
        for (node_index, node) in scope.nodes.iter().enumerate() {
            node.reads(&mut |place, _| {
                let Some(value) = root_value(place).and_then(|id| graph.value(id)) else { return };
                let Some(&home) = index.get(&value.scope) else { return };
                if value.role != Role::Input {
                    return;
                }
                // The state of the home scope in which the reader is nested, or which is the reader.
                let (mut at, mut within) = (reader, node_index);
                while at != home {
                    let Some((outer, node)) = graph.scopes[at].owner else { return };
                    (at, within) = (outer, node);
                }
                let entry = graph.scopes[home].entry;
                let nested = reader != home && entry == Some(within);
                if nested || entry.is_some_and(|entry| graph.scopes[home].has_predecessor(entry)) {
                    passes.insert(home);
                }
            });
        }
    }
    passes
}

// ---- JSONPath ----

fn paths(graph: &Graph<'_>, environments: &[Environment]) -> Places {
    let only_output = only_output(graph);
    let read = read_values(graph);
    let scopes = graph.scopes.len();
    let mut places = Places {
        kept: BTreeMap::new(),
        inner: (0..scopes).map(|_| Vec::new()).collect(),
        input_passes: BTreeSet::new(),
    };
    for (index, environment) in environments.iter().enumerate() {
        let mut taken: BTreeSet<String> = BTreeSet::new();
        if let Environment::Own { given, captured } = environment {
            let outer = graph.scopes[index].owner.map_or(0, |(outer, _)| outer);
            let mut inner: Vec<(&'static Place, Vec<Segment>)> = given.clone();
            for place in captured {
                // What is captured keeps its path; the whole document gets the name of the value.
                let mut path = places.resolve(graph, outer, place).unwrap_or_default();
                if path.is_empty() {
                    path.push(Segment::Field(base_name(graph, place).into()));
                }
                if let Some(Segment::Field(name)) = path.first() {
                    taken.insert(name.to_string());
                }
                inner.push((place, path));
            }
            places.inner[index] = inner;
        }
        for id in values_of(graph, index) {
            let Some(value) = graph.value(id) else { continue };
            let path = match &value.slot {
                Slot::Path(path) => Some(path.clone()),
                Slot::Document => Some(Vec::new()),
                Slot::Auto(base) if value.role == Role::Input => item_name(graph, index, environments)
                    .then(|| unique(base, |name| taken.contains(name)))
                    .map_or(Some(Vec::new()), |name| {
                        taken.insert(name.clone());
                        Some(vec![name])
                    }),
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

/// Whether the input of this scope is an item that stands in a field of the document, beside what is captured.
fn item_name(graph: &Graph<'_>, scope: usize, environments: &[Environment]) -> bool {
    let Some((outer, node)) = graph.scopes[scope].owner else { return false };
    match (&graph.scopes[outer].nodes[node].kind, &environments[scope]) {
        (Kind::Map { map, .. }, Environment::Own { captured, .. }) => {
            map.selector.is_none() && (map.item_name.is_some() || !captured.is_empty())
        }
        _ => false,
    }
}

/// The values that anyone reads.
fn read_values(graph: &Graph<'_>) -> BTreeSet<ValueId> {
    let mut read = BTreeSet::new();
    for node in graph.scopes.iter().flat_map(|scope| &scope.nodes) {
        node.reads(&mut |place, _| read.extend(root_value(place).map(|id| graph.canonical(id))));
    }
    read
}

/// The values that are only read, as a whole, to be the output of the state that makes them: they can take the place of
/// the whole document.
fn only_output(graph: &Graph<'_>) -> BTreeSet<ValueId> {
    let (mut outputs, mut others) = (BTreeSet::new(), BTreeSet::new());
    for node in graph.scopes.iter().flat_map(|scope| &scope.nodes) {
        let own = node.result.map(|id| graph.canonical(id));
        node.reads(&mut |place, what| {
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

/// What a path starts with, for messages.
pub(super) fn is_document(place: &Place) -> bool {
    matches!(place.root, Root::Document(_))
}
