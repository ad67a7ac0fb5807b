//! What may stand where a value of type `T` is wanted.

use serde_json::Value;

use super::{Expr, Fits};
use crate::data::Data;
use crate::error::ErrorName;
use crate::name::StateName;
use crate::plan::Expression;
use crate::refs::Ref;

/// What can be used as a `T`: a `Ref<T>`, an `Expr<T>`, or a plain Rust value.
///
/// Where an `Option<T>` is wanted, a `T` will do; the reverse does not hold: an optional value must be narrowed first. Arguments of tasks
/// and fields take references to narrower numbers too: see [`Fits`](crate::Fits).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as a `{T}`",
    label = "expected a `{T}`",
    note = "what is wanted here is a `Ref<{T}>`, an `Expr<{T}>` or a plain Rust value of that type",
    note = "a `Ref<Option<…>>` may have no value: narrow it with `.or(default)` or `s.when_some(…)`"
)]
pub trait IntoExpr<T> {
    /// The expression.
    fn into_expr(self) -> Expr<T>;
}

#[diagnostic::do_not_recommend]
impl<T> IntoExpr<T> for Expr<T> {
    fn into_expr(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T: Data> IntoExpr<Option<T>> for Expr<T> {
    fn into_expr(self) -> Expr<Option<T>> {
        Expr::new(self.into_expression())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Data> IntoExpr<T> for Ref<T> {
    fn into_expr(self) -> Expr<T> {
        Expr::new(Expression::Read(self.place(), T::KIND))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Data> IntoExpr<Option<T>> for Ref<T> {
    fn into_expr(self) -> Expr<Option<T>> {
        Expr::new(Expression::Read(self.place(), T::KIND))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Data> IntoExpr<T> for T {
    fn into_expr(self) -> Expr<T> {
        Expr::new(literal(&self))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Data> IntoExpr<Option<T>> for T {
    fn into_expr(self) -> Expr<Option<T>> {
        Expr::new(literal(&self))
    }
}

/// The tree of a value of type `T`, whatever it is written as.
pub(crate) fn tree<T>(value: impl Fits<T>) -> Expression {
    value.fit().into_expression()
}

/// A Rust value as JSON. What serde cannot write (a map with keys that are no text, say) is remembered as it is, and
/// reported when the workflow is compiled (`SW0106`).
fn literal<T: Data>(value: &T) -> Expression {
    match serde_json::to_value(value) {
        Ok(value) => Expression::Literal(value),
        Err(error) => Expression::Unprintable(error.to_string()),
    }
}

macro_rules! text {
    ($($ty:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl IntoExpr<String> for $ty {
            fn into_expr(self) -> Expr<String> {
                Expr::new(Expression::Literal(Value::from(self.to_owned())))
            }
        }

        #[diagnostic::do_not_recommend]
        impl IntoExpr<Option<String>> for $ty {
            fn into_expr(self) -> Expr<Option<String>> {
                Expr::new(Expression::Literal(Value::from(self.to_owned())))
            }
        }
    )*};
}

text!(&str & String);

#[diagnostic::do_not_recommend]
impl IntoExpr<f64> for i32 {
    fn into_expr(self) -> Expr<f64> {
        Expr::new(Expression::Literal(Value::from(self)))
    }
}

#[diagnostic::do_not_recommend]
impl IntoExpr<Option<f64>> for i32 {
    fn into_expr(self) -> Expr<Option<f64>> {
        Expr::new(Expression::Literal(Value::from(self)))
    }
}

/// An Error Name as data.
#[diagnostic::do_not_recommend]
impl IntoExpr<String> for ErrorName {
    fn into_expr(self) -> Expr<String> {
        Expr::new(Expression::Literal(Value::from(self.as_str())))
    }
}

/// A state's name as data; that the state exists is checked (`SW0107`).
#[diagnostic::do_not_recommend]
impl IntoExpr<String> for StateName {
    fn into_expr(self) -> Expr<String> {
        Expr::new(Expression::StateName(self))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Data, E: IntoExpr<T>, const N: usize> IntoExpr<Vec<T>> for [E; N] {
    fn into_expr(self) -> Expr<Vec<T>> {
        Expr::new(Expression::Array(self.into_iter().map(|item| tree::<T>(item)).collect()))
    }
}

/// The left side of an operator: it says which type the other side must have.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in an expression",
    label = "not a value of the data",
    note = "what can stand here is a reference (`Ref<T>`), an expression (`Expr<T>`) or a plain Rust value",
    note = "its type derives `Data`; a generic function says so with `<T: Data>`"
)]
pub trait Operand: IntoExpr<Self::Data> {
    /// The type of the value.
    type Data: Data;
}

impl<T: Data> Operand for Ref<T> {
    type Data = T;
}

impl<T: Data> Operand for Expr<T> {
    type Data = T;
}

impl<T: Data> Operand for T {
    type Data = T;
}

impl Operand for &str {
    type Data = String;
}
