//! JSONPath: whether results can be kept in a document. They are kept in fields, which only an object has.

use std::collections::BTreeSet;

use serde_json::Value as Json;
use stepwright::plan::{Slot, ValueId};

use super::values_of;
use crate::lower::capture::Environment;
use crate::lower::graph::Graph;

/// Whether a scope's input cannot be its document: it may be no object, and something is kept beside it.
pub(super) fn needs_field(
    graph: &Graph<'_>,
    environments: &[Environment],
    scope: usize,
    stored: impl Fn(ValueId) -> bool,
) -> bool {
    let input = graph.scopes[scope].input.and_then(|id| graph.value(id));
    let may_be_no_object = input.is_some_and(|input| {
        let schema = (input.ty.schema)();
        allows_no_object(&schema, &schema, &mut BTreeSet::new())
    });
    may_be_no_object && keeps_anything(graph, environments, scope, &stored)
}

/// Whether a result is kept in the document of a scope, or in the copies of it that the branches of a Parallel have.
fn keeps_anything(
    graph: &Graph<'_>,
    environments: &[Environment],
    scope: usize,
    stored: &impl Fn(ValueId) -> bool,
) -> bool {
    let kept = |id: &ValueId| match graph.value(*id).map(|value| &value.slot) {
        Some(Slot::Path(_)) => true,
        Some(Slot::Auto(_)) => graph.scopes[scope].input != Some(*id) && stored(*id),
        Some(Slot::Document { .. }) | None => false,
    };
    let shares = |inner: &usize| {
        let owner = graph.scopes[*inner].owner.map(|(outer, _)| outer);
        owner == Some(scope) && matches!(environments[*inner], Environment::Shared)
    };
    values_of(graph, scope).iter().any(kept)
        || (0..graph.scopes.len())
            .filter(shares)
            .any(|inner| keeps_anything(graph, environments, inner, stored))
}

/// Whether a schema allows something else than an object. What is not known is taken for one.
fn allows_no_object(root: &Json, schema: &Json, seen: &mut BTreeSet<String>) -> bool {
    if let Some(target) = schema.get("$ref").and_then(Json::as_str) {
        let referred = root.pointer(target.trim_start_matches('#'));
        return seen.insert(target.to_owned())
            && referred.is_some_and(|referred| allows_no_object(root, referred, seen));
    }
    if let Some(choices) = ["anyOf", "oneOf"].iter().find_map(|key| schema.get(key)?.as_array()) {
        return choices.iter().any(|choice| allows_no_object(root, choice, seen));
    }
    match schema.get("type") {
        Some(Json::String(ty)) => ty != "object",
        Some(Json::Array(types)) => types.iter().any(|ty| ty != "object"),
        _ => {
            let constants = schema.get("enum").and_then(Json::as_array).into_iter().flatten();
            constants.chain(schema.get("const")).any(|constant| !constant.is_object())
        }
    }
}
