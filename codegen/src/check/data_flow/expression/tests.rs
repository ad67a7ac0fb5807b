//! The shapes of expressions against what the evaluator makes of them.

mod constructs;
mod engine;
mod faults;
mod functions;
mod picks;
mod properties;
mod questions;
mod random;

use serde_json::Value;

use super::{Surroundings, evaluate};
use crate::check::data_flow::fault::Fault;
use crate::check::data_flow::shape::Shape;

/// The shape that an expression gives for an input, and what it comes upon. `$v` is the input too, `$t` a text.
fn shape_of(expression: &str, input: &Shape) -> (Shape, Vec<Fault>) {
    let syntax = jsonata_core::parser::parse(expression).expect("the expression can be parsed");
    let variable = |name: &str| match name {
        "v" => input.clone(),
        "t" => Shape::text("text"),
        _ => Shape::ABSENT,
    };
    let surroundings =
        Surroundings { states: Shape::object([("input", input.clone())]), variable: &variable, binds: true };
    let mut faults = Vec::new();
    let shape = evaluate(&syntax, &surroundings, &mut |fault| faults.push(fault));
    (shape, faults)
}

fn literal(value: &Value) -> Shape {
    Shape::literal(value)
}
