//! JSONata: what the child executions of a distributed Map are handed, beside their item or batch.

use std::collections::{BTreeMap, BTreeSet};

use stepwright::QueryLanguage;
use stepwright::plan::{Expression, Kind as ValueKind, Place, Presence, Segment, Slot, ValueId};

use super::unique;
use crate::lower::capture::{BATCH_INPUT, Environment};
use crate::lower::graph::{Graph, Kind, root_value};

/// What a child execution is handed; nothing in scopes that see the variables around them.
#[derive(Debug, Default)]
pub(in crate::lower) struct Handed {
    /// The field of the input that holds the item; `None` if the input is the item, or a batch.
    item: Option<String>,
    /// The outer values, or the parts of them that are read, each with the path of the field that holds it.
    values: BTreeMap<ValueId, (Vec<Segment>, Expression)>,
}

impl Handed {
    /// What each scope is handed.
    pub(super) fn all(graph: &Graph<'_>, environments: &[Environment]) -> Vec<Self> {
        let of = |(scope, environment): (usize, &Environment)| match environment {
            Environment::Own { captured, .. }
                if graph.plan.query_language == QueryLanguage::Jsonata && !captured.is_empty() =>
            {
                Self::new(graph, scope, captured)
            }
            _ => Self::default(),
        };
        environments.iter().enumerate().map(of).collect()
    }

    fn new(graph: &Graph<'_>, scope: usize, captured: &[&'static Place]) -> Self {
        let mut taken = BTreeSet::new();
        let map = graph.scopes[scope].owner.map(|(outer, node)| &graph.scopes[outer].nodes[node].kind);
        let batcher = match map {
            Some(Kind::Map { map, .. }) => map.batcher(),
            _ => None,
        };
        let item = match batcher {
            Some(batcher) => {
                if let Some(Expression::Object(fields)) = &batcher.input {
                    taken.extend(fields.iter().map(|(name, ..)| name.clone()));
                }
                None
            }
            None => {
                let name = graph.scopes[scope].input.map_or("item", |input| base_name(graph, input));
                taken.insert(name.to_owned());
                Some(name.to_owned())
            }
        };
        let batch = batcher.map(|_| Segment::Field(BATCH_INPUT.into()));
        let mut values = BTreeMap::new();
        for value in captured.iter().filter_map(|place| root_value(place)) {
            values.entry(value).or_insert_with(|| {
                let name = unique(base_name(graph, value), |name| taken.contains(name));
                taken.insert(name.clone());
                let path = batch.iter().cloned().chain([Segment::Field(name.into())]).collect();
                let parts: Vec<_> =
                    captured.iter().copied().filter(|place| root_value(place) == Some(value)).collect();
                (path, only(&parts, 0))
            });
        }
        Self { item, values }
    }

    /// Whether a value is handed in.
    pub(in crate::lower) fn has(&self, value: ValueId) -> bool {
        self.values.contains_key(&value)
    }

    /// The values that are handed in.
    pub(in crate::lower) fn values(&self) -> impl Iterator<Item = ValueId> {
        self.values.keys().copied()
    }

    /// The field of the input that holds the item, if it is in one.
    pub(in crate::lower) fn item(&self) -> Option<&str> {
        self.item.as_deref()
    }

    /// The fields that hold what is handed in, with what the Map gives for them.
    pub(in crate::lower) fn fields(&self) -> impl Iterator<Item = (String, Presence, Expression)> {
        self.values.values().filter_map(|(path, expression)| match path.last() {
            Some(Segment::Field(name)) => Some((name.to_string(), Presence::Always, expression.clone())),
            _ => None,
        })
    }

    /// Where in the input of the execution a value is; the input of the scope if it is not handed in.
    pub(in crate::lower) fn path(&self, value: ValueId) -> Vec<Segment> {
        match self.values.get(&value) {
            Some((path, _)) => path.clone(),
            None => self.item.iter().map(|name| Segment::Field(name.clone().into())).collect(),
        }
    }
}

/// A value, or an object that has only these parts of it, at the paths where the whole has them. A part that is missing in the
/// whole is missing there too.
fn only(parts: &[&'static Place], depth: usize) -> Expression {
    if let [whole] = parts
        && whole.path.len() == depth
    {
        return Expression::Read(whole, if depth == 0 { ValueKind::Any } else { ValueKind::Optional });
    }
    let mut fields: Vec<(String, Vec<&'static Place>)> = Vec::new();
    for part in parts {
        let Some(Segment::Field(name)) = part.path.get(depth) else { continue };
        match fields.iter_mut().find(|(field, _)| field == name) {
            Some((_, parts)) => parts.push(part),
            None => fields.push((name.to_string(), vec![part])),
        }
    }
    let field = |(name, parts): (String, Vec<_>)| (name, Presence::OmitMissing, only(&parts, depth + 1));
    Expression::Object(fields.into_iter().map(field).collect())
}

fn base_name<'g>(graph: &Graph<'g>, value: ValueId) -> &'g str {
    match graph.value(value).map(|value| &value.slot) {
        Some(Slot::Auto(name)) => name,
        Some(Slot::Path(path)) => path.last().map_or("input", String::as_str),
        Some(Slot::Document { .. }) | None => "input",
    }
}
