//! The value of a part of an expression.

use crate::check::data_flow::shape::{Kinds, Shape};

/// What a part of an expression can give. A function is any value, as shapes know JSON alone.
#[derive(Debug, Clone)]
pub(super) struct Value {
    pub(super) shape: Shape,
    /// Whether no array in it can be a sequence: as it comes from data, or was written down.
    ///
    /// What JSONata does with an array in a path depends on how it was made.
    pub(super) is_plain: bool,
}

/// What no array is part of.
const SCALARS: Kinds = Kinds::PRESENT.or(Kinds::ABSENT).without(Kinds::ARRAY.or(Kinds::OBJECT));

impl Value {
    pub(super) const NEVER: Self = Self { shape: Shape::NEVER, is_plain: true };
    pub(super) const ABSENT: Self = Self { shape: Shape::ABSENT, is_plain: true };
    pub(super) const UNKNOWN: Self = Self { shape: Shape::UNKNOWN, is_plain: false };

    /// Data.
    pub(super) const fn plain(shape: Shape) -> Self {
        Self { shape, is_plain: true }
    }

    /// The result of a function or path.
    pub(super) fn made(shape: Shape) -> Self {
        let is_plain = shape.kinds.only(SCALARS);
        Self { shape, is_plain }
    }

    /// Of the same making.
    pub(super) fn with(&self, shape: Shape) -> Self {
        let is_plain = self.is_plain || shape.kinds.only(SCALARS);
        Self { shape, is_plain }
    }

    /// A part of it, which was made where it was, if it does not say otherwise.
    pub(super) fn part(&self, shape: Shape) -> Self {
        self.with(match self.shape.origin {
            Some(origin) => shape.or_from(origin),
            None => shape,
        })
    }

    pub(super) fn is_never(&self) -> bool {
        self.shape.is_never()
    }

    pub(super) fn may_be_absent(&self) -> bool {
        self.shape.may_be_absent()
    }

    pub(super) fn join(&self, other: &Self) -> Self {
        Self { shape: self.shape.join(&other.shape), is_plain: self.is_plain && other.is_plain }
    }

    pub(super) fn optional(self) -> Self {
        Self { shape: self.shape.optional(), ..self }
    }

    pub(super) fn present(&self) -> Self {
        self.with(self.shape.present())
    }

    /// Those that are no arrays.
    pub(super) fn single(&self) -> Self {
        self.with(self.shape.without(Kinds::ARRAY))
    }

    pub(super) fn arrays(&self) -> Self {
        self.with(self.shape.only(Kinds::ARRAY))
    }

    pub(super) fn may_be_array(&self) -> bool {
        self.shape.kinds.has(Kinds::ARRAY)
    }

    /// Whether it may be a function.
    pub(super) fn may_be_function(&self) -> bool {
        SCALARS.or(Kinds::OBJECT).without(Kinds::ABSENT).only(self.shape.kinds)
    }
}
