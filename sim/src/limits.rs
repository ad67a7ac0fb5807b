//! What the service allows: sizes of payloads, lengths of histories and of executions.

use std::time::Duration;

use serde_json::{Map, Value};

use crate::data::{Variables, text};

/// Bytes of JSON that an input or output can have: 256 KiB.
pub const MAX_PAYLOAD_BYTES: usize = 262_144;

/// Bytes that all variables visible in a state can have together: 10 MiB.
pub const MAX_VARIABLE_BYTES: usize = 10 * 1_024 * 1_024;

/// Bytes of JSON that an item read from Amazon S3 can have before `ItemSelector` makes it smaller: 8 MB.
pub(crate) const MAX_ITEM_BYTES: usize = 8 * 1_024 * 1_024;

/// Bytes that the header of a CSV file can have: 10 KiB.
pub(crate) const MAX_HEADER_BYTES: usize = 10 * 1_024;

/// Events in the history of a Standard execution.
pub const MAX_EVENTS: u64 = 25_000;

/// How long a Standard execution can run: a year.
pub const STANDARD_DURATION: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// How long an Express execution can run: five minutes.
pub const EXPRESS_DURATION: Duration = Duration::from_secs(5 * 60);

/// Seconds after which a task that never answers is given up when its state sets no timeout.
pub(crate) const DEFAULT_TIMEOUT: Duration = Duration::from_secs(99_999_999);

/// How long an HTTP Task can take, whatever its state says.
pub(crate) const HTTP_DURATION: Duration = Duration::from_secs(60);

/// Iterations of an inline Map that run at the same time.
pub(crate) const INLINE_CONCURRENCY: usize = 40;

/// Child executions of a Distributed Map that run at the same time.
pub(crate) const DISTRIBUTED_CONCURRENCY: usize = 10_000;

/// Whether a payload is too large to be passed on.
pub(crate) fn exceeds(value: &Value) -> bool {
    text::size(value).is_none_or(|bytes| bytes > MAX_PAYLOAD_BYTES)
}

/// Whether an item is too large to be read.
pub(crate) fn exceeds_item(item: &Value) -> bool {
    text::size(item).is_none_or(|bytes| bytes > MAX_ITEM_BYTES)
}

/// Whether what a state assigns is too large: by itself, or together with the variables that stay as they are.
pub(crate) fn exceeds_variables(assigned: &Map<String, Value>, variables: &Variables) -> bool {
    let staying = variables.iter().filter(|(name, _)| !assigned.contains_key(*name));
    match (total(assigned), total(staying)) {
        (Some(new), Some(old)) => new > MAX_PAYLOAD_BYTES || new + old > MAX_VARIABLE_BYTES,
        _ => true,
    }
}

fn total<'v>(variables: impl IntoIterator<Item = (&'v String, &'v Value)>) -> Option<usize> {
    variables.into_iter().try_fold(0, |total, (name, value)| Some(total + name.len() + text::size(value)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_may_have_exactly_the_limit() {
        assert!(!exceeds(&Value::String("x".repeat(MAX_PAYLOAD_BYTES - 2))));
        assert!(exceeds(&Value::String("x".repeat(MAX_PAYLOAD_BYTES - 1))));
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = (0..1_001).fold(Value::Null, |inner, _| Value::Array(vec![inner]));
        assert!(exceeds(&nested));
    }
}
