//! `SW0262`: the child executions of a Distributed Map that are Express workflows cannot do everything.
//!
//! Developer guide: "Choosing workflow type", "Distributed mode".

use crate::asl::{ExecutionType, Map, ProcessorConfig, ProcessorMode, StateKind};
use crate::check::Report;
use crate::check::index::{Index, StateEntry};
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        let Some(what) = needs_standard(&entry.state.kind) else { continue };
        let Some(outer) = express_around(index, entry) else { continue };
        let message = format!(
            "`{}` {what}, which the Express workflows that `{}` starts cannot do",
            entry.name, outer.name
        );
        let finding = Finding::error(Code::NotInExpress, &entry.pointer, message)
            .on_key()
            .label(&outer.pointer, "its child executions are Express workflows")
            .help(format!("let `{}` start Standard workflows", outer.name));
        report.add(entry.number, finding);
    }
}

/// What a state does that needs a Standard workflow.
fn needs_standard(kind: &StateKind) -> Option<&'static str> {
    match kind {
        StateKind::Map(map) if is_distributed(map) => Some("starts child executions"),
        StateKind::Task(task) => {
            // `arn:aws:states:::service:action.sync:2`
            let (_, pattern) = task.resource.rsplit_once('.').unwrap_or_default();
            match pattern {
                "waitForTaskToken" => Some("waits for a callback"),
                "sync" | "sync:2" => Some("waits for a job"),
                _ => task.resource.contains(":activity:").then_some("runs an activity"),
            }
        }
        _ => None,
    }
}

/// The Map whose child executions the state is part of, if these are Express workflows.
fn express_around<'i, 'm>(index: &'i Index<'m>, entry: &StateEntry<'m>) -> Option<&'i StateEntry<'m>> {
    let mut scope = entry.scope;
    loop {
        let outer = &index.states[index.scopes[scope].owner?];
        if let StateKind::Map(map) = &outer.state.kind
            && is_distributed(map)
        {
            let is_express = config(map)?.execution_type == Some(ExecutionType::Express);
            return is_express.then_some(outer);
        }
        scope = outer.scope;
    }
}

fn config(map: &Map) -> Option<&ProcessorConfig> {
    let processor = map.item_processor.as_ref().or(map.iterator.as_ref());
    processor.and_then(|processor| processor.processor_config.as_ref())
}

fn is_distributed(map: &Map) -> bool {
    config(map).and_then(|config| config.mode) == Some(ProcessorMode::Distributed)
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

    #[track_caller]
    fn check_in_express(state: &Value, what: &str) {
        let message = format!(
            "error[SW0262] /States/A/ItemProcessor/States/B: `B` {what}, which the Express workflows that `A` starts cannot do"
        );
        check_state(&map("EXPRESS", "B", state), &[&message]);
        check_state(&map("STANDARD", "B", state), &[]);
    }

    #[test]
    fn an_express_child_starts_no_children() {
        check_in_express(&map("STANDARD", "C", &json!({ "Type": "Succeed" })), "starts child executions");
    }

    #[test]
    fn an_express_child_waits_for_nobody() {
        let task = |resource: &str| json!({ "Type": "Task", "Resource": resource, "End": true });
        let activity = task("arn:aws:states:us-east-1:123456789012:activity:pack");
        check_in_express(&activity, "runs an activity");
        check_in_express(&task("arn:aws:states:::sqs:sendMessage.waitForTaskToken"), "waits for a callback");
        check_in_express(&task("arn:aws:states:::states:startExecution.sync:2"), "waits for a job");
        let invoke = task("arn:aws:states:::lambda:invoke");
        check_state(&map("EXPRESS", "B", &invoke), &[]);
    }
}
