//! How methods are declared: once, for references and for expressions.

/// Declares the methods of `Ref<T>` and `Expr<T>`, which take the same: `[generics] type { methods }`.
///
/// They are no extension trait, which would stand beside std's own methods of plain texts, numbers and lists.
macro_rules! methods {
    ($([$($generics:tt)*] $ty:ty { $($body:tt)* })*) => {$(
        impl<$($generics)*> $crate::Ref<$ty> { $($body)* }
        impl<$($generics)*> $crate::Expr<$ty> { $($body)* }
    )*};
}

pub(super) use methods;

use super::Expr;
use crate::plan::{Expression, Function};

/// A call of a function.
pub(super) fn call<U>(function: Function, arguments: impl Into<Vec<Expression>>) -> Expr<U> {
    Expr::new(Expression::Call(function, arguments.into()))
}

/// A call of a function that may find nothing.
pub(super) fn call_or_null<U>(function: Function, arguments: impl Into<Vec<Expression>>) -> Expr<Option<U>> {
    Expr::new(Expression::OrNull(Box::new(Expression::Call(function, arguments.into()))))
}
