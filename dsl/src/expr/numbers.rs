//! Methods of numbers.

use super::methods::{call, methods};
use super::operators::{Fraction, Number, Whole};
use super::{Expr, Fits, IntoExpr, Operand, tree};
use crate::data::Data;
use crate::plan::Function;

// The bounds stand on the methods, so that rustc says what is no number instead of that there is no such method.
methods! {
    [T: Data] T {
        /// Without its sign. Needs JSONata.
        pub fn abs(self) -> Expr<T>
        where
            T: Number,
        {
            call(Function::Abs, [tree::<T>(self)])
        }

        /// Rounded down. Needs JSONata.
        pub fn floor(self) -> Expr<T>
        where
            T: Fraction,
        {
            call(Function::Floor, [tree::<T>(self)])
        }

        /// Rounded up. Needs JSONata.
        pub fn ceil(self) -> Expr<T>
        where
            T: Fraction,
        {
            call(Function::Ceil, [tree::<T>(self)])
        }

        /// Rounded; a half goes away from zero, as in Rust. Needs JSONata.
        pub fn round(self) -> Expr<T>
        where
            T: Fraction,
        {
            call(Function::Round, [tree::<T>(self)])
        }

        /// Rounded; a half goes to the even neighbour. Needs JSONata.
        pub fn round_ties_even(self) -> Expr<T>
        where
            T: Fraction,
        {
            call(Function::RoundTiesEven, [tree::<T>(self)])
        }

        /// The square root; the state fails if the number is negative. Needs JSONata.
        pub fn sqrt(self) -> Expr<T>
        where
            T: Fraction,
        {
            call(Function::Sqrt, [tree::<T>(self)])
        }

        /// To a power. Needs JSONata.
        pub fn pow(self, exponent: impl Fits<u32>) -> Expr<T>
        where
            T: Number,
        {
            call(Function::Power, [tree::<T>(self), tree::<u32>(exponent)])
        }

        /// The same number where fractions are wanted: `line.qty.to_f64() * line.price`.
        pub fn to_f64(self) -> Expr<f64>
        where
            T: Number,
        {
            Expr::new(tree::<T>(self))
        }
    }
}

/// The numbers from `first` to `last`, which is among them if the steps hit it: `range(0, 10, 5)` is 0, 5, 10.
pub fn range<A: Operand<Data: Whole>>(
    first: A,
    last: impl IntoExpr<A::Data>,
    step: impl IntoExpr<A::Data>,
) -> Expr<Vec<A::Data>> {
    call(Function::Range, [tree::<A::Data>(first), tree::<A::Data>(last), tree::<A::Data>(step)])
}

/// A random whole number from `start` to below `end`.
pub fn random<A: Operand<Data: Whole>>(start: A, end: impl IntoExpr<A::Data>) -> Expr<A::Data> {
    call(Function::Random, [tree::<A::Data>(start), tree::<A::Data>(end)])
}

/// A random UUID (version 4).
pub fn uuid() -> Expr<String> {
    call(Function::Uuid, [])
}
