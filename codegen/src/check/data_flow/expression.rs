//! What an expression in JSONata gives, found by walking its syntax.

use jsonata_core::ast::AstNode;

use crate::check::data_flow::fault::Fault;
use crate::check::data_flow::shape::Shape;

/// What an expression can read.
#[allow(dead_code, reason = "expressions are not looked into yet")]
pub(crate) struct Surroundings<'s> {
    /// `$states`: an object.
    pub(crate) states: Shape,
    /// The value of a variable of the machine; the empty set if it has none yet.
    pub(crate) variable: &'s dyn Fn(&str) -> Shape,
}

/// All values that an expression can give, "nothing" included.
pub(crate) fn evaluate(
    _syntax: &AstNode,
    _surroundings: &Surroundings<'_>,
    _report: &mut dyn FnMut(Fault),
) -> Shape {
    Shape::UNKNOWN
}
