//! Numbers where wider ones are wanted.

use super::methods::methods;
use super::operators::{Number, Whole};
use super::{Expr, IntoExpr, tree};
use crate::data::Data;
use crate::plan::Expression;
use crate::refs::Ref;

/// What can be given as a `T`: all that [can be used as a `T`](IntoExpr), and a `Ref` to a narrower number: a `Ref<u32>` as a
/// `u64`, an `i64` or an `f64`, wherever std has a `From`.
///
/// The type of an expression, a variable or a literal often follows from where it stands, as in `ship(id.parse())`, so these do not fit
/// by themselves: see [`Expr::widen`]. For an `f64`, plain whole numbers do.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as a `{T}`",
    label = "expected a `{T}`",
    note = "what is wanted here is a `Ref<{T}>`, an `Expr<{T}>` or a plain Rust value of that type",
    note = "a `Ref<Option<…>>` may have no value: narrow it with `.or(default)` or `s.when_some(…)`",
    note = "of numbers, a `Ref` to a narrower one fits, and an expression with `.widen()`; a wider one never fits"
)]
pub trait Fits<T> {
    /// The expression.
    fn fit(self) -> Expr<T>;
}

#[diagnostic::do_not_recommend]
impl<T, V: IntoExpr<T>> Fits<T> for V {
    fn fit(self) -> Expr<T> {
        self.into_expr()
    }
}

/// What can stand to the right of a `T` and an operator: all that [can be used as a `T`](IntoExpr), and where one of both is
/// an `f64`, a `Ref` to a whole number or to the `f64`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as a `{T}`",
    label = "expected a `{T}`",
    note = "what is wanted here is a `Ref<{T}>`, an `Expr<{T}>` or a plain Rust value of that type",
    note = "a `Ref<Option<…>>` may have no value: narrow it with `.or(default)` or `s.when_some(…)`",
    note = "of two numbers, the narrower one says `.widen()`"
)]
pub trait Beside<T> {
    /// The type that both sides are taken for.
    type Common;

    /// Whether that is one because of the right side.
    #[doc(hidden)]
    const IS_FRACTION: bool = false;

    /// The expression.
    #[doc(hidden)]
    fn into_common(self) -> Expression;
}

#[diagnostic::do_not_recommend]
impl<T, V: IntoExpr<T>> Beside<T> for V {
    type Common = T;

    fn into_common(self) -> Expression {
        tree::<T>(self)
    }
}

/// A number type that every value of `N` is a value of.
#[diagnostic::on_unimplemented(
    message = "a `{N}` does not fit in a `{Self}`",
    label = "not every `{N}` is a `{Self}`",
    note = "a number fits where std has a `From`: a `u32` in a `u64`, an `i64` and an `f64`, but not the other way"
)]
pub trait Wider<N>: Number {}

macro_rules! widenings {
    ($($narrow:ty => $($wide:ty)*;)*) => {$($(
        #[diagnostic::do_not_recommend]
        impl Wider<$narrow> for $wide {}

        #[diagnostic::do_not_recommend]
        impl Fits<$wide> for Ref<$narrow> {
            fn fit(self) -> Expr<$wide> {
                self.widen()
            }
        }

        #[diagnostic::do_not_recommend]
        impl Fits<Option<$wide>> for Ref<$narrow> {
            fn fit(self) -> Expr<Option<$wide>> {
                Expr::new(tree::<$narrow>(self))
            }
        }

        // The table has nothing that std does not do.
        const _: fn($narrow) -> $wide = <$wide>::from;
    )*)*};
}

widenings! {
    u8 => u16 u32 u64 usize i16 i32 i64 isize f32 f64;
    u16 => u32 u64 usize i32 i64 f32 f64;
    u32 => u64 i64 f64;
    i8 => i16 i32 i64 isize f32 f64;
    i16 => i32 i64 isize f32 f64;
    i32 => i64 f64;
    f32 => f64;
}

/// Plain numbers as an `f64`. As no other whole number: a literal would no longer have the type of its place.
macro_rules! plain_numbers {
    ($($narrow:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Fits<f64> for $narrow {
            fn fit(self) -> Expr<f64> {
                Expr::new(Expression::Literal(self.into()))
            }
        }

        #[diagnostic::do_not_recommend]
        impl Fits<Option<f64>> for $narrow {
            fn fit(self) -> Expr<Option<f64>> {
                Expr::new(Expression::Literal(self.into()))
            }
        }
    )*};
}

plain_numbers!(u8 u16 u32 i8 i16);

// Whole numbers of different types do not meet in an operator: in `sum + line.qty`, where the sum began with `0`, the right side says what
// the left one is. A whole number and a fraction do, as no literal is both.

#[diagnostic::do_not_recommend]
impl<N: Whole> Beside<f64> for Ref<N>
where
    f64: Wider<N>,
{
    type Common = f64;
    const IS_FRACTION: bool = true;

    fn into_common(self) -> Expression {
        tree::<N>(self)
    }
}

macro_rules! fractions_beside {
    ($($whole:ty)*) => {
        fractions_beside!(Ref<f64>: $($whole)*);
        fractions_beside!(f64: $($whole)*);
    };
    ($ty:ty: $($whole:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Beside<$whole> for $ty {
            type Common = f64;
            const IS_FRACTION: bool = true;

            fn into_common(self) -> Expression {
                tree::<f64>(self)
            }
        }
    )*};
}

fractions_beside!(u8 u16 u32 i8 i16 i32);

methods! {
    [T: Data] T {
        /// The same number where a wider one is wanted: of a `u32` a `u64`, an `i64` or an `f64`, wherever std has a `From`.
        ///
        /// A reference needs this only in operators and as the value of a branch. An argument or a field takes it as it is, and an operator
        /// between a whole number and a fraction too:
        ///
        /// ```
        /// # use stepwright::prelude::*;
        /// # #[derive(Data, Serialize, Deserialize, JsonSchema)] struct Line { qty: u32, price: f64 }
        /// #[task(lambda = "${Reserve}")]
        /// fn reserve(items: u64, price: f64);
        ///
        /// #[workflow]
        /// fn order(s: &mut Scope, line: Ref<Line>) {
        ///     s.task(reserve(line.qty, line.qty * line.price));
        ///     s.task(reserve((line.qty + 1).widen(), line.price).named("ReserveWithSpare"));
        /// }
        /// # assert!(order().plan().problems.is_empty());
        /// ```
        pub fn widen<W: Wider<T>>(self) -> Expr<W> {
            Expr::new(tree::<T>(self))
        }
    }
}
