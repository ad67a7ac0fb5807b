//! Places: where each value is kept, and under which name or path it is found.

mod documents;
mod handed;
mod paths;
mod variables;

use std::collections::{BTreeMap, BTreeSet};

use stepwright::QueryLanguage;
use stepwright::plan::{Place, Segment, Slot, ValueId};

pub(super) use self::handed::Handed;
pub(super) use self::variables::is_reserved;
use super::capture::{Environment, is_within};
use super::graph::{Graph, Target, root_value};
use super::needed::{Needed, holder};
use crate::diagnostic::Diagnostic;

/// Where every value of a workflow is kept.
#[derive(Debug)]
pub(super) struct Places {
    /// The variable of a value that is read by a later state, or, in JSONPath, its path in the document of its scope.
    kept: BTreeMap<ValueId, Kept>,
    /// By scope: where outer values are found in a document of its own.
    inner: Vec<Vec<(&'static Place, Vec<Segment>)>>,
    /// JSONata, by scope: what a child execution is handed.
    pub(super) handed: Vec<Handed>,
    /// JSONata, by scope: the variables for what a child execution is handed.
    handed_in: Vec<BTreeMap<ValueId, String>>,
    /// The scopes whose input is put where it is kept by a Pass state in front. JSONata: because the first state cannot assign it.
    /// JSONPath: because it is no object, in which results can be kept.
    pub(super) input_passes: BTreeSet<usize>,
    /// Which values are needed where.
    needed: Option<Needed>,
}

/// Where a value is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kept {
    /// In a variable: everything in JSONata, the workflow's own variables in JSONPath.
    Variable(String),
    /// JSONPath: at a path in the document; the whole document if it is empty.
    Path(Vec<String>),
}

impl Places {
    /// Whether any value of the machine is kept in a variable of this name.
    pub(super) fn has_variable(&self, name: &str) -> bool {
        self.kept.values().any(|kept| matches!(kept, Kept::Variable(variable) if variable == name))
    }

    pub(super) fn kept(&self, graph: &Graph<'_>, value: ValueId) -> Option<&Kept> {
        self.kept.get(&graph.canonical(value))
    }

    /// The variable of a value that is kept in one, as a scope sees it.
    pub(super) fn variable(&self, graph: &Graph<'_>, scope: usize, value: ValueId) -> Option<&str> {
        if let Some((holder, _)) = holder(graph, &self.handed, (scope, 0), value)
            && self.handed[holder].has(value)
        {
            return self.handed_in[holder].get(&value).map(String::as_str);
        }
        match self.kept(graph, value)? {
            // What a child execution reads of it is handed in.
            Kept::Variable(name) => graph.sees(scope, value).then_some(name),
            Kept::Path(_) => None,
        }
    }

    /// The variable that a value of the scope is assigned to on a transition; `None` if nobody reads it there.
    pub(super) fn assigned(
        &self,
        graph: &Graph<'_>,
        scope: usize,
        target: Target,
        value: ValueId,
    ) -> Option<&str> {
        let name = self.variable(graph, scope, value)?;
        let needed = self.needed.as_ref().is_some_and(|needed| needed.at(scope, target, value));
        (needed || is_explicit(graph, value)).then_some(name)
    }

    /// JSONPath: where a place is found in the document of a scope.
    pub(super) fn resolve(&self, graph: &Graph<'_>, scope: usize, place: &Place) -> Option<Vec<Segment>> {
        let id = root_value(place)?;
        let value = graph.value(id)?;
        if value.scope == graph.scopes[scope].id {
            let Kept::Path(path) = self.kept(graph, id)? else { return None };
            let envelope = graph.envelope(id).map(|name| Segment::Field(name.into()));
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
}

/// Finds a place for each value.
pub(super) fn assign(
    graph: &Graph<'_>,
    environments: &[Environment],
    diagnostics: &mut Vec<Diagnostic>,
) -> Places {
    match graph.plan.query_language {
        QueryLanguage::Jsonata => variables::assign(graph, environments, diagnostics),
        QueryLanguage::JsonPath => {
            let mut places = paths::assign(graph, environments);
            variables::assign_variables(graph, &mut places);
            places
        }
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

/// The first of `base`, `base2`, `base3`… that is free.
fn unique(base: &str, taken: impl Fn(&str) -> bool) -> String {
    let base = if base.is_empty() { "input" } else { base };
    if !taken(base) {
        return base.to_owned();
    }
    let mut n = 2;
    while taken(&format!("{base}{n}")) {
        n += 1;
    }
    format!("{base}{n}")
}

/// Whether the user has said where a value is kept.
fn is_explicit(graph: &Graph<'_>, id: ValueId) -> bool {
    matches!(graph.value(id).map(|value| &value.slot), Some(Slot::Path(_)))
}
