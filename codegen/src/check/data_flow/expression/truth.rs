//! Truth and equality, as JSONata has them.

use super::value::Value;
use crate::check::data_flow::shape::{Kinds, Shape};

/// How a test can come out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Truth {
    pub(super) may_be_true: bool,
    pub(super) may_be_false: bool,
}

impl Truth {
    pub(super) fn shape(self) -> Shape {
        match (self.may_be_true, self.may_be_false) {
            (true, true) => Shape::BOOLEAN,
            (true, false) => Shape::boolean(true),
            (false, true) => Shape::boolean(false),
            (false, false) => Shape::NEVER,
        }
    }

    pub(super) fn inverted(self) -> Self {
        Self { may_be_true: self.may_be_false, may_be_false: self.may_be_true }
    }
}

impl Value {
    /// What it is as a test.
    pub(super) fn truth(&self) -> Truth {
        let shape = &self.shape;
        let has = |kinds| shape.kinds.has(kinds);
        let text = |is_empty: bool| {
            let texts = shape.only(Kinds::TEXT);
            has(Kinds::TEXT)
                && texts
                    .known_texts()
                    .is_none_or(|texts| texts.iter().any(|text| text.is_empty() == is_empty))
        };
        Truth {
            may_be_true: has(Kinds::TRUE.or(Kinds::ARRAY).or(Kinds::OBJECT))
                || shape.may_be_number(|number| number != 0.0)
                || text(false),
            may_be_false: has(Kinds::ABSENT.or(Kinds::NULL).or(Kinds::FALSE))
                || has(Kinds::ARRAY.or(Kinds::OBJECT))
                || shape.may_be_number(|number| number == 0.0 || number.is_nan())
                || text(true),
        }
    }
}

/// Whether two values can be equal, and can be unequal. Nothing is neither.
pub(super) fn equality(left: &Shape, right: &Shape) -> Truth {
    let (left, right) = (left.present(), right.present());
    let both = left.kinds.and(right.kinds);
    let texts = (left.only(Kinds::TEXT), right.only(Kinds::TEXT));
    let equal_texts = match (texts.0.known_texts(), texts.1.known_texts()) {
        (Some(left), Some(right)) => left.iter().any(|text| right.contains(text)),
        _ => true,
    };
    let numbers = (left.only(Kinds::NUMBER).known_number(), right.only(Kinds::NUMBER).known_number());
    let equal_numbers = match numbers {
        (Some(left), Some(right)) => is_same(left, right),
        _ => true,
    };
    let may_be_true = both.has(Kinds::PRESENT.without(Kinds::TEXT.or(Kinds::NUMBER)))
        || both.has(Kinds::TEXT) && equal_texts
        || both.has(Kinds::NUMBER) && equal_numbers;
    let is_there = !left.is_never() && !right.is_never();
    Truth { may_be_true, may_be_false: is_there && !is_certainly_equal(&left, &right) }
}

fn is_certainly_equal(left: &Shape, right: &Shape) -> bool {
    if let (Some([left]), Some([right])) = (left.known_texts(), right.known_texts()) {
        return left == right;
    }
    if let (Some(left), Some(right)) = (left.known_number(), right.known_number()) {
        return is_same(left, right);
    }
    left.kinds == right.kinds && [Kinds::NULL, Kinds::TRUE, Kinds::FALSE].contains(&left.kinds)
}

#[expect(clippy::float_cmp, reason = "JSONata compares them so")]
fn is_same(left: f64, right: f64) -> bool {
    left == right
}
