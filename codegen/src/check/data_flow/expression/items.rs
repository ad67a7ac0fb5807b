//! Sequences: what the steps of a path hand on.

use super::value::Value;
use crate::check::data_flow::shape::{Kinds, Shape};

/// Any number of items; never "nothing", but for the item that a path without input starts from.
#[derive(Debug, Clone)]
pub(super) struct Items {
    pub(super) item: Value,
    /// How many there are: none, one, or more.
    pub(super) least: usize,
    pub(super) most: usize,
}

/// Two or more.
pub(super) const MANY: usize = 2;

impl Items {
    pub(super) const NONE: Self = Self { item: Value::NEVER, least: 0, most: 0 };

    pub(super) const fn one(item: Value) -> Self {
        Self { item, least: 1, most: 1 }
    }

    /// Of a value that is put into a sequence: the elements of an array, or the value itself.
    pub(super) fn of(value: &Value) -> Self {
        if value.shape.is_open() {
            return Self { item: value.part(Shape::PRESENT), least: 0, most: MANY };
        }
        if !value.may_be_array() && !value.may_be_absent() && !value.is_never() {
            return Self::one(value.clone());
        }
        let mut items = Self::NONE;
        let mut is_first = true;
        let mut add = |more: Self| {
            items = if is_first { more } else { items.join(&more) };
            is_first = false;
        };
        if value.may_be_absent() {
            add(Self::NONE);
        }
        let single = value.single().present();
        if !single.is_never() {
            add(Self::one(single));
        }
        if value.may_be_array() {
            let arrays = value.arrays();
            add(Self::of_array(&arrays));
            // One that was made in a path may stay whole.
            if !value.is_plain {
                add(Self::one(arrays));
            }
        }
        items
    }

    fn of_array(array: &Value) -> Self {
        let elements = array.part(array.shape.elements());
        match array.shape.known_elements() {
            Some(known) => {
                let count = known.len().min(MANY);
                Self { item: elements, least: count, most: count }
            }
            None if elements.is_never() => Self::NONE,
            None => Self { item: elements, least: 0, most: MANY },
        }
    }

    /// One sequence or the other.
    pub(super) fn join(&self, other: &Self) -> Self {
        Self {
            item: self.item.join(&other.item),
            least: self.least.min(other.least),
            most: self.most.max(other.most),
        }
    }

    /// As many such sequences in a row.
    pub(super) fn times(self, least: usize, most: usize) -> Self {
        Self { least: (self.least * least).min(MANY), most: (self.most * most).min(MANY), ..self }
    }

    /// Some of them.
    pub(super) fn fewer(self) -> Self {
        Self { least: 0, ..self }
    }

    /// What JSONata makes of a sequence: nothing, the only item, or an array; with `[]` always an array.
    pub(super) fn value(&self, keeps_array: bool) -> Value {
        let mut shape = Shape::NEVER;
        if self.least == 0 {
            shape = Shape::ABSENT;
        }
        if self.item.is_never() {
            return Value::plain(shape);
        }
        if self.least <= 1 && self.most >= 1 {
            let one = self.item.shape.clone();
            shape = shape.join(&if keeps_array { Shape::tuple(vec![one]) } else { one });
        }
        if self.most >= MANY {
            shape = shape.join(&Shape::list(self.item.shape.clone()));
        }
        let is_item = self.most <= 1 && !keeps_array && !self.item.may_be_array();
        if is_item { self.item.with(shape) } else { Value::made(shape) }
    }
}

/// What a step gives for an item, before it is put into a sequence.
pub(super) struct Given {
    pub(super) value: Value,
    /// Or a sequence, from an array or a predicate.
    pub(super) sequence: Option<Items>,
}

impl Given {
    pub(super) fn value(value: Value) -> Self {
        Self { value, sequence: None }
    }

    pub(super) fn is_never(&self) -> bool {
        self.value.is_never() && self.sequence.is_none()
    }

    /// A member of a value; an array gives those of its elements.
    pub(super) fn member(value: &Value, name: &str) -> Self {
        Self::member_below(value, name, DEEPEST)
    }

    fn member_below(value: &Value, name: &str, depth: usize) -> Self {
        if value.shape.is_open() {
            let item = Value { is_plain: false, ..value.part(Shape::PRESENT) };
            let sequence = Items { item, least: 0, most: MANY };
            return Self { value: value.part(Shape::UNKNOWN), sequence: Some(sequence) };
        }
        if !value.may_be_array() {
            return Self::value(value.part(value.shape.member(name)));
        }
        let single = value.single();
        let member = if single.is_never() { Value::NEVER } else { value.part(single.shape.member(name)) };
        if depth == 0 {
            return Self::value(Value::UNKNOWN);
        }
        let elements = Items::of(&value.with(value.shape.only(Kinds::ARRAY)));
        let sequence = if elements.most == 0 {
            Items::NONE
        } else {
            Self::member_below(&elements.item, name, depth - 1).collect(&elements)
        };
        Self { value: member, sequence: Some(sequence) }
    }

    /// What one of these is in a sequence.
    pub(super) fn flat(&self) -> Items {
        let value = (!self.value.is_never()).then(|| Items::of(&self.value));
        match (value, &self.sequence) {
            (Some(value), Some(sequence)) => value.join(sequence),
            (Some(items), None) => items,
            (None, sequence) => sequence.clone().unwrap_or(Items::NONE),
        }
    }

    /// How many of these are there for so many items, at least and at most.
    fn count(&self, of: &Items) -> (usize, usize) {
        let is_absent = self.sequence.is_none() && self.value.shape.is_absent();
        let least = if self.value.may_be_absent() { 0 } else { of.least };
        (least, if is_absent { 0 } else { of.most })
    }

    /// What all items together give the next step.
    pub(super) fn collect(&self, of: &Items) -> Items {
        if self.is_never() {
            return Items::NONE;
        }
        let (_, most) = self.count(of);
        self.flat().times(of.least, most)
    }

    /// What all items together give at the end of a path: an array that is the only result stays as it is.
    pub(super) fn finish(&self, of: &Items, keeps_array: bool) -> Value {
        if self.is_never() {
            return if of.least == 0 { Value::ABSENT } else { Value::NEVER };
        }
        let (least, most) = self.count(of);
        let is_single = self.sequence.is_none() && !self.value.may_be_array();
        if is_single && !keeps_array && most == 1 && (least == 1 || self.value.may_be_absent()) {
            return self.value.clone();
        }
        if let Some(sequence) = self.sequence.as_ref().filter(|sequence| sequence.most >= MANY)
            && self.value.shape == Shape::UNKNOWN
            && most >= 1
            && !keeps_array
        {
            let origin = self.value.shape.origin.or(sequence.item.shape.origin);
            return Value { shape: Shape::UNKNOWN.with_origin(origin), is_plain: false };
        }
        let mut result = if least == 0 { Value::ABSENT } else { Value::NEVER };
        if least <= 1 && most >= 1 {
            result = result.join(&self.alone(keeps_array));
        }
        if most >= MANY {
            result = result.join(&self.flat().times(least, MANY).value(keeps_array));
        }
        result
    }

    /// As the only result of a path.
    fn alone(&self, keeps_array: bool) -> Value {
        let mut result = Value::NEVER;
        let single = self.value.single().present();
        if !single.is_never() {
            result = Items::one(single).value(keeps_array);
        }
        let arrays = self.value.arrays();
        if !arrays.is_never() {
            result = result.join(&arrays);
            if !arrays.is_plain {
                result = result.join(&Items::of(&arrays).value(keeps_array));
                if keeps_array {
                    result = result.join(&Items::one(arrays).value(true));
                }
            }
        }
        match &self.sequence {
            Some(sequence) => result.join(&sequence.value(keeps_array)),
            None => result,
        }
    }
}

/// How deep arrays in arrays are looked into.
const DEEPEST: usize = 4;
