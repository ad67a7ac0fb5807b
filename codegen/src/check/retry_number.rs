//! `SW0403`: the numbers of a Retrier are within their limits. Spec: "Retrying after error"; developer guide: "Handling
//! errors".

use std::ops::RangeInclusive;

use crate::asl::Retrier;
use crate::check::Report;
use crate::check::index::Index;
use crate::check::number_out_of_range::outside;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        for (position, retrier) in entry.state.retry().iter().enumerate() {
            for (field, message) in problems(retrier) {
                let pointer = entry.at(format_args!("/Retry/{position}/{field}"));
                report.add(entry.number, Finding::error(Code::RetryNumber, pointer, message));
            }
        }
    }
}

fn problems(retrier: &Retrier) -> impl Iterator<Item = (&'static str, String)> {
    let numbers: [(_, _, RangeInclusive<u64>); 3] = [
        ("IntervalSeconds", retrier.interval_seconds, 1..=99_999_999),
        ("MaxAttempts", retrier.max_attempts, 0..=99_999_999),
        ("MaxDelaySeconds", retrier.max_delay_seconds, 1..=31_622_400),
    ];
    let numbers = numbers.into_iter().filter_map(|(field, number, range)| {
        let number = number.filter(|number| !range.contains(number))?;
        Some((field, outside(field, &range, number)))
    });
    let rate = retrier.backoff_rate.as_ref().filter(|rate| rate.as_f64().is_some_and(|rate| rate < 1.0));
    let rate = rate.map(|rate| ("BackoffRate", format!("`BackoffRate` is {rate}, but has to be at least 1")));
    numbers.chain(rate)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::check_state;

    fn task(mut retrier: Value) -> Value {
        retrier["ErrorEquals"] = json!(["Busy"]);
        json!({ "Type": "Task", "Resource": "arn:x", "Retry": [retrier], "End": true })
    }

    #[test]
    fn numbers_out_of_range_are_reported() {
        check_state(
            &task(json!({ "IntervalSeconds": 0, "MaxDelaySeconds": 31_622_401, "BackoffRate": 0.3 })),
            &[
                "error[SW0403] /States/A/Retry/0/IntervalSeconds: \
                 `IntervalSeconds` is 0, but has to be between 1 and 99999999",
                "error[SW0403] /States/A/Retry/0/MaxDelaySeconds: \
                 `MaxDelaySeconds` is 31622401, but has to be between 1 and 31622400",
                "error[SW0403] /States/A/Retry/0/BackoffRate: `BackoffRate` is 0.3, but has to be at least 1",
            ],
        );
    }

    #[test]
    fn the_smallest_numbers_are_fine() {
        check_state(&task(json!({ "IntervalSeconds": 1, "MaxAttempts": 0, "BackoffRate": 1 })), &[]);
    }
}
