//! What is in objects and arrays: members and elements, and one of them set.

use std::borrow::Cow;
use std::rc::Rc;

use super::known::{Array, Known, Object};
use super::members::{Member, With};
use super::{Kinds, MOST_MEMBERS, Shape};
use crate::check::data_flow::origin::Origin;

impl Shape {
    /// The names of the members that its objects can have, if these are known; they say what could have been meant.
    pub(crate) fn member_names(&self) -> Vec<Rc<str>> {
        let Some(object) = self.objects() else { return Vec::new() };
        let members = object.members();
        let there = members.iter().filter(|(_, shape)| !shape.is_absent());
        there.map(|(name, _)| Rc::clone(name)).collect()
    }

    /// Whether it is objects of a type that does not have a member of that name, though there may be one.
    pub(crate) fn leaves_undeclared(&self, name: &str) -> bool {
        let Some(Object::Members(members, Some(rest))) = self.objects() else { return false };
        self.kinds.only(Kinds::OBJECT.or(Kinds::ABSENT).or(Kinds::NULL))
            && rest.origin == Some(Origin::UNDECLARED)
            && members.get(name).is_none()
    }

    /// What its objects have under a name; nothing for what are no objects.
    pub(crate) fn member(&self, name: &str) -> Self {
        self.of_objects(|object| object.member(name))
    }

    /// What is at an index of its arrays, counted from the end if negative; nothing for what are no arrays.
    pub(crate) fn element(&self, index: i64) -> Self {
        let absent = self.kinds.without(Kinds::ARRAY) != Kinds::NONE;
        let found = match (self.kinds.has(Kinds::ARRAY), self.arrays()) {
            (false, _) => Self::NEVER,
            (true, None) => Self::UNKNOWN,
            (true, Some(Array::Each(element))) => element.clone().optional(),
            (true, Some(Array::Tuple(elements))) => {
                let length = i64::try_from(elements.len()).unwrap_or(i64::MAX);
                let index = if index < 0 { index + length } else { index };
                usize::try_from(index)
                    .ok()
                    .and_then(|index| elements.get(index))
                    .cloned()
                    .unwrap_or(Self::ABSENT)
            }
        };
        if absent { found.optional() } else { found }
    }

    /// All elements of its arrays in one; the empty set if these have none.
    pub(crate) fn elements(&self) -> Self {
        match (self.kinds.has(Kinds::ARRAY), self.arrays()) {
            (false, _) => Self::NEVER,
            (true, None) => Self::PRESENT,
            (true, Some(Array::Each(element))) => element.clone(),
            (true, Some(Array::Tuple(elements))) => {
                elements.iter().fold(Self::NEVER, |all, element| all.join(element))
            }
        }
    }

    /// The elements of its arrays one by one, if it is nothing but arrays of a known length.
    pub(crate) fn known_elements(&self) -> Option<&[Self]> {
        match self.arrays() {
            Some(Array::Tuple(elements)) if self.kinds == Kinds::ARRAY => Some(elements),
            _ => None,
        }
    }

    /// All members of its objects in one.
    pub(crate) fn values(&self) -> Self {
        match (self.kinds.has(Kinds::OBJECT), self.objects()) {
            (false, _) => Self::NEVER,
            (true, None) => Self::PRESENT,
            (true, Some(object)) => {
                let rest = object.rest().cloned().unwrap_or(Self::NEVER);
                object.members().iter().fold(rest, |all, (_, shape)| all.join(shape)).present()
            }
        }
    }

    /// The members of its objects, and the shape of others, if it is nothing but objects of which something is known.
    pub(crate) fn known_members(&self) -> Option<(Vec<Member>, Option<Self>)> {
        let object = self.objects().filter(|_| self.kinds == Kinds::OBJECT)?;
        Some((object.members().iter().cloned().collect(), object.rest().cloned()))
    }

    /// Its objects with a member set; other values vanish.
    pub(crate) fn with_member(&self, name: &str, value: Self) -> Self {
        let (before, rest) = match self.objects() {
            Some(object) => (object.members(), object.rest().cloned()),
            None => (Cow::default(), Some(Self::UNKNOWN)),
        };
        let (members, rest) = match before.with(name, value, MOST_MEMBERS) {
            With::Same => return self.only(Kinds::OBJECT),
            With::Other(members) => (members, rest),
            // What is not noted is unknown.
            With::TooMany => (before.into_owned(), Some(Self::UNKNOWN)),
        };
        let known = Some(Rc::new(Known::Object(Object::Members(members, rest))));
        Self { kinds: self.kinds.and(Kinds::OBJECT), known, origin: self.origin }
    }

    fn of_objects(&self, get: impl FnOnce(&Object) -> Self) -> Self {
        let found = match (self.kinds.has(Kinds::OBJECT), self.objects()) {
            (false, _) => Self::NEVER,
            (true, None) => Self::UNKNOWN,
            (true, Some(object)) => get(object),
        };
        let others = self.kinds.without(Kinds::OBJECT) != Kinds::NONE;
        if others { found.optional() } else { found }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_are_found() {
        let shape = Shape::literal(&json!({ "a": { "b": 1 }, "c": "x" }));
        assert_eq!(shape.member("a").member("b"), Shape::number(1.0));
        assert!(shape.member("z").is_absent() && shape.member("c").member("d").is_absent());
        assert_eq!(Shape::UNKNOWN.member("a"), Shape::UNKNOWN);
        assert_eq!(shape.join(&Shape::text("x")).member("c"), Shape::text("x").optional());
    }

    #[test]
    fn a_value_may_be_nested_deeper_than_the_stack() {
        let nested = (0..200_000).fold(Shape::TEXT, |inner, level| match level % 3 {
            0 => Shape::object([("a", inner)]),
            1 => Shape::tuple(vec![inner]),
            _ => Shape::list(inner).join(&Shape::number(1.0)),
        });
        assert_eq!(nested.clone().kinds, Kinds::ARRAY.or(Kinds::OBJECT).and(nested.kinds));
        drop(nested);
    }

    #[test]
    fn elements_are_found() {
        let shape = Shape::literal(&json!([1, "a"]));
        assert_eq!(shape.element(0), Shape::number(1.0));
        assert_eq!(shape.element(-1), Shape::text("a"));
        assert!(shape.element(2).is_absent() && Shape::TEXT.element(0).is_absent());
        assert_eq!(shape.elements().kinds, Kinds::NUMBER.or(Kinds::TEXT));
        assert_eq!(Shape::list(Shape::TEXT).element(5), Shape::TEXT.optional());
    }

    #[test]
    fn a_member_is_set() {
        let shape =
            Shape::literal(&json!({ "b": 1 })).with_member("a", Shape::TEXT).with_member("b", Shape::TEXT);
        assert_eq!(shape, Shape::object([("a", Shape::TEXT), ("b", Shape::TEXT)]));
        let unknown = Shape::PRESENT.with_member("a", Shape::TEXT);
        assert_eq!((unknown.kinds, unknown.member("a")), (Kinds::OBJECT, Shape::TEXT));
        assert_eq!(unknown.member("z"), Shape::UNKNOWN);
    }

    #[test]
    fn of_two_members_with_one_name_the_later_counts() {
        let shape = Shape::object([("a", Shape::TEXT), ("b", Shape::NUMBER), ("a", Shape::NUMBER)]);
        assert_eq!(shape.member("a"), Shape::NUMBER);
    }
}
