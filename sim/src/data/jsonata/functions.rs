//! The functions that the service adds to `JSONata`.
//!
//! Whole numbers are wanted in places; others are cut off towards zero, unlike in Intrinsic Functions. Arguments that
//! make no sense give nothing rather than an error, which is then the error of the field.

use jsonata_core::evaluator::{Evaluator, EvaluatorError};
use jsonata_core::value::JValue;
use serde_json::Value;

use crate::data::intrinsic;
use crate::data::jsonata::convert::to_engine;
use crate::data::jsonata::mentions::Mentions;
use crate::data::random::Random;
use crate::data::time;
use crate::data::view::View;

/// The most items that `$range` makes, as measured on the service.
const MAX_RANGE: f64 = 360_145.0;

type Result = std::result::Result<JValue, EvaluatorError>;

/// Gives the evaluator the functions of the service, and takes away what it does not have.
///
/// Only functions that the expression names: most name none.
pub(super) fn register(
    evaluator: &mut Evaluator,
    mentions: &Mentions<'_>,
    view: &View<'_>,
) -> std::result::Result<(), EvaluatorError> {
    for name in mentions.functions() {
        let random = view.random;
        match name {
            "partition" => evaluator.register_fn(name, partition)?,
            "range" => evaluator.register_fn(name, range)?,
            "hash" => evaluator.register_fn(name, hash)?,
            "parse" => evaluator.register_fn(name, parse)?,
            "uuid" => {
                let random = random.clone();
                evaluator.register_fn(name, move |_: &[JValue]| Ok(JValue::string(random.uuid())))?;
            }
            "random" => {
                let random = random.clone();
                evaluator
                    .register_fn_override(name, move |arguments: &[JValue]| Ok(unit(arguments, &random)))?;
            }
            "shuffle" => {
                let random = random.clone();
                evaluator.register_fn_override(name, move |arguments: &[JValue]| {
                    Ok(shuffle(arguments, &random))
                })?;
            }
            "eval" => evaluator.register_fn_override(name, no_function)?,
            _ => {}
        }
    }
    Ok(())
}

fn no_function(_: &[JValue]) -> Result {
    Err(EvaluatorError::TypeError("T1006: Attempted to invoke a non-function".to_owned()))
}

/// The time of the simulation, for `$now` and `$millis`.
pub(super) fn now_millis(view: &View<'_>) -> i64 {
    let entered = || time::parse(view.context.pointer("/State/EnteredTime").and_then(Value::as_str)?);
    view.now.or_else(entered).map_or(0, time::Timestamp::millis)
}

fn partition(arguments: &[JValue]) -> Result {
    let (Some(items), Some(size)) = (arguments.first(), whole(arguments, 1)?) else {
        return Ok(JValue::Undefined);
    };
    let items = match items {
        JValue::Undefined => return Ok(JValue::Undefined),
        JValue::Array(items) => items.iter().cloned().collect(),
        single => vec![single.clone()],
    };
    let Some(size @ 1..) = to_usize(size) else { return Ok(JValue::Undefined) };
    if items.is_empty() {
        return Ok(JValue::Undefined);
    }
    Ok(JValue::array(items.chunks(size).map(|chunk| JValue::array(chunk.to_vec())).collect()))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked before")]
fn range(arguments: &[JValue]) -> Result {
    let (Some(first), Some(last), Some(step)) =
        (whole(arguments, 0)?, whole(arguments, 1)?, whole(arguments, 2)?)
    else {
        return Ok(JValue::Undefined);
    };
    let steps = ((last - first) / step).floor();
    if steps.is_nan() || steps < 0.0 || step == 0.0 {
        return Ok(JValue::Undefined);
    }
    if steps + 1.0 > MAX_RANGE {
        return Err(EvaluatorError::EvaluationError("D2015: too many items".to_owned()));
    }
    let numbers = (0..=steps as u32).map(|index| JValue::Number(first + step * f64::from(index)));
    // A sequence, not an array: the service gives a single number bare.
    let numbers: Vec<_> = numbers.collect();
    Ok(match numbers.as_slice() {
        [single] => single.clone(),
        _ => JValue::array(numbers),
    })
}

/// As in `JSONata`, in an order that follows from the seed.
fn shuffle(arguments: &[JValue], random: &Random) -> JValue {
    let mut items: Vec<JValue> = match arguments.first() {
        None | Some(JValue::Undefined) => return JValue::Undefined,
        Some(JValue::Array(items)) => items.iter().cloned().collect(),
        Some(single) => vec![single.clone()],
    };
    for end in (1..items.len()).rev() {
        let other = usize::try_from(random.below(end as u64 + 1)).unwrap_or(end);
        items.swap(end, other);
    }
    JValue::array(items)
}

fn hash(arguments: &[JValue]) -> Result {
    let (Some(text), Some(algorithm)) = (string(arguments, 0)?, string(arguments, 1)?) else {
        return Ok(JValue::Undefined);
    };
    match intrinsic::digest(text, algorithm) {
        Some(digest) => Ok(JValue::string(digest)),
        None => Err(EvaluatorError::EvaluationError(format!("Unsupported hash algorithm: {algorithm}"))),
    }
}

fn parse(arguments: &[JValue]) -> Result {
    let Some(text) = string(arguments, 0)? else { return Ok(JValue::Undefined) };
    match serde_json::from_str::<Value>(text) {
        Ok(value) => Ok(to_engine(&value)),
        Err(error) => Err(EvaluatorError::EvaluationError(format!("The string is not JSON: {error}"))),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a seed may be anything")]
fn unit(arguments: &[JValue], random: &Random) -> JValue {
    let seed = arguments.first().and_then(JValue::as_f64);
    JValue::Number(
        seed.map_or_else(|| random.unit(), |seed| Random::new((seed as i64).cast_unsigned()).unit()),
    )
}

/// A whole number; `None` if it is not there.
fn whole(arguments: &[JValue], index: usize) -> std::result::Result<Option<f64>, EvaluatorError> {
    match arguments.get(index) {
        None | Some(JValue::Undefined) => Ok(None),
        Some(JValue::Number(number)) => Ok(Some(number.trunc())),
        Some(_) => Err(mismatch(index)),
    }
}

fn string(arguments: &[JValue], index: usize) -> std::result::Result<Option<&str>, EvaluatorError> {
    match arguments.get(index) {
        None | Some(JValue::Undefined) => Ok(None),
        Some(argument) => argument.as_str().map(Some).ok_or_else(|| mismatch(index)),
    }
}

fn mismatch(index: usize) -> EvaluatorError {
    let number = index + 1;
    EvaluatorError::TypeError(format!(
        "T0410: Argument {number} of function does not match function signature"
    ))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast to an integer saturates")]
fn to_usize(number: f64) -> Option<usize> {
    (number >= 0.0).then_some(number as usize)
}
