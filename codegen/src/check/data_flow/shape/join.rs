//! The union of two shapes: what a place can be where paths meet.

use std::cell::Cell;
use std::cmp::Ordering;
use std::rc::Rc;

use super::{Array, Kinds, MOST_TEXTS, Members, Object, Shape};

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
        fn is_one<T: ?Sized>(left: Option<&Rc<T>>, right: Option<&Rc<T>>) -> bool {
            match (left, right) {
                (Some(left), Some(right)) => Rc::ptr_eq(left, right),
                (left, right) => left.is_none() && right.is_none(),
            }
        }
        self.kinds == other.kinds
            && self.number.map(f64::to_bits) == other.number.map(f64::to_bits)
            && is_one(self.texts.as_ref(), other.texts.as_ref())
            && is_one(self.array.as_ref(), other.array.as_ref())
            && is_one(self.object.as_ref(), other.object.as_ref())
    }

    /// Whether the union with the other is this one itself, told without looking into them.
    fn absorbs(&self, other: &Self) -> bool {
        fn is_in<T: ?Sized>(all: Option<&Rc<T>>, some: Option<&Rc<T>>) -> bool {
            all.is_none_or(|all| some.is_some_and(|some| Rc::ptr_eq(all, some)))
        }
        let has = |kind| other.kinds.has(kind);
        other.kinds.only(self.kinds)
            && (self.origin.is_some() || other.origin.is_none())
            && (!has(Kinds::TEXT) || is_in(self.texts.as_ref(), other.texts.as_ref()))
            && (!has(Kinds::NUMBER)
                || self.number.is_none()
                || self.number.map(f64::to_bits) == other.number.map(f64::to_bits))
            && (!has(Kinds::ARRAY) || is_in(self.array.as_ref(), other.array.as_ref()))
            && (!has(Kinds::OBJECT) || is_in(self.object.as_ref(), other.object.as_ref()))
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
    let texts = of_kind(left, right, Kinds::TEXT, |shape| &shape.texts, texts);
    let number = of_kind(
        left,
        right,
        Kinds::NUMBER,
        |shape| &shape.number,
        |left, right| Some(*left).filter(|_| left.to_bits() == right.to_bits()),
    );
    let array = of_kind(
        left,
        right,
        Kinds::ARRAY,
        |shape| &shape.array,
        |left, right| {
            Some(if Rc::ptr_eq(left, right) { Rc::clone(left) } else { Rc::new(arrays(left, right, room)) })
        },
    );
    let object = of_kind(
        left,
        right,
        Kinds::OBJECT,
        |shape| &shape.object,
        |left, right| Some(if is_same(left, right) { Rc::clone(left) } else { objects(left, right, room) }),
    );
    Shape { kinds, texts, number, array, object, origin: left.origin.or(right.origin) }
}

fn of_kind<T: Clone>(
    left: &Shape,
    right: &Shape,
    kind: Kinds,
    get: impl Fn(&Shape) -> &Option<T>,
    join: impl FnOnce(&T, &T) -> Option<T>,
) -> Option<T> {
    match (left.kinds.has(kind), right.kinds.has(kind)) {
        (true, true) => join(get(left).as_ref()?, get(right).as_ref()?),
        (true, false) => get(left).clone(),
        (false, true) => get(right).clone(),
        (false, false) => None,
    }
}

fn texts(left: &Rc<[Rc<str>]>, right: &Rc<[Rc<str>]>) -> Option<Rc<[Rc<str>]>> {
    let more: Vec<&Rc<str>> = right.iter().filter(|text| !left.contains(text)).collect();
    match more.len() {
        0 => Some(Rc::clone(left)),
        count if left.len() + count > MOST_TEXTS => None,
        _ => Some(left.iter().chain(more).cloned().collect()),
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

/// Gives the left one itself if that is the union, so that it can be told at a glance the next time.
fn objects(left: &Rc<Object>, right: &Rc<Object>, room: &Room<'_>) -> Rc<Object> {
    let ((left_members, left_rest), (right_members, right_rest)) = (left.parts(), right.parts());
    let absent = |rest: Option<&Shape>| rest.cloned().map_or(Shape::ABSENT, Shape::optional);
    let (left_other, right_other) = (absent(left_rest), absent(right_rest));
    // Only made when a member is not that of the left one; mostly all are.
    let mut members: Option<Members> = None;
    let mut is_left = true;
    let mut seen = 0;
    let (mut of_left, mut of_right) = (left_members.iter().peekable(), right_members.iter().peekable());
    loop {
        let order = match (of_left.peek(), of_right.peek()) {
            (Some((left, _)), Some((right, _))) if Rc::ptr_eq(left, right) => Ordering::Equal,
            (Some((left, _)), Some((right, _))) => left.cmp(right),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => break,
        };
        let of_left = if order.is_le() { of_left.next() } else { None };
        let of_right = if order.is_ge() { of_right.next() } else { None };
        let Some((name, _)) = of_left.or(of_right) else { break };
        let before = of_left.map_or(&left_other, |(_, shape)| shape);
        let after = of_right.map_or(&right_other, |(_, shape)| shape);
        let is_kept = of_left.is_some() && before.absorbs(after);
        if !is_kept && members.is_none() {
            let mut first = Members::with_capacity(left_members.len().max(right_members.len()));
            first.extend_from_slice(&left_members[..seen]);
            members = Some(first);
        }
        if let Some(members) = &mut members {
            let joined = join(before, after, &room.inside());
            is_left &= of_left.is_some() && joined.is_identical(before);
            members.push((Rc::clone(name), joined));
        }
        seen += 1;
    }
    let rest = match (left_rest, right_rest) {
        (None, None) => None,
        (Some(rest), None) | (None, Some(rest)) => Some(rest.clone()),
        (Some(left), Some(right)) => Some(join(left, right, &room.inside())),
    };
    if is_left && rest.as_ref() == left_rest {
        Rc::clone(left)
    } else {
        let members = members.unwrap_or_else(|| left_members.into_owned());
        Rc::new(Object::Members(members, rest))
    }
}

fn is_same(left: &Rc<Object>, right: &Rc<Object>) -> bool {
    if Rc::ptr_eq(left, right) {
        return true;
    }
    match (&**left, &**right) {
        (Object::Answer(left), Object::Answer(right)) => std::ptr::eq(left.shape(), right.shape()),
        _ => false,
    }
}

/// The same values; where they come from does not count.
impl PartialEq for Shape {
    fn eq(&self, other: &Self) -> bool {
        fn same<T: ?Sized>(
            left: Option<&Rc<T>>,
            right: Option<&Rc<T>>,
            equal: impl Fn(&T, &T) -> bool,
        ) -> bool {
            match (left, right) {
                (Some(left), Some(right)) => Rc::ptr_eq(left, right) || equal(left, right),
                (left, right) => left.is_none() && right.is_none(),
            }
        }
        let has = |kind| self.kinds.has(kind);
        self.kinds == other.kinds
            && (!has(Kinds::TEXT)
                || same(self.texts.as_ref(), other.texts.as_ref(), |left, right| left == right))
            && (!has(Kinds::NUMBER) || self.number.map(f64::to_bits) == other.number.map(f64::to_bits))
            && (!has(Kinds::ARRAY) || same(self.array.as_ref(), other.array.as_ref(), Array::eq))
            && (!has(Kinds::OBJECT) || same(self.object.as_ref(), other.object.as_ref(), Object::eq))
    }
}

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Answer(left), Self::Answer(right)) => std::ptr::eq(left.shape(), right.shape()),
            (Self::Members(left, left_rest), Self::Members(right, right_rest)) => {
                left == right && left_rest == right_rest
            }
            (left, right) => left.parts() == right.parts(),
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
