//! `SW0301`: the numbers of Wait and Map states are within the limits of the service.
//!
//! Spec: "Wait State", "Map State"; developer guide: "`ItemReader`", "`ItemBatcher`".

use std::ops::RangeInclusive;

use crate::asl::{Map, OrExpression, StateKind, Wait};
use crate::check::Report;
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        let found = match &entry.state.kind {
            StateKind::Wait(wait) => in_wait(wait),
            StateKind::Map(map) => in_map(map),
            StateKind::Task(_)
            | StateKind::Pass(_)
            | StateKind::Choice(_)
            | StateKind::Succeed(_)
            | StateKind::Fail(_)
            | StateKind::Parallel(_) => continue,
        };
        for (field, message) in found {
            report.add(entry.number, Finding::error(Code::NumberOutOfRange, entry.at(field), message));
        }
    }
}

/// Fields with what is wrong about them.
type Found = Vec<(&'static str, String)>;

fn in_wait(wait: &Wait) -> Found {
    whole("/Seconds", wait.seconds.as_ref(), 0..=99_999_999).into_iter().collect()
}

fn in_map(map: &Map) -> Found {
    let batcher = map.item_batcher.as_ref();
    let config = map.item_reader.as_ref().and_then(|reader| reader.reader_config.as_ref());
    [
        percentage(map),
        whole(
            "/ItemReader/ReaderConfig/MaxItems",
            config.and_then(|config| config.max_items.as_ref()),
            0..=100_000_000,
        ),
        whole(
            "/ItemBatcher/MaxItemsPerBatch",
            batcher.and_then(|batcher| batcher.max_items_per_batch.as_ref()),
            1..=u64::MAX,
        ),
        whole(
            "/ItemBatcher/MaxInputBytesPerBatch",
            batcher.and_then(|batcher| batcher.max_input_bytes_per_batch.as_ref()),
            1..=262_144,
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn whole(
    field: &'static str,
    value: Option<&OrExpression<u64>>,
    range: RangeInclusive<u64>,
) -> Option<(&'static str, String)> {
    let number = match value? {
        OrExpression::Constant(number) => *number,
        // An expression that is nothing but a number.
        OrExpression::Expression(text) => text.trim_matches(['{', '%', '}', ' ']).parse().ok()?,
    };
    (!range.contains(&number)).then(|| (field, outside(field, &range, number)))
}

/// "`Seconds` is 100000000, but has to be between 0 and 99999999".
pub(crate) fn outside(field: &str, range: &RangeInclusive<u64>, number: u64) -> String {
    let name = field.rsplit('/').next().unwrap_or(field);
    if *range.end() == u64::MAX {
        return format!("`{name}` is {number}, but has to be at least {}", range.start());
    }
    format!("`{name}` is {number}, but has to be between {} and {}", range.start(), range.end())
}

fn percentage(map: &Map) -> Option<(&'static str, String)> {
    let number = map.tolerated_failure_percentage.as_ref()?.constant()?;
    let is_outside = number.as_f64().is_some_and(|number| !(0.0..=100.0).contains(&number));
    is_outside.then(|| {
        let message = format!("`ToleratedFailurePercentage` is {number}, but has to be between 0 and 100");
        ("/ToleratedFailurePercentage", message)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::check_state;

    #[test]
    fn a_wait_of_more_than_three_years_is_reported() {
        check_state(
            &json!({ "Type": "Wait", "Seconds": 100_000_000, "End": true }),
            &[
                "error[SW0301] /States/A/Seconds: `Seconds` is 100000000, but has to be between 0 and 99999999",
            ],
        );
        check_state(&json!({ "Type": "Wait", "Seconds": 0, "End": true }), &[]);
        let wait = |seconds: &str| json!({ "Type": "Wait", "QueryLanguage": "JSONata", "Seconds": seconds, "End": true });
        check_state(
            &wait("{% 100000000 %}"),
            &[
                "error[SW0301] /States/A/Seconds: `Seconds` is 100000000, but has to be between 0 and 99999999",
            ],
        );
        check_state(&wait("{% 9 * 8 %}"), &[]);
    }

    #[track_caller]
    fn check_map(percentage: &Value, batch: &Value, expected: &[&str]) {
        check_state(
            &json!({
                "Type": "Map", "ToleratedFailurePercentage": percentage, "ItemBatcher": { "MaxItemsPerBatch": batch },
                "ItemProcessor": {
                    "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
                    "StartAt": "B", "States": { "B": { "Type": "Succeed" } },
                },
                "End": true
            }),
            expected,
        );
    }

    #[test]
    fn the_numbers_of_a_map_have_limits() {
        check_map(
            &json!(100.5),
            &json!(0),
            &[
                "error[SW0301] /States/A/ToleratedFailurePercentage: \
                 `ToleratedFailurePercentage` is 100.5, but has to be between 0 and 100",
                "error[SW0301] /States/A/ItemBatcher/MaxItemsPerBatch: \
                 `MaxItemsPerBatch` is 0, but has to be at least 1",
            ],
        );
        check_map(&json!(99.9), &json!(1), &[]);
    }
}
