//! What is known of the JSON at some place: the set of values that it can be.

mod api;
mod join;
mod kinds;
mod known;
mod literal;
mod members;
mod parts;
mod schema;

use std::rc::Rc;

use crate::check::data_flow::origin::Origin;
pub(crate) use kinds::Kinds;
use known::{Array, Known, Object};
use members::{Member, Members};

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
}
