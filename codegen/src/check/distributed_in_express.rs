//! `SW0262`: a Distributed Map runs in Standard workflows only, so not in the children of one that are Express workflows.
//!
//! Developer guide: "Distributed mode".

use crate::asl::{ExecutionType, Map, ProcessorConfig, ProcessorMode, StateKind};
use crate::check::Report;
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        let StateKind::Map(map) = &entry.state.kind else { continue };
        if !is_distributed(map) {
            continue;
        }
        let mut scope = entry.scope;
        while let Some(owner) = index.scopes[scope].owner {
            let outer = &index.states[owner];
            if let StateKind::Map(around) = &outer.state.kind
                && is_distributed(around)
            {
                if execution_type(around) == Some(ExecutionType::Express) {
                    let message = format!(
                        "`{}` is distributed, but it runs in the Express workflows that `{}` starts",
                        entry.name, outer.name
                    );
                    let finding = Finding::error(Code::DistributedInExpress, &entry.pointer, message)
                        .on_key()
                        .label(&outer.pointer, "its child executions are Express workflows")
                        .help("let the outer Map start Standard workflows, or let the inner one run inline");
                    report.add(entry.number, finding);
                }
                break;
            }
            scope = outer.scope;
        }
    }
}

fn config(map: &Map) -> Option<&ProcessorConfig> {
    let processor = map.item_processor.as_ref().or(map.iterator.as_ref());
    processor.and_then(|processor| processor.processor_config.as_ref())
}

fn is_distributed(map: &Map) -> bool {
    config(map).and_then(|config| config.mode) == Some(ProcessorMode::Distributed)
}

fn execution_type(map: &Map) -> Option<ExecutionType> {
    config(map).and_then(|config| config.execution_type)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::check_state;

    fn map(execution_type: &str, name: &str, inner: &Value) -> Value {
        json!({
            "Type": "Map",
            "ItemProcessor": {
                "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": execution_type },
                "StartAt": name,
                "States": { name: inner },
            },
            "End": true,
        })
    }

    #[test]
    fn an_express_child_runs_no_distributed_map() {
        let inner = map("STANDARD", "C", &json!({ "Type": "Succeed" }));
        check_state(
            &map("EXPRESS", "B", &inner),
            &[
                "error[SW0262] /States/A/ItemProcessor/States/B: `B` is distributed, but it runs in the Express workflows that `A` starts",
            ],
        );
    }

    #[test]
    fn a_standard_child_may() {
        let inner = map("EXPRESS", "C", &json!({ "Type": "Succeed" }));
        check_state(&map("STANDARD", "B", &inner), &[]);
    }
}
