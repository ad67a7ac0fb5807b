//! What an expression in JSONata gives, found by walking its syntax.
//!
//! The result is a set of values, never too small. Two things of JSONata shape the code: a path maps over arrays and
//! gives none, one or many values (`items`), and arrays that were made on the way may be sequences, which come apart
//! when they have one element (`value`).

mod constructors;
mod function_value;
mod functions;
mod items;
mod lost;
mod names;
mod narrow;
mod operators;
mod path;
mod quote;
#[cfg(test)]
mod tests;
mod truth;
mod value;
mod walk;

use jsonata_core::ast::AstNode;

pub(crate) use self::function_value::gives_function;
pub(crate) use self::lost::{Lost, LostStep, lost};
pub(crate) use self::narrow::narrow;
pub(crate) use self::quote::{LONGEST as LONGEST_QUOTE, quoted};
use self::walk::Walk;
use crate::check::data_flow::fault::Fault;
use crate::check::data_flow::shape::Shape;

/// What an expression can read.
pub(crate) struct Surroundings<'s> {
    /// `$states`: an object.
    pub(crate) states: Shape,
    /// The value of a variable of the machine; the empty set if it has none yet.
    pub(crate) variable: &'s dyn Fn(&str) -> Shape,
    /// Whether the expression binds names itself.
    pub(crate) binds: bool,
}

/// All values that an expression can give, "nothing" included.
pub(crate) fn evaluate(
    syntax: &AstNode,
    surroundings: &Surroundings<'_>,
    report: &mut dyn FnMut(Fault),
) -> Shape {
    Walk::new(syntax, surroundings, report).value(syntax).shape
}
