//! What is known of the values in a shape, beside their kinds.

use std::borrow::Cow;
use std::rc::Rc;

use super::members::Members;
use super::{Kinds, Shape, api};
use crate::api::ShapeRef;
use crate::check::data_flow::origin::Origin;

/// Which values of a kind there are.
#[derive(Debug)]
pub(super) enum Known {
    /// One of these texts.
    Texts(Vec<Rc<str>>),
    /// This number.
    Number(f64),
    /// Such arrays.
    Array(Array),
    /// Such objects.
    Object(Object),
    /// Values of different kinds, each of another one and none of several.
    Several(Vec<Rc<Known>>),
}

/// Arrays.
#[derive(Debug, PartialEq)]
pub(super) enum Array {
    /// As many elements as these.
    Tuple(Vec<Shape>),
    /// Any number of such elements.
    Each(Shape),
}

/// Objects.
#[derive(Debug)]
pub(super) enum Object {
    /// With these members, by name, and others of that shape; with `None` no others.
    Members(Members, Option<Shape>),
    /// An answer of a service, looked into when it is asked for.
    Answer(ShapeRef),
}

/// What is inside is dropped one after the other: states may nest a value thousands of levels deep, deeper than the stack.
impl Drop for Known {
    fn drop(&mut self) {
        let mut inside = Vec::new();
        self.give_away(&mut inside);
        while let Some(mut known) = inside.pop() {
            if let Some(known) = Rc::get_mut(&mut known) {
                known.give_away(&mut inside);
            }
        }
    }
}

impl Known {
    /// Parts with what is inside and drops more.
    fn give_away(&mut self, parts: &mut Vec<Rc<Self>>) {
        let mut give = |shape: &mut Shape| parts.extend(shape.known.take_if(|known| is_deep(known)));
        match self {
            Self::Texts(_) | Self::Number(_) | Self::Object(Object::Answer(_)) => {}
            Self::Array(Array::Tuple(elements)) => elements.iter_mut().for_each(give),
            Self::Array(Array::Each(element)) => give(element),
            Self::Object(Object::Members(members, rest)) => {
                members.unshared().for_each(&mut give);
                rest.iter_mut().for_each(give);
            }
            Self::Several(several) => parts.append(several),
        }
    }

    /// What is known of several kinds, in one.
    pub(super) fn all(parts: impl IntoIterator<Item = Option<Rc<Self>>>) -> Option<Rc<Self>> {
        let mut parts = parts.into_iter().flatten();
        let first = parts.next()?;
        let Some(second) = parts.next() else { return Some(first) };
        Some(Rc::new(Self::Several([first, second].into_iter().chain(parts).collect())))
    }

    /// The kind of values that it is about; none for several.
    pub(super) fn kind(&self) -> Kinds {
        match self {
            Self::Texts(_) => Kinds::TEXT,
            Self::Number(_) => Kinds::NUMBER,
            Self::Array(_) => Kinds::ARRAY,
            Self::Object(_) => Kinds::OBJECT,
            Self::Several(_) => Kinds::NONE,
        }
    }
}

/// Whether there is something inside. Who else has it does not matter: an object may have it twice itself.
fn is_deep(known: &Known) -> bool {
    !matches!(known, Known::Texts(_) | Known::Number(_))
}

/// A member that is not known by its name.
fn other(rest: &Shape) -> Shape {
    let origin = rest.origin.filter(|origin| *origin != Origin::UNDECLARED);
    rest.clone().optional().with_origin(origin)
}

impl Object {
    pub(super) fn member(&self, name: &str) -> Shape {
        match self {
            Self::Members(members, rest) => match members.get(name) {
                Some(shape) => shape.clone(),
                None => rest.as_ref().map_or(Shape::ABSENT, other),
            },
            Self::Answer(answer) => api::member(*answer, name),
        }
    }

    /// The members by name.
    pub(super) fn members(&self) -> Cow<'_, Members> {
        match self {
            Self::Members(members, _) => Cow::Borrowed(members),
            Self::Answer(answer) => Cow::Owned(Members::sorted(api::members(*answer))),
        }
    }

    /// The shape of others.
    pub(super) fn rest(&self) -> Option<&Shape> {
        match self {
            Self::Members(_, rest) => rest.as_ref(),
            Self::Answer(_) => None,
        }
    }
}
