//! Typed expressions over the data of an execution.

mod closures;
mod into;
mod lists;
mod methods;
mod numbers;
pub(crate) mod operators;
mod options;
mod placeholder;
pub(crate) mod raw;
mod texts;
mod times;
mod widening;

use std::fmt;
use std::marker::PhantomData;

pub(crate) use into::tree;
pub use into::{IntoExpr, Operand};
pub use numbers::{random, range, uuid};
pub use operators::{Formattable, Fraction, Number, Ordered, Whole};
pub use placeholder::{Placeholder, placeholder};
pub use raw::jsonata;
pub use texts::HashAlgorithm;
pub use times::{Instant, now};
pub use widening::{Beside, Fits, Wider};

use crate::plan::Expression;

/// A value of type `T` that an execution computes: from references, literals, operators and functions.
///
/// Made by [`cond!`](crate::cond!), [`expr!`](crate::expr!), [`fmt!`](crate::fmt!) and [`data!`](crate::data!), or with `+ - * / %` on references.
/// Everything that takes a value of the data takes an [`IntoExpr`]: a reference, an expression or a plain Rust value.
#[must_use = "an expression does nothing until a state uses it"]
pub struct Expr<T> {
    expression: Expression,
    ty: PhantomData<fn() -> T>,
}

impl<T> Expr<T> {
    pub(crate) fn new(expression: Expression) -> Self {
        Self { expression, ty: PhantomData }
    }

    /// The tree, without its type.
    #[doc(hidden)]
    pub fn into_expression(self) -> Expression {
        self.expression
    }
}

impl<T> Clone for Expr<T> {
    fn clone(&self) -> Self {
        Self::new(self.expression.clone())
    }
}

impl<T> fmt::Debug for Expr<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Expr").field(&self.expression).finish()
    }
}
