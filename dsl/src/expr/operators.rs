//! Operators, and the types that have them.

use std::ops::{Add, Div, Mul, Neg, Not, Rem, Sub};

use super::{Beside, Expr, IntoExpr, Operand, tree};
use crate::data::Data;
use crate::plan::{Arithmetic, Comparison, Expression, Logic};
use crate::refs::Ref;
use crate::scope::Var;

/// Numbers.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a number",
    label = "arithmetic needs a number",
    note = "texts are put together with `fmt!(\"{{}} and {{}}\", a, b)`",
    note = "an optional value is narrowed first: `.or(default)` or `s.when_some(…)`"
)]
pub trait Number: Data {
    /// Whether values are whole: JSONPath can only add whole numbers.
    #[doc(hidden)]
    const WHOLE: bool;
}

/// Numbers that can be divided and rounded: `f32` and `f64`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no fraction",
    label = "only `f32` and `f64` can be divided with `/` and rounded",
    note = "dividing whole numbers gives a fraction on AWS, and a whole number in Rust; `.to_f64()` makes a fraction of one"
)]
pub trait Fraction: Number {}

#[diagnostic::do_not_recommend]
impl Fraction for f32 {}
#[diagnostic::do_not_recommend]
impl Fraction for f64 {}

/// Whole numbers.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a whole number", label = "expected a whole number")]
pub trait Whole: Number {}

macro_rules! whole_numbers {
    ($($ty:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Whole for $ty {}
    )*};
}

whole_numbers!(u8 u16 u32 u64 usize i8 i16 i32 i64 isize);

macro_rules! numbers {
    ($whole:literal: $($ty:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Number for $ty {
            const WHOLE: bool = $whole;
        }

        #[diagnostic::do_not_recommend]
        impl Ordered for $ty {}

        #[diagnostic::do_not_recommend]
        impl Formattable for $ty {}
    )*};
}

numbers!(true: u8 u16 u32 u64 usize i8 i16 i32 i64 isize);
numbers!(false: f32 f64);

/// What `<`, `<=`, `>` and `>=` compare: numbers, and texts, character by character.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no order",
    label = "only numbers and texts can be compared with `<` and `>`",
    note = "an optional value is narrowed first: `.or(default)` or `s.when_some(…)`"
)]
pub trait Ordered: Data {}

#[diagnostic::do_not_recommend]
impl Ordered for String {}

/// What `fmt!` can print: texts, numbers, booleans, and enums of plain names that derive [`Data`], by their names in JSON.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be formatted",
    label = "only texts, numbers, booleans and enums of plain names can stand in a `fmt!`",
    note = "an optional value is narrowed first: `.or(default)` or `s.when_some(…)`",
    note = "what holds data has fields to print, and an enum that does is taken apart with `choose!`; `.to_json_text()` prints any value as JSON"
)]
pub trait Formattable: Data {}

#[diagnostic::do_not_recommend]
impl Formattable for String {}
#[diagnostic::do_not_recommend]
impl Formattable for bool {}

/// `a && b`: both are evaluated left to right, and the second only if the first holds.
pub fn and(a: impl IntoExpr<bool>, b: impl IntoExpr<bool>) -> Expr<bool> {
    logic(Logic::And, a, b)
}

/// `a || b`.
pub fn or(a: impl IntoExpr<bool>, b: impl IntoExpr<bool>) -> Expr<bool> {
    logic(Logic::Or, a, b)
}

fn logic(operator: Logic, a: impl IntoExpr<bool>, b: impl IntoExpr<bool>) -> Expr<bool> {
    Expr::new(Expression::Logic { operator, left: boxed(a), right: boxed(b) })
}

/// `!a`.
pub fn not(a: impl IntoExpr<bool>) -> Expr<bool> {
    Expr::new(Expression::Not(boxed(a)))
}

/// `if condition { a } else { b }`.
pub fn if_else<A: Operand>(condition: impl IntoExpr<bool>, a: A, b: impl IntoExpr<A::Data>) -> Expr<A::Data> {
    Expr::new(Expression::IfElse {
        condition: boxed(condition),
        then: boxed::<A::Data>(a),
        otherwise: boxed::<A::Data>(b),
    })
}

fn boxed<T>(value: impl IntoExpr<T>) -> Box<Expression> {
    Box::new(tree(value))
}

fn compare<T: Data>(operator: Comparison, a: impl IntoExpr<T>, b: impl Beside<T>) -> Expr<bool> {
    let right = Box::new(b.into_common());
    Expr::new(Expression::Compare { operator, kind: T::INNER, left: boxed::<T>(a), right })
}

// Written out rather than by a macro, because errors show the signature.

/// `a == b`.
pub fn eq<A: Operand>(a: A, b: impl Beside<A::Data>) -> Expr<bool> {
    compare::<A::Data>(Comparison::Equal, a, b)
}

/// `a != b`.
pub fn ne<A: Operand>(a: A, b: impl Beside<A::Data>) -> Expr<bool> {
    compare::<A::Data>(Comparison::NotEqual, a, b)
}

/// `a < b`.
pub fn lt<A: Operand<Data: Ordered>>(a: A, b: impl Beside<A::Data>) -> Expr<bool> {
    compare::<A::Data>(Comparison::Less, a, b)
}

/// `a <= b`.
pub fn le<A: Operand<Data: Ordered>>(a: A, b: impl Beside<A::Data>) -> Expr<bool> {
    compare::<A::Data>(Comparison::LessOrEqual, a, b)
}

/// `a > b`.
pub fn gt<A: Operand<Data: Ordered>>(a: A, b: impl Beside<A::Data>) -> Expr<bool> {
    compare::<A::Data>(Comparison::Greater, a, b)
}

/// `a >= b`.
pub fn ge<A: Operand<Data: Ordered>>(a: A, b: impl Beside<A::Data>) -> Expr<bool> {
    compare::<A::Data>(Comparison::GreaterOrEqual, a, b)
}

fn arithmetic<T: Number, B: Beside<T>>(operator: Arithmetic, a: impl IntoExpr<T>, b: B) -> Expr<B::Common> {
    let (left, right) = (boxed(a), Box::new(b.into_common()));
    Expr::new(Expression::Arithmetic { operator, whole: T::WHOLE && !B::IS_FRACTION, left, right })
}

/// `a + b`.
pub fn add<A: Operand<Data: Number>, C>(a: A, b: impl Beside<A::Data, Common = C>) -> Expr<C> {
    arithmetic(Arithmetic::Add, a, b)
}

/// `a - b`.
pub fn sub<A: Operand<Data: Number>, C>(a: A, b: impl Beside<A::Data, Common = C>) -> Expr<C> {
    arithmetic(Arithmetic::Sub, a, b)
}

/// `a * b`.
pub fn mul<A: Operand<Data: Number>, C>(a: A, b: impl Beside<A::Data, Common = C>) -> Expr<C> {
    arithmetic(Arithmetic::Mul, a, b)
}

/// `a / b`, of fractions: dividing whole numbers would give a fraction on AWS, and a whole number in Rust.
pub fn div<A: Operand<Data: Fraction>, C>(a: A, b: impl Beside<A::Data, Common = C>) -> Expr<C> {
    arithmetic(Arithmetic::Div, a, b)
}

/// `a % b`, with the sign of `a`.
pub fn rem<A: Operand<Data: Number>, C>(a: A, b: impl Beside<A::Data, Common = C>) -> Expr<C> {
    arithmetic(Arithmetic::Rem, a, b)
}

macro_rules! arithmetic_traits {
    ($($name:ident $trait:ident $bound:ident: $($ty:ident)*;)*) => {$($(
        impl<T: $bound, R: Beside<T>> $trait<R> for $ty<T> {
            type Output = Expr<R::Common>;

            fn $name(self, other: R) -> Expr<R::Common> {
                arithmetic(Arithmetic::$trait, self, other)
            }
        }
    )*)*};
}

arithmetic_traits! {
    add Add Number: Ref Expr Var;
    sub Sub Number: Ref Expr Var;
    mul Mul Number: Ref Expr Var;
    div Div Fraction: Ref Expr Var;
    rem Rem Number: Ref Expr Var;
}

/// `-a`.
pub fn neg<A: Operand<Data: Number>>(a: A) -> Expr<A::Data> {
    Expr::new(Expression::Negate(boxed::<A::Data>(a)))
}

macro_rules! unary_operators {
    ($($ty:ident)*) => {$(
        impl<T: Number> Neg for $ty<T> {
            type Output = Expr<T>;

            fn neg(self) -> Expr<T> {
                neg(self)
            }
        }

        impl Not for $ty<bool> {
            type Output = Expr<bool>;

            fn not(self) -> Expr<bool> {
                not(self)
            }
        }
    )*};
}

unary_operators!(Ref Expr Var);
