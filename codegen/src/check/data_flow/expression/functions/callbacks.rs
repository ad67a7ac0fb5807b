//! What functions give that call others.

use super::table::Callback;
use crate::check::data_flow::expression::items::Items;
use crate::check::data_flow::expression::value::Value;
use crate::check::data_flow::expression::walk::Walk;
use crate::check::data_flow::shape::{Kinds, Shape};

/// What the other function gives for such values; anything if it is not written there.
fn called(walk: &mut Walk<'_>, callback: Option<Callback<'_>>, arguments: &[Value]) -> Value {
    callback.map_or(Value::UNKNOWN, |(parameters, body)| walk.body(parameters, body, arguments))
}

/// What the other function is called with. The engine at hand does not call it for null.
fn elements(array: &Value) -> Items {
    let items = Items::of(array);
    if array.shape.kinds.has(Kinds::NULL) { items.fewer() } else { items }
}

fn of_element(walk: &mut Walk<'_>, items: &Items, callback: Option<Callback<'_>>) -> Value {
    let index = Value::plain(Shape::NUMBER);
    called(walk, callback, &[items.item.clone(), index, Value::made(Shape::ARRAY)])
}

pub(super) fn map(walk: &mut Walk<'_>, array: &Value, callback: Option<Callback<'_>>) -> Value {
    let items = elements(array);
    if items.most == 0 {
        return Value::ABSENT;
    }
    let result = of_element(walk, &items, callback);
    if result.is_never() {
        return if items.least == 0 { Value::ABSENT } else { Value::NEVER };
    }
    let least = if result.may_be_absent() { 0 } else { items.least };
    Value::made(Items { item: result.present(), least, most: items.most }.value(false).shape)
}

pub(super) fn filter(walk: &mut Walk<'_>, array: &Value, callback: Option<Callback<'_>>) -> Value {
    let items = elements(array);
    if items.most == 0 {
        return Value::ABSENT;
    }
    let truth = of_element(walk, &items, callback).truth();
    match (truth.may_be_true, truth.may_be_false) {
        (false, false) if items.least > 0 => Value::NEVER,
        (false, _) => Value::ABSENT,
        (true, _) => items.fewer().value(false),
    }
}

pub(super) fn single(walk: &mut Walk<'_>, array: &Value, callback: Option<Callback<'_>>) -> Value {
    let items = elements(array);
    if items.most > 0 {
        of_element(walk, &items, callback);
    }
    items.item.optional()
}

pub(super) fn reduce(walk: &mut Walk<'_>, array: &Value, callback: Option<Callback<'_>>) -> Value {
    let items = elements(array);
    called(walk, callback, &[Value::UNKNOWN, items.item]);
    Value::UNKNOWN
}

pub(super) fn sort(walk: &mut Walk<'_>, array: &Value, callback: Option<Callback<'_>>) -> Value {
    let items = elements(array);
    if callback.is_some() && items.most > 1 {
        called(walk, callback, &[items.item.clone(), items.item.clone()]);
    }
    let sorted = Value::made(Shape::list(items.item.shape));
    if array.may_be_absent() { sorted.optional() } else { sorted }
}

pub(super) fn sift(walk: &mut Walk<'_>, object: &Value, callback: Option<Callback<'_>>) -> Value {
    let values = object.part(object.shape.values());
    called(walk, callback, &[values, Value::plain(Shape::TEXT), object.clone()]);
    Value { shape: Shape::OBJECT.optional(), is_plain: object.is_plain }
}

pub(super) fn each(walk: &mut Walk<'_>, object: &Value, callback: Option<Callback<'_>>) -> Value {
    let values = object.part(object.shape.values());
    called(walk, callback, &[values, Value::plain(Shape::TEXT), object.clone()]);
    Value::UNKNOWN
}
