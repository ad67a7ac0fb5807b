//! No shape is too small, and no fault is reported where there is none.

use serde_json::Value;

use super::engine::{contains, run};
use super::picks::Picks;
use super::random::{expression, object};
use super::{literal, shape_of};
use crate::check::data_flow::shape::Shape;

const CASES: u64 = 1_500;

#[test]
fn what_the_evaluator_gives_is_in_the_shape() {
    let mut wrong: Vec<String> = (0..CASES).flat_map(wrong).collect();
    wrong.sort_by_key(String::len);
    wrong.truncate(8);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with a random expression.
fn wrong(case: u64) -> Vec<String> {
    let mut picks = Picks(case);
    let inputs: Vec<Value> = (0..3).map(|_| object(&mut picks, 3)).collect();
    let depth = 1 + picks.below(3);
    let expression = expression(&mut picks, depth);
    if jsonata_core::parser::parse(&expression).is_err() {
        return Vec::new();
    }
    let joined = inputs.iter().fold(Shape::NEVER, |all, input| all.join(&literal(input)));
    let known = inputs.iter().flat_map(|input| [(input, literal(input)), (input, joined.clone())]);
    known.filter_map(|(input, known)| mistake(&expression, input, &known)).collect()
}

fn mistake(expression: &str, input: &Value, known: &Shape) -> Option<String> {
    let value = run(expression, input).ok()?;
    let (shape, faults) = shape_of(expression, known);
    if let Some(fault) = faults.iter().find(|fault| fault.is_certain) {
        return Some(format!("{expression} of {input} gives {value}, but: {}", fault.message));
    }
    (!contains(&shape, &value)).then(|| format!("{expression} of {input} gives {value}, not in {shape:?}"))
}
