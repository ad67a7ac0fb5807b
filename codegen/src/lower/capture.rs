//! Closure conversion: which outer values does an inner scope need in its own document?
//!
//! In JSONata the variables of an outer scope are visible in the inner ones, but for the child executions of a distributed
//! Map. In JSONPath the states of a Map's item processor see only the document that they are given; so it is with a Parallel
//! that has an input of its own. What the inner states read is then captured: handed in through `ItemSelector`,
//! `BatchInput` or `Parameters`.

use std::collections::{BTreeMap, BTreeSet};

use stepwright::QueryLanguage;
use stepwright::plan::{Expression, Kind as ValueKind, Place, Presence, Root, Segment};

use super::graph::{Graph, Kind, Node, root_value};
use super::problems;
use crate::diagnostic::Diagnostic;

/// Where the values of the scopes around a scope are found.
#[derive(Debug)]
pub(super) enum Environment {
    /// Where they are in the scope around it: the root, JSONata within one execution, and a Parallel without an input of its own.
    Shared,
    /// In a document of its own; in JSONata in the input of a child execution.
    Own {
        /// JSONPath: what the template gives: an outer place, and the path where it is found.
        given: Vec<(&'static Place, Vec<Segment>)>,
        /// What is handed in besides.
        captured: Vec<&'static Place>,
    },
}

/// The environment of each scope, by index.
pub(super) fn captures(graph: &Graph<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Environment> {
    let mut environments: Vec<Environment> = graph.scopes.iter().map(|_| Environment::Shared).collect();
    let json_path = graph.plan.query_language == QueryLanguage::JsonPath;
    // What each scope needs from those around it; inner scopes come after outer ones.
    let mut needs: Vec<Needs> = graph.scopes.iter().map(|_| Needs::default()).collect();
    for index in (0..graph.scopes.len()).rev() {
        let scope = &graph.scopes[index];
        let mut needed = std::mem::take(&mut needs[index]);
        for node in &scope.nodes {
            needed.add_reads(node, json_path);
        }
        // Its own values are no need; a Map's item belongs to the scope around the Map.
        needed.retain(|place| {
            root_value(place).and_then(|id| graph.value(id)).is_some_and(|value| value.scope != scope.id)
        });
        let Some((outer, node)) = scope.owner else { continue };
        let (template, is_batch) = match &graph.scopes[outer].nodes[node].kind {
            Kind::Parallel { parallel, .. } if json_path && parallel.input.is_some() => {
                (parallel.input.as_ref(), false)
            }
            Kind::Map { map, .. } if json_path || map.distributed.is_some() => {
                (map.template(), map.batcher().is_some())
            }
            _ => {
                needs[outer].append(needed);
                continue;
            }
        };
        // Variables that are visible here too need not be handed in.
        needs[outer].append(needed.take_visible_variables(graph, index));
        let mut given = template.filter(|_| json_path).map(given_by).unwrap_or_default();
        if is_batch {
            given.iter_mut().for_each(|(_, path)| path.insert(0, Segment::Field(BATCH_INPUT.into())));
        }
        needed.retain(|place| !given.iter().any(|(outer, _)| is_within(place, outer)));
        let captured = needed.minimal();
        if let Some(template) = template
            && (json_path || is_batch)
            && !matches!(template, Expression::Object(_))
            && let Some(place) = captured.first()
        {
            diagnostics.push(problems::not_given(graph, index, place));
        }
        captured.iter().for_each(|place| needs[outer].add(place));
        environments[index] = Environment::Own { given, captured };
    }
    share_between_branches(graph, &mut environments);
    environments
}

/// The branches of a Parallel are given one document: what one of them captures, all of them have.
fn share_between_branches(graph: &Graph<'_>, environments: &mut [Environment]) {
    for node in graph.scopes.iter().flat_map(|scope| &scope.nodes) {
        let Kind::Parallel { branches, .. } = &node.kind else { continue };
        let mut needed = Needs::default();
        for branch in branches {
            if let Environment::Own { captured, .. } = &environments[*branch] {
                captured.iter().for_each(|place| needed.add(place));
            }
        }
        let all = needed.minimal();
        for branch in branches {
            if let Environment::Own { captured, .. } = &mut environments[*branch] {
                captured.clone_from(&all);
            }
        }
    }
}

/// The field of a batch beside its items.
pub(super) const BATCH_INPUT: &str = "BatchInput";

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

/// A place, or what it is in, up to this segment.
fn up_to(place: &'static Place, length: usize) -> &'static Place {
    if place.path.len() == length {
        return place;
    }
    let mut whole = place.clone();
    whole.path.truncate(length);
    // Places live as long as the program, as those that the workflow names do.
    Box::leak(Box::new(whole))
}

/// A set of places, in an order that depends on nothing but the workflow.
#[derive(Default)]
struct Needs {
    places: BTreeMap<(Root, Vec<Segment>), &'static Place>,
}

impl Needs {
    /// What a state reads of other scopes. A part of it that may be missing cannot be handed in by itself, only what it is in.
    fn add_reads(&mut self, node: &Node<'_>, json_path: bool) {
        node.reads(&mut |place, _| {
            let index = place.path.iter().position(|segment| matches!(segment, Segment::Index(_)));
            self.add(up_to(place, index.unwrap_or(place.path.len())));
        });
        // JSONata leaves out of an object what is missing.
        if json_path {
            node.each_expression(&mut |expression| match expression {
                Expression::Read(place, ValueKind::Optional)
                | Expression::IsSome(place)
                | Expression::Or { value: place, .. } => {
                    self.add(up_to(place, place.path.len().saturating_sub(1)));
                }
                _ => {}
            });
        }
    }

    fn add(&mut self, place: &'static Place) {
        self.places.entry((place.root, place.path.clone())).or_insert(place);
    }

    fn append(&mut self, other: Needs) {
        other.places.into_values().for_each(|place| self.add(place));
    }

    fn retain(&mut self, keep: impl Fn(&Place) -> bool) {
        self.places.retain(|_, place| keep(place));
    }

    /// The variables that are visible in a scope, taken out.
    fn take_visible_variables(&mut self, graph: &Graph<'_>, scope: usize) -> Needs {
        let is_visible = |place: &Place| {
            root_value(place).is_some_and(|id| graph.is_variable(id) && graph.sees(scope, id))
        };
        let places = std::mem::take(&mut self.places);
        let (visible, others) = places.into_iter().partition(|(_, place)| is_visible(place));
        self.places = others;
        Needs { places: visible }
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
