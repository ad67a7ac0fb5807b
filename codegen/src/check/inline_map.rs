//! `SW0252`: what is for Distributed Maps stands in one, and such a Map says what its child executions are.
//!
//! The documentation has these fields for Distributed Maps only; a warning. Developer guide: "Using Map state in Distributed mode".

use crate::asl::{Map, ProcessorMode, StateKind};
use crate::check::Report;
use crate::check::index::{Index, StateEntry};
use crate::check::variables::is_distributed;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        let StateKind::Map(map) = &entry.state.kind else { continue };
        if is_distributed(entry.state) {
            if let Some(finding) = no_execution_type(entry, map) {
                report.add(entry.number, finding);
            }
            continue;
        }
        // Of a Map that has nothing to do it is not known what it was to be.
        let is_known = map.item_processor.is_some() || map.iterator.is_some();
        for field in of_distributed(map).filter(|_| is_known) {
            let message = format!("`{field}` is for Distributed Maps, and this is an inline one");
            let finding = Finding::warning(Code::InlineMap, entry.at(format_args!("/{field}")), message)
                .on_key()
                .help(
                    "add `\"ProcessorConfig\": { \"Mode\": \"DISTRIBUTED\", \"ExecutionType\": \"STANDARD\" }` \
                     to its `ItemProcessor`",
                );
            report.add(entry.number, finding);
        }
    }
}

/// The fields of a Map that an inline one has not. Those for failures that are tolerated the service takes there, too.
fn of_distributed(map: &Map) -> impl Iterator<Item = &'static str> {
    let fields = [
        (map.label.is_some(), "Label"),
        (map.item_reader.is_some(), "ItemReader"),
        (map.item_batcher.is_some(), "ItemBatcher"),
        (map.result_writer.is_some(), "ResultWriter"),
    ];
    fields.into_iter().filter_map(|(is_given, field)| is_given.then_some(field))
}

fn no_execution_type(entry: &StateEntry<'_>, map: &Map) -> Option<Finding> {
    let processors = [(&map.item_processor, "ItemProcessor"), (&map.iterator, "Iterator")];
    let config = processors.into_iter().find_map(|(processor, field)| {
        let config = processor.as_ref()?.processor_config.as_ref()?;
        (config.mode == Some(ProcessorMode::Distributed)).then_some((config, field))
    });
    let (config, field) = config?;
    config.execution_type.is_none().then(|| {
        let message = format!("`{}` does not say what type its child executions are", entry.name);
        let pointer = entry.at(format_args!("/{field}/ProcessorConfig"));
        Finding::warning(Code::InlineMap, pointer, message).on_key().help(
            "add `\"ExecutionType\": \"STANDARD\"`, or `\"EXPRESS\"` if an item takes less than five minutes",
        )
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::check_state;

    #[track_caller]
    fn check_map(config: &Value, fields: &Value, expected: &[&str]) {
        let mut map = json!({ "Type": "Map", "End": true, "ItemProcessor": {
            "ProcessorConfig": config, "StartAt": "B", "States": { "B": { "Type": "Succeed" } },
        } });
        for (name, value) in fields.as_object().into_iter().flatten() {
            map[name] = value.clone();
        }
        check_state(&map, expected);
    }

    #[test]
    fn fields_of_distributed_maps_are_reported_in_inline_ones() {
        let fields = json!({ "Label": "orders", "ItemBatcher": { "MaxItemsPerBatch": 10 }, "ToleratedFailureCount": 1 });
        check_map(
            &json!({}),
            &fields,
            &[
                "warning[SW0252] /States/A/Label: `Label` is for Distributed Maps, and this is an inline one",
                "warning[SW0252] /States/A/ItemBatcher: \
                 `ItemBatcher` is for Distributed Maps, and this is an inline one",
            ],
        );
        check_map(&json!({ "Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS" }), &fields, &[]);
    }

    #[test]
    fn child_executions_have_a_type() {
        check_map(
            &json!({ "Mode": "DISTRIBUTED" }),
            &json!({}),
            &["warning[SW0252] /States/A/ItemProcessor/ProcessorConfig: \
               `A` does not say what type its child executions are"],
        );
    }
}
