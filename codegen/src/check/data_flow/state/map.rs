//! The Map state.

use crate::asl::Map;
use crate::check::data_flow::origin::Maker;
use crate::check::data_flow::path;
use crate::check::data_flow::place::At;
use crate::check::data_flow::shape::{Kinds, Shape};
use crate::check::data_flow::state::{Leave, Nested, context, files, outcome};
use crate::check::data_flow::view::{View, quoted_expression};
use crate::check::data_flow::wants::Wants;
use crate::check::variables::is_distributed;

/// What each iteration works on.
pub(super) fn nested(view: &View<'_, '_, '_>, map: &Map) -> Option<Nested> {
    let effective = view.effective_input();
    let states = if view.is_jsonata() { view.states(None) } else { Shape::NEVER };
    limits(view, map, &effective, &states);
    if let Some(writer) = &map.result_writer {
        files::write(view, writer, &effective, &states);
    }
    let items = items(view, map, &effective, &states);
    if items.is_never() || effective.is_never() {
        return None;
    }
    // Of objects each item is a member with its name.
    let item = if items.kinds.only(Kinds::ARRAY) { items.elements() } else { Shape::PRESENT };
    if item.is_never() {
        return Some(Nested { input: item, context: view.context.clone() });
    }
    let around = with_item(view, &item);
    let inner = view.with_context(around.clone());
    let selected = match map.item_selector.as_ref().or(map.parameters.as_ref()) {
        Some(selector) if view.is_jsonata() => {
            inner.value(selector, &inner.states(None), &At::field("ItemSelector"))
        }
        Some(selector) => {
            let field = if map.item_selector.is_some() { "ItemSelector" } else { "Parameters" };
            inner.template(selector, &effective, &At::field(field))
        }
        None => item,
    };
    view.take_over(inner);
    let input = match &map.item_batcher {
        Some(batcher) => files::batch(view, batcher, selected, &effective, &states),
        None => selected,
    };
    // A child execution has a Context Object of its own.
    let context = if is_distributed(view.entry.state) { context(&Shape::PRESENT) } else { around };
    (!input.is_never()).then_some(Nested { input, context })
}

/// The Context Object of an iteration.
fn with_item(view: &View<'_, '_, '_>, item: &Shape) -> Shape {
    let open = |members: Vec<(&str, Shape)>| {
        let members = members.into_iter().map(|(name, shape)| (view.flow.name(name), shape));
        Shape::object_with(members, Some(Shape::UNKNOWN))
    };
    let item = open(vec![("Index", Shape::NUMBER), ("Value", item.clone())]);
    view.context.with_member("Map", open(vec![("Item", item)]))
}

fn items(view: &View<'_, '_, '_>, map: &Map, effective: &Shape, states: &Shape) -> Shape {
    if let Some(reader) = &map.item_reader {
        return files::items(view, reader, effective, states);
    }
    let takes = if is_distributed(view.entry.state) { Kinds::ARRAY.or(Kinds::OBJECT) } else { Kinds::ARRAY };
    if view.is_jsonata() {
        let at = At::field("Items");
        let Some(items) = &map.items else {
            return view.expect(view.input.clone(), Wants::Kinds(takes), &at, || path::INPUT.to_owned());
        };
        let text = || items.as_str().map_or_else(|| "the value".to_owned(), quoted_expression);
        return view.expect(view.value(items, states, &at), Wants::Kinds(takes), &at, text);
    }
    let at = At::field("ItemsPath");
    let items = match &map.items_path {
        _ if effective.is_never() => Shape::NEVER,
        Some(path) => view.path(path, effective, &at),
        None => effective.clone(),
    };
    let text = || match (&map.items_path, &view.entry.state.input_path) {
        (Some(path), _) => format!("`{path}`"),
        (None, Some(_)) => "what `InputPath` finds".to_owned(),
        (None, None) => path::INPUT.to_owned(),
    };
    view.expect(items, Wants::Kinds(takes), &at, text)
}

/// How many at once, and how many may fail.
fn limits(view: &View<'_, '_, '_>, map: &Map, effective: &Shape, states: &Shape) {
    view.expect_given(&At::field("MaxConcurrency"), map.max_concurrency.as_ref(), states, Wants::Count);
    view.expect_path(
        &At::field("MaxConcurrencyPath"),
        map.max_concurrency_path.as_deref(),
        effective,
        Wants::Count,
    );
    if !is_distributed(view.entry.state) {
        return; // Whether the service looks at the others there is not known.
    }
    let (count, percentage) = (&map.tolerated_failure_count, &map.tolerated_failure_percentage);
    view.expect_given(&At::field("ToleratedFailureCount"), count.as_ref(), states, Wants::Count);
    view.expect_given(
        &At::field("ToleratedFailurePercentage"),
        percentage.as_ref(),
        states,
        Wants::Percentage,
    );
    let paths = [
        ("ToleratedFailureCountPath", &map.tolerated_failure_count_path, Wants::Count),
        ("ToleratedFailurePercentagePath", &map.tolerated_failure_percentage_path, Wants::Percentage),
    ];
    for (field, path, wants) in paths {
        view.expect_path(&At::field(field), path.as_deref(), effective, wants);
    }
}

pub(super) fn leave<'m>(
    view: &View<'_, '_, 'm>,
    map: &'m Map,
    outputs: Option<&[Option<Shape>]>,
) -> Vec<Leave<'m>> {
    let mut leave = outcome::caught(view);
    // Without items it ends well too, though its scope may not.
    let Some(outputs) = outputs else { return leave };
    let result = if map.result_writer.is_some() {
        Shape::PRESENT
    } else {
        // What comes of items that all fail is not to be reported again.
        let output = outputs.first().cloned().flatten().unwrap_or(Shape::PRESENT);
        Shape::list(output)
    };
    let result = result.from(view.made(Maker::ItemProcessor));
    leave.extend(outcome::conclude(view, result, map.result_selector.as_ref(), map.result_path.as_ref()));
    leave
}
