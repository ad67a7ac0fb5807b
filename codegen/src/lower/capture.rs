//! Closure conversion: which outer values does an inner scope need in its own document?
//!
//! In JSONata the variables of an outer scope are visible in the inner ones. In JSONPath the states of a Map's item
//! processor see only the document that they are given; so it is with a Parallel that has an input of its own. What the
//! inner states read is then captured: handed in through `ItemSelector` or `Parameters`.

use std::collections::{BTreeMap, BTreeSet};

use stepwright::QueryLanguage;
use stepwright::plan::{Expression, Kind, Place, Presence, Root, Segment};

use super::graph::{Graph, Kind as StateKind, root_value};
use super::problems;
use crate::diagnostic::Diagnostic;

/// Where the values of the scopes around a scope are found.
#[derive(Debug)]
pub(super) enum Environment {
    /// Where they are in the scope around it: the root, JSONata, and a Parallel without an input of its own.
    Shared,
    /// In a document of its own.
    Own {
        /// What the template gives: an outer place, and the path where it is found.
        given: Vec<(&'static Place, Vec<Segment>)>,
        /// What is handed in besides.
        captured: Vec<&'static Place>,
    },
}

/// The environment of each scope, by index.
pub(super) fn captures(graph: &Graph<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Environment> {
    let mut environments: Vec<Environment> = graph.scopes.iter().map(|_| Environment::Shared).collect();
    if graph.plan.query_language == QueryLanguage::Jsonata {
        return environments;
    }
    // What each scope needs from those around it; inner scopes come after outer ones.
    let mut needs: Vec<Needs> = graph.scopes.iter().map(|_| Needs::default()).collect();
    for index in (0..graph.scopes.len()).rev() {
        let scope = &graph.scopes[index];
        let mut needed = std::mem::take(&mut needs[index]);
        for node in &scope.nodes {
            node.reads(&mut |place, _| needed.add(place));
            node.each_expression(&mut |expression| needed.extend(around_what_may_be_missing(expression)));
        }
        // Its own values are no need; a Map's item belongs to the scope around the Map.
        needed.retain(|place| {
            root_value(place).and_then(|id| graph.value(id)).is_some_and(|value| value.scope != scope.id)
        });
        let Some((outer, node)) = scope.owner else { continue };
        let (template, scopes) = match &graph.scopes[outer].nodes[node].kind {
            StateKind::Parallel { parallel, branches } => match &parallel.input {
                Some(input) => (Some(input), branches.clone()),
                None => {
                    needs[outer].append(needed);
                    continue;
                }
            },
            StateKind::Map { map, .. } => (map.selector.as_ref(), vec![index]),
            _ => continue,
        };
        if scopes.first() != Some(&index) {
            // All branches are given the same: what they need is put together at the first one.
            needs[scopes[0]].append(needed);
            continue;
        }
        let given = template.map(given_by).unwrap_or_default();
        needed.retain(|place| !given.iter().any(|(outer, _)| is_within(place, outer)));
        let captured = needed.minimal();
        if let Some(template) = template
            && !matches!(template, Expression::Object(_))
            && let Some(place) = captured.first()
        {
            diagnostics.push(problems::not_given(graph, index, place));
        }
        captured.iter().for_each(|place| needs[outer].add(place));
        for scope in scopes {
            environments[scope] = Environment::Own { given: given.clone(), captured: captured.clone() };
        }
    }
    environments
}

/// A template fails for what is missing. Where that is asked for inside, what it is a part of is handed in.
fn around_what_may_be_missing(expression: &Expression) -> Option<&'static Place> {
    let (Expression::IsSome(place)
    | Expression::Read(place, Kind::Optional)
    | Expression::Or { value: place, .. }) = expression
    else {
        return None;
    };
    let (_, around) = place.path.split_last()?;
    let around = around.iter().cloned().fold(Place::new(place.root), |place, segment| place.child(segment));
    // Places live as long as the program, as those of the workflow do.
    Some(Box::leak(Box::new(around)))
}

/// The outer places that a template hands in as they are.
fn given_by(template: &Expression) -> Vec<(&'static Place, Vec<Segment>)> {
    match template {
        Expression::Read(place, _) => vec![(place, Vec::new())],
        Expression::Object(fields) => fields
            .iter()
            .filter_map(|(name, presence, value)| match value {
                Expression::Read(place, _) if *presence == Presence::Always => {
                    Some((*place, vec![Segment::Field(name.clone().into())]))
                }
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Whether a place is another one, or a part of it.
pub(super) fn is_within(place: &Place, whole: &Place) -> bool {
    place.root == whole.root && place.path.starts_with(&whole.path)
}

/// A set of places, in an order that depends on nothing but the workflow.
#[derive(Default)]
struct Needs {
    places: BTreeMap<(Root, Vec<Segment>), &'static Place>,
}

impl Needs {
    fn add(&mut self, place: &'static Place) {
        self.places.entry((place.root, place.path.clone())).or_insert(place);
    }

    fn extend(&mut self, places: impl IntoIterator<Item = &'static Place>) {
        places.into_iter().for_each(|place| self.add(place));
    }

    fn append(&mut self, other: Needs) {
        other.places.into_values().for_each(|place| self.add(place));
    }

    fn retain(&mut self, keep: impl Fn(&Place) -> bool) {
        self.places.retain(|_, place| keep(place));
    }

    /// Without the places that are a part of another one.
    fn minimal(self) -> Vec<&'static Place> {
        // A place comes before its parts in the order of the map.
        let mut minimal: Vec<&'static Place> = Vec::new();
        let mut seen: BTreeSet<(Root, Vec<Segment>)> = BTreeSet::new();
        for (key, place) in self.places {
            if minimal.last().is_some_and(|last| is_within(place, last)) {
                continue;
            }
            if seen.insert(key) {
                minimal.push(place);
            }
        }
        minimal
    }
}
