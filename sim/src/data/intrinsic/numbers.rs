//! Functions of numbers.

use serde_json::Value;

use crate::data::intrinsic::Problem;
use crate::data::random::Random;

/// `States.MathAdd`.
#[expect(clippy::unnecessary_wraps, reason = "like its siblings in the table of functions")]
pub(super) fn add(left: i32, right: i32) -> Result<Value, Problem> {
    Ok(Value::from(i64::from(left) + i64::from(right)))
}

/// `States.MathRandom`: from the start up to but not including the end. The same seed gives the same number.
pub(super) fn random(start: i32, end: i32, seed: Option<i32>, random: &Random) -> Result<Value, Problem> {
    let Ok(count @ 1..) = u64::try_from(i64::from(end) - i64::from(start)) else {
        return Problem::arguments(
            "Invalid arguments in States.MathRandom: the end must be greater than the start",
        );
    };
    let offset = match seed {
        Some(seed) => Random::new(u64::from(seed.cast_unsigned())).below(count),
        None => random.below(count),
    };
    Ok(Value::from(i64::from(start) + i64::try_from(offset).unwrap_or_default()))
}
