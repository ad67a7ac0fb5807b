//! The union of two shapes: what a place can be where paths meet.

use std::cell::Cell;
use std::rc::Rc;

use super::known::{Array, Known, Object};
use super::{Kinds, MOST_TEXTS, Shape};
use crate::check::data_flow::origin::Origin;

/// The kinds of which more can be known.
const KINDS: [Kinds; 4] = [Kinds::TEXT, Kinds::NUMBER, Kinds::ARRAY, Kinds::OBJECT];

/// How deep values are told apart; a loop may wrap one in another forever.
const DEEPEST: usize = 12;

/// The same for what a loop has changed a few times.
const SHALLOW: usize = 3;

/// How many shapes inside of two are looked at: parts that are shared count each time, and may be shared in shapes that are
/// shared themselves.
const MOST_SHAPES: usize = 1_000;

/// How much of two shapes is still looked at.
struct Room<'r> {
    depth: usize,
    shapes: &'r Cell<usize>,
}

impl Room<'_> {
    /// For what is inside; none if that is too deep or too much.
    fn inside(&self) -> Self {
        let left = self.shapes.get();
        self.shapes.set(left.saturating_sub(1));
        Self { depth: if left == 0 { 0 } else { self.depth - 1 }, shapes: self.shapes }
    }
}

impl Shape {
    /// What is one or the other.
    pub(crate) fn join(&self, other: &Self) -> Self {
        join(self, other, &Room { depth: DEEPEST, shapes: &Cell::new(MOST_SHAPES) })
    }

    /// Whether both are known to be the same without looking into them.
    pub(super) fn is_identical(&self, other: &Self) -> bool {
        let is_one = match (&self.known, &other.known) {
            (Some(left), Some(right)) => is_same(left, right),
            (left, right) => left.is_none() && right.is_none(),
        };
        is_one && self.kinds == other.kinds
    }

    /// Whether the union with the other is this one itself, told without looking into them.
    fn absorbs(&self, other: &Self) -> bool {
        other.kinds.only(self.kinds)
            && (self.origin.is_some() || other.origin.is_none())
            && match (&self.known, &other.known) {
                (None, _) => true,
                (Some(left), Some(right)) if Rc::ptr_eq(left, right) => true,
                _ => KINDS.into_iter().filter(|kind| other.kinds.has(*kind)).all(|kind| {
                    self.known(kind)
                        .is_none_or(|left| other.known(kind).is_some_and(|right| is_same(left, right)))
                }),
            }
    }

    /// The same, with what is deep inside given up, so that a loop settles.
    pub(crate) fn widen(&self, other: &Self) -> Self {
        join(self, other, &Room { depth: SHALLOW, shapes: &Cell::new(MOST_SHAPES) })
    }
}

fn join(left: &Shape, right: &Shape, room: &Room<'_>) -> Shape {
    if left.kinds == Kinds::NONE {
        return right.clone();
    }
    if right.kinds == Kinds::NONE || left.is_identical(right) || left.absorbs(right) {
        return left.clone();
    }
    let kinds = left.kinds.or(right.kinds);
    if room.depth == 0 {
        return Shape { origin: left.origin.or(right.origin), ..Shape::of(kinds) };
    }
    // Of each kind: where only one side has it, that side says which.
    let of_kind = |kind| match (left.kinds.has(kind), right.kinds.has(kind)) {
        (true, true) => known(left.known(kind)?, right.known(kind)?, room),
        (true, false) => left.known(kind).cloned(),
        (false, _) => right.known(kind).cloned(),
    };
    let parts = KINDS.map(of_kind);
    let is_left = |(kind, part): (Kinds, &Option<Rc<Known>>)| match (left.known(kind), part) {
        (Some(left), Some(part)) => Rc::ptr_eq(left, part),
        (left, part) => left.is_none() && part.is_none(),
    };
    let known = if kinds == left.kinds && KINDS.into_iter().zip(&parts).all(is_left) {
        left.known.clone()
    } else {
        Known::all(parts)
    };
    Shape { kinds, known, origin: left.origin.or(right.origin) }
}

/// What is known of both, which are of one kind.
fn known(left: &Rc<Known>, right: &Rc<Known>, room: &Room<'_>) -> Option<Rc<Known>> {
    if is_same(left, right) {
        return Some(Rc::clone(left));
    }
    match (&**left, &**right) {
        (Known::Texts(of_left), Known::Texts(of_right)) => {
            let more: Vec<&Rc<str>> = of_right.iter().filter(|text| !of_left.contains(text)).collect();
            match more.len() {
                0 => Some(Rc::clone(left)),
                count if of_left.len() + count > MOST_TEXTS => None,
                _ => Some(Rc::new(Known::Texts(of_left.iter().chain(more).cloned().collect()))),
            }
        }
        (Known::Array(left), Known::Array(right)) => Some(Rc::new(Known::Array(arrays(left, right, room)))),
        (Known::Object(of_left), Known::Object(of_right)) => {
            let union = objects(of_left, of_right, room);
            Some(union.map_or_else(|| Rc::clone(left), |union| Rc::new(Known::Object(union))))
        }
        // Two numbers; and what is about one kind has but one form.
        _ => None,
    }
}

fn arrays(left: &Array, right: &Array, room: &Room<'_>) -> Array {
    match (left, right) {
        (Array::Tuple(left), Array::Tuple(right)) if left.len() == right.len() => Array::Tuple(
            left.iter().zip(right).map(|(left, right)| join(left, right, &room.inside())).collect(),
        ),
        (left, right) => {
            let elements = left.shapes().iter().chain(right.shapes());
            Array::Each(elements.fold(Shape::NEVER, |all, element| join(&all, element, &room.inside())))
        }
    }
}

impl Array {
    fn shapes(&self) -> &[Shape] {
        match self {
            Self::Tuple(elements) => elements,
            Self::Each(element) => std::slice::from_ref(element),
        }
    }
}

/// Gives nothing if the left one itself is the union, so that this can be told at a glance the next time.
fn objects(left: &Object, right: &Object, room: &Room<'_>) -> Option<Object> {
    let absent = |rest: Option<&Shape>| rest.cloned().map_or(Shape::ABSENT, Shape::optional);
    let (left_other, right_other) = (absent(left.rest()), absent(right.rest()));
    let members = left.members();
    let union = members.union(&right.members(), |before, after| {
        let (known, after) = (before.unwrap_or(&left_other), after.unwrap_or(&right_other));
        if before.is_some() && known.absorbs(after) {
            return None;
        }
        let joined = join(known, after, &room.inside());
        (before.is_none() || !joined.is_identical(known)).then_some(joined)
    });
    let rest = match (left.rest(), right.rest()) {
        (None, None) => None,
        (Some(rest), None) | (None, Some(rest)) => Some(rest.clone()),
        // Where one side says nothing of other members, they may well be meant.
        (Some(left), Some(right)) if left.origin != right.origin => {
            Some(join(left, right, &room.inside()).with_origin(None))
        }
        (Some(left), Some(right)) => Some(join(left, right, &room.inside())),
    };
    if union.is_none() && is_same_rest(rest.as_ref(), left.rest()) {
        return None;
    }
    Some(Object::Members(union.unwrap_or_else(|| members.into_owned()), rest))
}

/// Whether other members are of the same shape, and as much, or as little, meant.
fn is_same_rest(left: Option<&Shape>, right: Option<&Shape>) -> bool {
    let is_undeclared =
        |rest: Option<&Shape>| rest.is_some_and(|rest| rest.origin == Some(Origin::UNDECLARED));
    left == right && is_undeclared(left) == is_undeclared(right)
}

/// Whether both say the same, told without looking into them.
fn is_same(left: &Rc<Known>, right: &Rc<Known>) -> bool {
    if Rc::ptr_eq(left, right) {
        return true;
    }
    match (&**left, &**right) {
        (Known::Number(left), Known::Number(right)) => left.to_bits() == right.to_bits(),
        (Known::Object(Object::Answer(left)), Known::Object(Object::Answer(right))) => {
            std::ptr::eq(left.shape(), right.shape())
        }
        _ => false,
    }
}

/// The same values; where they come from does not count.
impl PartialEq for Shape {
    fn eq(&self, other: &Self) -> bool {
        self.kinds == other.kinds
            && (self.is_identical(other)
                || KINDS.into_iter().all(|kind| match (self.known(kind), other.known(kind)) {
                    (Some(left), Some(right)) => is_same(left, right) || left == right,
                    (left, right) => left.is_none() && right.is_none(),
                }))
    }
}

impl PartialEq for Known {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Texts(left), Self::Texts(right)) => left == right,
            (Self::Array(left), Self::Array(right)) => left == right,
            (Self::Object(left), Self::Object(right)) => left == right,
            (Self::Number(left), Self::Number(right)) => left.to_bits() == right.to_bits(),
            _ => false,
        }
    }
}

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Answer(left), Self::Answer(right)) => std::ptr::eq(left.shape(), right.shape()),
            (Self::Members(left, left_rest), Self::Members(right, right_rest)) => {
                left == right && is_same_rest(left_rest.as_ref(), right_rest.as_ref())
            }
            (left, right) => left.members() == right.members() && left.rest() == right.rest(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_one_side_lacks_may_be_absent() {
        let joined =
            Shape::literal(&json!({ "a": 1, "b": 2 })).join(&Shape::literal(&json!({ "a": 1, "c": "x" })));
        assert_eq!(joined.member("a"), Shape::number(1.0));
        assert_eq!(joined.member("b"), Shape::number(2.0).optional());
        assert_eq!(joined.member("c"), Shape::text("x").optional());
        assert!(joined.member("d").is_absent());
    }

    #[test]
    fn literals_become_kinds() {
        let joined = Shape::literal(&json!([1])).join(&Shape::literal(&json!([2])));
        assert_eq!(joined, Shape::tuple(vec![Shape::NUMBER]));
        let joined = joined.join(&Shape::literal(&json!([])));
        assert_eq!(joined, Shape::list(Shape::NUMBER));
        let texts = (0..20).fold(Shape::NEVER, |all, n| all.join(&Shape::text(&n.to_string())));
        assert_eq!(texts, Shape::TEXT);
    }

    #[test]
    fn what_is_shared_again_and_again_has_an_end() {
        let shared = |innermost: Shape| {
            let names: Vec<String> = (0..60).map(|number| format!("m{number}")).collect();
            (0..20).fold(innermost, |inner, _| {
                Shape::object(names.iter().map(|name| (name.as_str(), inner.clone())))
            })
        };
        let joined = shared(Shape::TEXT).join(&shared(Shape::NUMBER));
        assert_eq!(joined.member("m0").member("m0").kinds, Kinds::OBJECT);
        // What is not looked at may be anything.
        assert_eq!(joined.member("m59").member("m0"), Shape::UNKNOWN);
    }

    #[test]
    fn what_is_wrapped_forever_settles() {
        let mut shape = Shape::literal(&json!(null));
        for _ in 0..100 {
            shape = shape.join(&Shape::object([("a", shape.clone())]));
        }
        assert_eq!(shape.join(&Shape::object([("a", shape.clone())])), shape);
    }
}
