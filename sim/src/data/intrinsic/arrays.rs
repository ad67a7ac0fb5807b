//! Functions of arrays.

use serde_json::Value;

use crate::data::intrinsic::Problem;

/// The most items that `States.ArrayRange` makes.
const MAX_RANGE: usize = 1_000;

/// `States.ArrayPartition`.
pub(super) fn partition(items: &[Value], size: i32) -> Result<Value, Problem> {
    match usize::try_from(size) {
        Ok(size @ 1..) => Ok(items.chunks(size).map(|chunk| Value::Array(chunk.to_vec())).collect()),
        Ok(_) | Err(_) => {
            Problem::arguments("Invalid arguments in States.ArrayPartition: the chunk size must be positive")
        }
    }
}

/// `States.ArrayRange`: up to and including the last, where the step hits it.
pub(super) fn range(first: i32, last: i32, step: i32) -> Result<Value, Problem> {
    if step == 0 {
        return Problem::arguments("Invalid arguments in States.ArrayRange: the step must not be 0");
    }
    let (first, last, step) = (i64::from(first), i64::from(last), i64::from(step));
    let numbers = std::iter::successors(Some(first), |number| Some(number + step));
    let numbers = numbers.take_while(|number| if step > 0 { *number <= last } else { *number >= last });
    let numbers: Vec<_> = numbers.take(MAX_RANGE + 1).map(Value::from).collect();
    if numbers.len() > MAX_RANGE {
        return Problem::arguments("Invalid arguments in States.ArrayRange: more than 1000 items");
    }
    Ok(Value::Array(numbers))
}

/// `States.ArrayGetItem`.
pub(super) fn item(items: &[Value], index: i32) -> Result<Value, Problem> {
    let item = usize::try_from(index).ok().and_then(|index| items.get(index));
    item.cloned().map_or_else(
        || Problem::arguments(format!("Invalid arguments in States.ArrayGetItem: there is no item {index}")),
        Ok,
    )
}

/// `States.ArrayUnique`: the first of each, in order.
pub(super) fn unique(items: &[Value]) -> Value {
    let mut unique: Vec<Value> = Vec::new();
    for item in items {
        if !unique.contains(item) {
            unique.push(item.clone());
        }
    }
    Value::Array(unique)
}
