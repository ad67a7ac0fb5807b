//! What is known of the JSON at some place: the set of values that it can be.

mod api;
mod join;
mod literal;
mod schema;

use std::borrow::Cow;
use std::rc::Rc;

use crate::api::ShapeRef;
use crate::check::data_flow::origin::Origin;

/// A set of JSON values, and of "nothing is there". The empty set is what no execution comes to.
///
/// It is never too small: what is not known is in it. Shapes are shared, so that copies are cheap.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    /// The kinds of values in it.
    pub(crate) kinds: Kinds,
    /// Its texts, if these are known and few; otherwise any.
    texts: Option<Rc<[Rc<str>]>>,
    /// Its only number; otherwise any.
    number: Option<f64>,
    /// Its arrays; otherwise any.
    array: Option<Rc<Array>>,
    /// Its objects; otherwise any.
    object: Option<Rc<Object>>,
    /// What made the value, or one of those that did.
    pub(crate) origin: Option<Origin>,
}

/// A set of kinds of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kinds(u8);

/// Arrays.
#[derive(Debug, PartialEq)]
pub(crate) enum Array {
    /// As many elements as these.
    Tuple(Vec<Shape>),
    /// Any number of such elements.
    Each(Shape),
}

/// Objects.
#[derive(Debug)]
pub(crate) enum Object {
    /// With these members, by name, and others of that shape; with `None` no others.
    Members(Members, Option<Shape>),
    /// An answer of a service, looked into when it is asked for.
    Answer(ShapeRef),
}

/// The members of an object, and the shape of others.
type Parts<'o> = (Cow<'o, [(Rc<str>, Shape)]>, Option<&'o Shape>);

/// Sorted by name.
pub(crate) type Members = Vec<(Rc<str>, Shape)>;

/// How many members that are put into an object, elements of an array and texts are told apart.
const MOST_MEMBERS: usize = 64;
const MOST_ELEMENTS: usize = 32;
const MOST_TEXTS: usize = 8;

impl Kinds {
    pub(crate) const NONE: Self = Self(0);
    /// Nothing is there.
    pub(crate) const ABSENT: Self = Self(1);
    pub(crate) const NULL: Self = Self(2);
    pub(crate) const FALSE: Self = Self(4);
    pub(crate) const TRUE: Self = Self(8);
    pub(crate) const BOOLEAN: Self = Self(12);
    pub(crate) const NUMBER: Self = Self(16);
    pub(crate) const TEXT: Self = Self(32);
    pub(crate) const ARRAY: Self = Self(64);
    pub(crate) const OBJECT: Self = Self(128);
    /// Whatever is there.
    pub(crate) const PRESENT: Self = Self(254);

    /// With the title of each, for messages.
    const TITLES: [(Self, &'static str); 7] = [
        (Self::ABSENT, "nothing"),
        (Self::NULL, "null"),
        (Self::BOOLEAN, "a boolean"),
        (Self::NUMBER, "a number"),
        (Self::TEXT, "a string"),
        (Self::ARRAY, "an array"),
        (Self::OBJECT, "an object"),
    ];

    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether one of those is among them.
    pub(crate) const fn has(self, some: Self) -> bool {
        self.0 & some.0 != 0
    }

    /// Whether there is none but those.
    pub(crate) const fn only(self, those: Self) -> bool {
        self.0 & !those.0 == 0
    }

    /// "a number or null".
    pub(crate) fn title(self) -> String {
        let titles: Vec<&str> =
            Self::TITLES.iter().filter(|(kind, _)| self.has(*kind)).map(|(_, title)| *title).collect();
        match titles.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
            Some((only, _)) => (*only).to_owned(),
            None => "never there".to_owned(),
        }
    }
}

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
        Self { kinds, texts: None, number: None, array: None, object: None, origin: None }
    }

    pub(crate) fn text(text: &str) -> Self {
        Self { texts: Some(Rc::from([Rc::from(text)])), ..Self::TEXT }
    }

    pub(crate) fn number(number: f64) -> Self {
        Self { number: Some(number), ..Self::NUMBER }
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
        Self { array: Some(Rc::new(array)), ..Self::ARRAY }
    }

    /// An array of any length with such elements, which are never absent.
    pub(crate) fn list(mut element: Self) -> Self {
        element.kinds = element.kinds.without(Kinds::ABSENT);
        Self { array: Some(Rc::new(Array::Each(element))), ..Self::ARRAY }
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
        let mut members: Members = members.into_iter().map(|(name, shape)| (name.into(), shape)).collect();
        members.sort_by(|(left, _), (right, _)| left.cmp(right));
        members.dedup_by(|later, earlier| {
            let is_same = later.0 == earlier.0;
            if is_same {
                std::mem::swap(later, earlier);
            }
            is_same
        });
        Self { object: Some(Rc::new(Object::Members(members, rest))), ..Self::OBJECT }
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
        let is_any = self.array.is_none() && self.object.is_none();
        is_any && self.kinds.has(Kinds::ARRAY) && self.kinds.has(Kinds::OBJECT)
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
        self.texts.as_deref().filter(|_| self.kinds == Kinds::TEXT)
    }

    /// Its number, if it is known and it is nothing but a number.
    pub(crate) fn known_number(&self) -> Option<f64> {
        self.number.filter(|_| self.kinds == Kinds::NUMBER)
    }

    /// Those of its texts that pass, if they are known.
    pub(crate) fn with_texts(&self, passes: impl Fn(&str) -> bool) -> Self {
        let mut shape = self.clone();
        if let Some(texts) = &self.texts {
            let left: Rc<[Rc<str>]> = texts.iter().filter(|text| passes(text)).cloned().collect();
            if left.is_empty() {
                shape.kinds = shape.kinds.without(Kinds::TEXT);
            }
            shape.texts = Some(left);
        }
        shape
    }

    /// Whether its number may pass.
    pub(crate) fn may_be_number(&self, passes: impl Fn(f64) -> bool) -> bool {
        self.kinds.has(Kinds::NUMBER) && self.number.is_none_or(passes)
    }

    /// The names of the members that its objects can have, if these are known; they say what could have been meant.
    pub(crate) fn member_names(&self) -> Vec<Rc<str>> {
        let Some(object) = self.object.as_ref().filter(|_| self.kinds.has(Kinds::OBJECT)) else {
            return Vec::new();
        };
        let (members, _) = object.parts();
        let there = members.iter().filter(|(_, shape)| !shape.is_absent());
        there.map(|(name, _)| Rc::clone(name)).collect()
    }

    /// Whether it is objects of a type that does not have a member of that name, though there may be one.
    pub(crate) fn leaves_undeclared(&self, name: &str) -> bool {
        let Some(Object::Members(members, Some(rest))) = self.object.as_deref() else { return false };
        self.kinds.only(Kinds::OBJECT.or(Kinds::ABSENT).or(Kinds::NULL))
            && self.kinds.has(Kinds::OBJECT)
            && rest.origin == Some(Origin::UNDECLARED)
            && members.binary_search_by(|(known, _)| (**known).cmp(name)).is_err()
    }

    /// What its objects have under a name; nothing for what are no objects.
    pub(crate) fn member(&self, name: &str) -> Self {
        self.of_objects(|object| object.member(name))
    }

    /// What is at an index of its arrays, counted from the end if negative; nothing for what are no arrays.
    pub(crate) fn element(&self, index: i64) -> Self {
        let absent = self.kinds.without(Kinds::ARRAY) != Kinds::NONE;
        let found = match (self.kinds.has(Kinds::ARRAY), self.array.as_deref()) {
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
        match (self.kinds.has(Kinds::ARRAY), self.array.as_deref()) {
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
        match self.array.as_deref() {
            Some(Array::Tuple(elements)) if self.kinds == Kinds::ARRAY => Some(elements),
            _ => None,
        }
    }

    /// All members of its objects in one.
    pub(crate) fn values(&self) -> Self {
        match (self.kinds.has(Kinds::OBJECT), &self.object) {
            (false, _) => Self::NEVER,
            (true, None) => Self::PRESENT,
            (true, Some(object)) => {
                let (members, rest) = object.parts();
                let rest = rest.cloned().unwrap_or(Self::NEVER);
                members.iter().fold(rest, |all, (_, shape)| all.join(shape)).present()
            }
        }
    }

    /// The members of its objects, and the shape of others, if it is nothing but objects of which something is known.
    pub(crate) fn known_members(&self) -> Option<(Members, Option<Self>)> {
        let object = self.object.as_ref().filter(|_| self.kinds == Kinds::OBJECT)?;
        let (members, rest) = object.parts();
        Some((members.into_owned(), rest.cloned()))
    }

    /// Its objects with a member set; other values vanish.
    pub(crate) fn with_member(&self, name: &str, value: Self) -> Self {
        if self.has_already(name, &value) {
            return self.only(Kinds::OBJECT);
        }
        let (mut members, mut rest) = match &self.object {
            Some(object) => {
                let (members, rest) = object.parts();
                (members.into_owned(), rest.cloned())
            }
            None => (Members::new(), Some(Self::UNKNOWN)),
        };
        let place = members.binary_search_by(|(known, _)| (**known).cmp(name));
        match place {
            Ok(at) => members[at].1 = value,
            // What is not noted is unknown.
            Err(_) if members.len() >= MOST_MEMBERS => rest = Some(Self::UNKNOWN),
            Err(at) => members.insert(at, (Rc::from(name), value)),
        }
        let object = Some(Rc::new(Object::Members(members, rest)));
        Self { kinds: self.kinds.and(Kinds::OBJECT), object, ..self.clone() }
    }

    /// Whether nothing changes if a member is set, told at a glance.
    fn has_already(&self, name: &str, value: &Self) -> bool {
        let Some(Object::Members(members, _)) = self.object.as_deref() else { return false };
        let place = members.binary_search_by(|(known, _)| (**known).cmp(name));
        let known = place.map(|at| &members[at].1);
        known.is_ok_and(|known| known.is_identical(value) && known.origin == value.origin)
    }

    fn of_objects(&self, get: impl FnOnce(&Object) -> Self) -> Self {
        let found = match (self.kinds.has(Kinds::OBJECT), &self.object) {
            (false, _) => Self::NEVER,
            (true, None) => Self::UNKNOWN,
            (true, Some(object)) => get(object),
        };
        let others = self.kinds.without(Kinds::OBJECT) != Kinds::NONE;
        if others { found.optional() } else { found }
    }
}

/// A member that is not known by its name.
fn other(rest: &Shape) -> Shape {
    let origin = rest.origin.filter(|origin| *origin != Origin::UNDECLARED);
    rest.clone().optional().with_origin(origin)
}

impl Object {
    fn member(&self, name: &str) -> Shape {
        match self {
            Self::Members(members, rest) => {
                match members.binary_search_by(|(known, _)| (**known).cmp(name)) {
                    Ok(at) => members[at].1.clone(),
                    Err(_) => rest.as_ref().map_or(Shape::ABSENT, other),
                }
            }
            Self::Answer(answer) => api::member(*answer, name),
        }
    }

    /// The members by name, and the shape of others.
    fn parts(&self) -> Parts<'_> {
        match self {
            Self::Members(members, rest) => (Cow::Borrowed(members), rest.as_ref()),
            Self::Answer(answer) => (Cow::Owned(api::members(*answer)), None),
        }
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

    #[test]
    fn kinds_have_titles() {
        assert_eq!(Kinds::NUMBER.or(Kinds::NULL).or(Kinds::TEXT).title(), "null, a number or a string");
        assert_eq!(Kinds::TRUE.title(), "a boolean");
    }
}
