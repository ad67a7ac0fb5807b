//! `SW0211`: a constant excludes its `…Path` twin, and a field its deprecated older form.
//!
//! Spec: "Timeouts and heartbeats", "Map State", "Fail State".

use crate::asl::{Fail, ItemBatcher, Map, ReaderConfig, StateKind, Task};
use crate::check::Report;
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        let pairs = match &entry.state.kind {
            StateKind::Task(task) => in_task(task).to_vec(),
            StateKind::Fail(fail) => in_fail(fail).to_vec(),
            StateKind::Map(map) => in_map(map),
            StateKind::Pass(_)
            | StateKind::Choice(_)
            | StateKind::Wait(_)
            | StateKind::Succeed(_)
            | StateKind::Parallel(_) => continue,
        };
        for pair in pairs.iter().filter(|pair| pair.both) {
            let message = format!("`{}` and `{}` exclude each other", pair.first, pair.second);
            let pointer = |field| entry.at(format_args!("{}/{field}", pair.object));
            let finding = Finding::error(Code::ExclusiveFields, pointer(pair.second), message)
                .on_key()
                .label(pointer(pair.first), "the other one");
            report.add(entry.number, finding);
        }
    }
}

/// Two fields of which only one may be present.
#[derive(Clone)]
struct Pair {
    /// The pointer from the state to the object they are in.
    object: &'static str,
    first: &'static str,
    second: &'static str,
    both: bool,
}

/// A pair of fields of `$object`, written as the Rust fields with their names.
macro_rules! pair {
    ($object:expr, $first:ident $first_name:literal, $second:ident $second_name:literal) => {
        pair!("", $object, $first $first_name, $second $second_name)
    };
    ($at:literal, $object:expr, $first:ident $first_name:literal, $second:ident $second_name:literal) => {
        Pair {
            object: $at,
            first: $first_name,
            second: $second_name,
            both: $object.$first.is_some() && $object.$second.is_some(),
        }
    };
}

fn in_task(task: &Task) -> [Pair; 2] {
    [
        pair!(task, timeout_seconds "TimeoutSeconds", timeout_seconds_path "TimeoutSecondsPath"),
        pair!(task, heartbeat_seconds "HeartbeatSeconds", heartbeat_seconds_path "HeartbeatSecondsPath"),
    ]
}

fn in_fail(fail: &Fail) -> [Pair; 2] {
    [pair!(fail, error "Error", error_path "ErrorPath"), pair!(fail, cause "Cause", cause_path "CausePath")]
}

fn in_map(map: &Map) -> Vec<Pair> {
    let mut pairs = vec![
        pair!(map, item_processor "ItemProcessor", iterator "Iterator"),
        pair!(map, item_selector "ItemSelector", parameters "Parameters"),
        pair!(map, max_concurrency "MaxConcurrency", max_concurrency_path "MaxConcurrencyPath"),
        pair!(
            map,
            tolerated_failure_percentage "ToleratedFailurePercentage",
            tolerated_failure_percentage_path "ToleratedFailurePercentagePath"
        ),
        pair!(
            map,
            tolerated_failure_count "ToleratedFailureCount",
            tolerated_failure_count_path "ToleratedFailureCountPath"
        ),
    ];
    pairs.extend(map.item_batcher.as_ref().into_iter().flat_map(in_batcher));
    let config = map.item_reader.as_ref().and_then(|reader| reader.reader_config.as_ref());
    pairs.extend(config.map(in_reader_config));
    pairs
}

fn in_batcher(batcher: &ItemBatcher) -> [Pair; 2] {
    [
        pair!(
            "/ItemBatcher",
            batcher,
            max_items_per_batch "MaxItemsPerBatch",
            max_items_per_batch_path "MaxItemsPerBatchPath"
        ),
        pair!(
            "/ItemBatcher",
            batcher,
            max_input_bytes_per_batch "MaxInputBytesPerBatch",
            max_input_bytes_per_batch_path "MaxInputBytesPerBatchPath"
        ),
    ]
}

fn in_reader_config(config: &ReaderConfig) -> Pair {
    pair!("/ItemReader/ReaderConfig", config, max_items "MaxItems", max_items_path "MaxItemsPath")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_state;

    #[test]
    fn a_constant_and_its_path_are_reported() {
        check_state(
            &json!({ "Type": "Task", "Resource": "arn:x", "TimeoutSeconds": 5, "TimeoutSecondsPath": "$.t", "End": true }),
            &[
                "error[SW0211] /States/A/TimeoutSecondsPath: `TimeoutSeconds` and `TimeoutSecondsPath` exclude each other",
            ],
        );
        check_state(
            &json!({ "Type": "Fail", "Error": "X", "ErrorPath": "$.e" }),
            &["error[SW0211] /States/A/ErrorPath: `Error` and `ErrorPath` exclude each other"],
        );
    }

    #[test]
    fn nested_objects_are_looked_into() {
        let processor = json!({
            "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
            "StartAt": "B", "States": { "B": { "Type": "Succeed" } },
        });
        let batcher = json!({ "MaxItemsPerBatch": 1, "MaxItemsPerBatchPath": "$.n" });
        check_state(
            &json!({ "Type": "Map", "ItemProcessor": processor, "ItemBatcher": batcher, "End": true }),
            &["error[SW0211] /States/A/ItemBatcher/MaxItemsPerBatchPath: \
               `MaxItemsPerBatch` and `MaxItemsPerBatchPath` exclude each other"],
        );
    }

    #[test]
    fn twins_of_different_fields_go_together() {
        check_state(&json!({ "Type": "Fail", "Error": "X", "CausePath": "$.c" }), &[]);
    }
}
