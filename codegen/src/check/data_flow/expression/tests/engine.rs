//! The real evaluator.

use jsonata_core::evaluator::{Context, Evaluator, EvaluatorOptions};
use jsonata_core::parser;
use jsonata_core::value::JValue;
use serde_json::Value;

use crate::check::data_flow::shape::{Kinds, Shape};

/// What an expression gives for an input, or the error.
pub(super) fn run(expression: &str, input: &Value) -> Result<JValue, String> {
    let syntax = parser::parse(expression).expect("the expression can be parsed");
    let input = JValue::from_json_str(&input.to_string()).expect("the input is JSON");
    let mut context = Context::new();
    context.bind("v".to_owned(), input.clone());
    context.bind("t".to_owned(), JValue::string("text"));
    let states = std::iter::once(("input".to_owned(), input)).collect();
    context.bind("states".to_owned(), JValue::object(states));
    let options =
        EvaluatorOptions { timeout_ms: Some(1000), max_stack_depth: Some(99), ..EvaluatorOptions::default() };
    Evaluator::with_options(context, options)
        .evaluate(&syntax, &JValue::Undefined)
        .map_err(|error| error.to_string())
}

/// Whether a value is one of a shape.
pub(super) fn contains(shape: &Shape, value: &JValue) -> bool {
    let has = |kind| shape.kinds.has(kind);
    match value {
        JValue::Undefined => has(Kinds::ABSENT),
        JValue::Null => has(Kinds::NULL),
        JValue::Bool(true) => has(Kinds::TRUE),
        JValue::Bool(false) => has(Kinds::FALSE),
        JValue::Number(number) => {
            shape.may_be_number(|known| (known - *number).abs() == 0.0 || known.to_bits() == number.to_bits())
        }
        JValue::String(text) => {
            let texts = shape.only(Kinds::TEXT);
            has(Kinds::TEXT)
                && texts.known_texts().is_none_or(|known| known.iter().any(|known| **known == **text))
        }
        JValue::Array(elements) => {
            let arrays = shape.only(Kinds::ARRAY);
            has(Kinds::ARRAY)
                && match arrays.known_elements() {
                    Some(known) => {
                        known.len() == elements.len()
                            && known
                                .iter()
                                .zip(elements.iter())
                                .all(|(known, element)| contains(known, element))
                    }
                    None => elements.iter().all(|element| contains(&arrays.elements(), element)),
                }
        }
        JValue::Object(members) => {
            has(Kinds::OBJECT) && {
                let objects = shape.only(Kinds::OBJECT);
                let absent = JValue::Undefined;
                let names = objects.known_members().map_or(Vec::new(), |(known, _)| known);
                members.iter().all(|(name, member)| contains(&objects.member(name), member))
                    && names
                        .iter()
                        .all(|(name, known)| contains(known, members.get(&**name).unwrap_or(&absent)))
            }
        }
        // A function.
        _ => Kinds::PRESENT.without(Kinds::ARRAY).only(shape.kinds),
    }
}
