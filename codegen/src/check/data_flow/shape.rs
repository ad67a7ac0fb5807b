//! What is known of the JSON at some place: the set of values that it can be.

mod api;
mod join;
mod kinds;
mod known;
mod literal;
mod members;
mod schema;

use std::borrow::Cow;
use std::rc::Rc;

use crate::check::data_flow::origin::Origin;
pub(crate) use kinds::Kinds;
use known::{Array, Known, Object};
use members::{Member, Members, With};

/// A set of JSON values, and of "nothing is there". The empty set is what no execution comes to.
///
/// It is never too small: what is not known is in it. A state has many shapes, so they are small and share what they know.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    /// The kinds of values in it.
    pub(crate) kinds: Kinds,
    /// Which values of these kinds; of a kind of which it says nothing, any. It may say more of kinds that are not in it.
    known: Option<Rc<Known>>,
    /// What made the value, or one of those that did.
    pub(crate) origin: Option<Origin>,
}

/// How many members that are put into an object, elements of an array and texts are told apart.
const MOST_MEMBERS: usize = 64;
const MOST_ELEMENTS: usize = 32;
const MOST_TEXTS: usize = 8;

impl Shape {
    /// No value at all.
    pub(crate) const NEVER: Self = Self::of(Kinds::NONE);
    /// Nothing is there.
    pub(crate) const ABSENT: Self = Self::of(Kinds::ABSENT);
    /// Any value, but there is one.
    pub(crate) const PRESENT: Self = Self::of(Kinds::PRESENT);
    /// Any value, or nothing.
    pub(crate) const UNKNOWN: Self = Self::of(Kinds::PRESENT.or(Kinds::ABSENT));
    pub(crate) const TEXT: Self = Self::of(Kinds::TEXT);
    pub(crate) const NUMBER: Self = Self::of(Kinds::NUMBER);
    pub(crate) const BOOLEAN: Self = Self::of(Kinds::BOOLEAN);
    pub(crate) const ARRAY: Self = Self::of(Kinds::ARRAY);
    pub(crate) const OBJECT: Self = Self::of(Kinds::OBJECT);

    /// Any values of these kinds.
    pub(crate) const fn of(kinds: Kinds) -> Self {
        Self { kinds, known: None, origin: None }
    }

    /// Those values.
    fn knowing(known: Known) -> Self {
        Self { kinds: known.kind(), known: Some(Rc::new(known)), origin: None }
    }

    pub(crate) fn text(text: &str) -> Self {
        Self::knowing(Known::Texts(vec![Rc::from(text)]))
    }

    pub(crate) fn number(number: f64) -> Self {
        Self::knowing(Known::Number(number))
    }

    pub(crate) fn boolean(value: bool) -> Self {
        Self::of(if value { Kinds::TRUE } else { Kinds::FALSE })
    }

    /// An array with these elements.
    pub(crate) fn tuple(elements: Vec<Self>) -> Self {
        let array = if elements.len() > MOST_ELEMENTS {
            Array::Each(elements.iter().fold(Self::NEVER, |all, element| all.join(element)))
        } else {
            Array::Tuple(elements)
        };
        Self::knowing(Known::Array(array))
    }

    /// An array of any length with such elements, which are never absent.
    pub(crate) fn list(mut element: Self) -> Self {
        element.kinds = element.kinds.without(Kinds::ABSENT);
        Self::knowing(Known::Array(Array::Each(element)))
    }

    /// An object with these members and no others. Of two with one name the later counts.
    pub(crate) fn object<N: Into<Rc<str>>>(members: impl IntoIterator<Item = (N, Self)>) -> Self {
        Self::object_with(members, None)
    }

    /// An object with these members, and others of that shape.
    pub(crate) fn object_with<N: Into<Rc<str>>>(
        members: impl IntoIterator<Item = (N, Self)>,
        rest: Option<Self>,
    ) -> Self {
        let mut members: Vec<Member> =
            members.into_iter().map(|(name, shape)| (name.into(), shape)).collect();
        members.sort_by(|(left, _), (right, _)| left.cmp(right));
        members.dedup_by(|later, earlier| {
            let is_same = later.0 == earlier.0;
            if is_same {
                std::mem::swap(later, earlier);
            }
            is_same
        });
        Self::knowing(Known::Object(Object::Members(Members::sorted(members), rest)))
    }

    /// Made by that.
    pub(crate) fn from(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    /// Made by that, unless it says already what it was made by.
    pub(crate) fn or_from(mut self, origin: Origin) -> Self {
        self.origin.get_or_insert(origin);
        self
    }

    /// The same where it takes a look to tell what made it.
    pub(crate) fn or_made(mut self, origin: impl FnOnce() -> Origin) -> Self {
        self.origin.get_or_insert_with(origin);
        self
    }

    /// With that for what made it.
    pub(crate) fn with_origin(mut self, origin: Option<Origin>) -> Self {
        self.origin = origin;
        self
    }

    pub(crate) fn is_never(&self) -> bool {
        self.kinds == Kinds::NONE
    }

    /// Whether nothing is there, for certain.
    pub(crate) fn is_absent(&self) -> bool {
        self.kinds == Kinds::ABSENT
    }

    pub(crate) fn may_be_absent(&self) -> bool {
        self.kinds.has(Kinds::ABSENT)
    }

    /// Whether any array and any object is in it.
    pub(crate) fn is_open(&self) -> bool {
        let is_any = |kind| self.kinds.has(kind) && self.known(kind).is_none();
        is_any(Kinds::ARRAY) && is_any(Kinds::OBJECT)
    }

    /// Whether there is a value, and none of those kinds.
    pub(crate) fn is_none_of(&self, kinds: Kinds) -> bool {
        !self.is_never() && !self.kinds.has(kinds)
    }

    /// Those of its values that are of these kinds.
    pub(crate) fn only(&self, kinds: Kinds) -> Self {
        Self { kinds: self.kinds.and(kinds), ..self.clone() }
    }

    /// Those of its values that are not of these kinds.
    pub(crate) fn without(&self, kinds: Kinds) -> Self {
        Self { kinds: self.kinds.without(kinds), ..self.clone() }
    }

    /// Those of its values that are there.
    pub(crate) fn present(&self) -> Self {
        self.without(Kinds::ABSENT)
    }

    /// The same, or nothing.
    pub(crate) fn optional(mut self) -> Self {
        self.kinds = self.kinds.or(Kinds::ABSENT);
        self
    }

    /// Its texts, if they are known and it is nothing but text.
    pub(crate) fn known_texts(&self) -> Option<&[Rc<str>]> {
        self.texts().filter(|_| self.kinds == Kinds::TEXT)
    }

    /// Its number, if it is known and it is nothing but a number.
    pub(crate) fn known_number(&self) -> Option<f64> {
        self.only_number().filter(|_| self.kinds == Kinds::NUMBER)
    }

    /// What is known of those of its values that are of one kind.
    fn known(&self, kind: Kinds) -> Option<&Rc<Known>> {
        let known = self.known.as_ref().filter(|_| self.kinds.has(kind))?;
        match &**known {
            Known::Several(parts) => parts.iter().find(|part| part.kind() == kind),
            one => (one.kind() == kind).then_some(known),
        }
    }

    fn texts(&self) -> Option<&[Rc<str>]> {
        match &**self.known(Kinds::TEXT)? {
            Known::Texts(texts) => Some(texts),
            _ => None,
        }
    }

    fn only_number(&self) -> Option<f64> {
        match &**self.known(Kinds::NUMBER)? {
            Known::Number(number) => Some(*number),
            _ => None,
        }
    }

    fn arrays(&self) -> Option<&Array> {
        match &**self.known(Kinds::ARRAY)? {
            Known::Array(array) => Some(array),
            _ => None,
        }
    }

    fn objects(&self) -> Option<&Object> {
        match &**self.known(Kinds::OBJECT)? {
            Known::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Those of its texts that pass, if they are known.
    pub(crate) fn with_texts(&self, passes: impl Fn(&str) -> bool) -> Self {
        let Some(texts) = self.texts() else { return self.clone() };
        let left: Vec<Rc<str>> = texts.iter().filter(|text| passes(text)).cloned().collect();
        if left.is_empty() {
            return self.without(Kinds::TEXT);
        }
        let others = [Kinds::NUMBER, Kinds::ARRAY, Kinds::OBJECT].map(|kind| self.known(kind).cloned());
        let known = Known::all(others.into_iter().chain([Some(Rc::new(Known::Texts(left)))]));
        Self { known, ..*self }
    }

    /// Whether its number may pass.
    pub(crate) fn may_be_number(&self, passes: impl Fn(f64) -> bool) -> bool {
        self.kinds.has(Kinds::NUMBER) && self.only_number().is_none_or(passes)
    }

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
