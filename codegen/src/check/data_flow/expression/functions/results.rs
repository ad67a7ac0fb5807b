//! What functions give that depends on their arguments.

use std::rc::Rc;

use crate::check::data_flow::expression::items::{Given, Items, MANY};
use crate::check::data_flow::expression::value::Value;
use crate::check::data_flow::shape::{Kinds, Shape};

pub(super) fn unknown(_: &[Value]) -> Value {
    Value::UNKNOWN
}

pub(super) fn same(arguments: &[Value]) -> Value {
    arguments[0].clone()
}

pub(super) fn string(arguments: &[Value]) -> Value {
    let value = &arguments[0].present();
    if value.is_never() {
        return Value::ABSENT;
    }
    Value::plain(match value.shape.known_texts() {
        Some(_) => value.shape.clone(),
        None => Shape::TEXT,
    })
}

pub(super) fn boolean(arguments: &[Value]) -> Value {
    tested(&arguments[0].present(), false)
}

pub(super) fn not(arguments: &[Value]) -> Value {
    tested(&arguments[0].present(), true)
}

/// Nothing is neither true nor false here.
fn tested(value: &Value, is_inverted: bool) -> Value {
    let truth = value.truth();
    Value::plain(if is_inverted { truth.inverted() } else { truth }.shape())
}

pub(super) fn exists(arguments: &[Value]) -> Value {
    let value = &arguments[0];
    let (is_absent, may_be_absent) = (value.shape.is_absent(), value.may_be_absent());
    Value::plain(if is_absent {
        Shape::boolean(false)
    } else if may_be_absent {
        Shape::BOOLEAN
    } else {
        Shape::boolean(true)
    })
}

pub(super) fn count(arguments: &[Value]) -> Value {
    let items = Items::of(&arguments[0]);
    let is_plain = arguments[0].is_plain;
    Value::plain(match (items.least, items.most) {
        (0, 0) => Shape::number(0.0),
        (1, 1) if is_plain => Shape::number(1.0),
        _ => Shape::NUMBER,
    })
}

/// An array of texts.
pub(super) fn texts(_: &[Value]) -> Value {
    Value::made(Shape::list(Shape::TEXT))
}

pub(super) fn matches(_: &[Value]) -> Value {
    let item = Value::made(Shape::OBJECT);
    Value::made(Items { item, least: 0, most: MANY }.value(false).shape)
}

pub(super) fn append(arguments: &[Value]) -> Value {
    let (left, right) = (&arguments[0], &arguments[1]);
    let mut result = Value::NEVER;
    if left.may_be_absent() {
        result = result.join(right);
    }
    if right.may_be_absent() {
        result = result.join(left);
    }
    let (left, right) = (Items::of(&left.present()), Items::of(&right.present()));
    result.join(&Value::made(Shape::list(left.item.shape.join(&right.item.shape))))
}

/// An array of the same elements.
pub(super) fn reordered(arguments: &[Value]) -> Value {
    Value::made(Shape::list(Items::of(&arguments[0]).item.shape))
}

pub(super) fn distinct(arguments: &[Value]) -> Value {
    let value = &arguments[0];
    if !value.may_be_array() {
        return value.clone();
    }
    let items = Items::of(value);
    let mut result = value.single().join(&Value::made(Shape::list(items.item.shape.clone())));
    if !value.is_plain {
        result = result.join(&items.item);
    }
    Value::made(result.shape)
}

pub(super) fn keys(_: &[Value]) -> Value {
    let item = Value::plain(Shape::TEXT);
    Value::made(Items { item, least: 0, most: MANY }.value(false).shape)
}

pub(super) fn lookup(arguments: &[Value]) -> Value {
    match (&arguments[0], arguments.get(1).map(|key| &key.shape)) {
        (value, Some(key)) => match key.known_texts() {
            Some([name]) => Given::member(value, name).finish(&Items::one(Value::ABSENT), false),
            _ => Value::UNKNOWN,
        },
        (_, None) => Value::UNKNOWN,
    }
}

pub(super) fn merge(arguments: &[Value]) -> Value {
    let value = &arguments[0];
    let objects: Vec<Shape> = match value.shape.known_elements() {
        Some(known) => known.to_vec(),
        None if value.shape.kinds == Kinds::OBJECT => vec![value.shape.clone()],
        None => return Value { shape: Shape::OBJECT, is_plain: value.is_plain },
    };
    let none = Shape::object::<Rc<str>>([]);
    let merged = objects.iter().fold(none, |merged, object| overlaid(&merged, object));
    Value { shape: merged, is_plain: value.is_plain }
}

/// The members of one object, and those of the other in place of them.
fn overlaid(below: &Shape, above: &Shape) -> Shape {
    let Some((members, None)) = above.only(Kinds::OBJECT).known_members() else { return Shape::OBJECT };
    members.into_iter().fold(below.clone(), |merged, (name, value)| {
        let value = if value.may_be_absent() { value.present().join(&merged.member(&name)) } else { value };
        merged.with_member(&name, value)
    })
}

pub(super) fn partition(arguments: &[Value]) -> Value {
    let part = Shape::list(Items::of(&arguments[0]).item.shape);
    Value::made(Shape::list(part.clone()).join(&part).optional())
}

pub(super) fn range(_: &[Value]) -> Value {
    Value::made(Shape::list(Shape::NUMBER).join(&Shape::NUMBER).optional())
}
