//! `SW0807`: a Distributed Map does not collect the results of all items in its output, which holds 256 KiB.
//!
//! Quiet where the output is made anew (`ResultSelector`, `Output`) or dropped. Developer guide: "`ResultWriter`".

use crate::asl::{Map, NullablePath, State, StateKind};
use crate::check::Report;
use crate::check::index::Index;
use crate::check::variables::is_distributed;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        let StateKind::Map(map) = &entry.state.kind else { continue };
        if is_distributed(entry.state) && keeps_results(entry.state, map) {
            let message =
                format!("`{}` keeps the results of all items, which may be 256 KiB at most", entry.name);
            let finding = Finding::warning(Code::UnexportedResults, &entry.pointer, message)
                .on_key()
                .help("write them to Amazon S3 with `ResultWriter`");
            report.add(entry.number, finding);
        }
    }
}

fn keeps_results(state: &State, map: &Map) -> bool {
    // A `WriterConfig` alone says what the results look like, and writes them nowhere.
    let is_written = map.result_writer.as_ref().is_some_and(|writer| writer.resource.is_some());
    let is_whole = state.output.as_ref().is_none_or(|output| output.as_str().is_some_and(is_result));
    !is_written && map.result_selector.is_none() && map.result_path != Some(NullablePath::Null) && is_whole
}

/// Whether an expression is the result as it is.
fn is_result(expression: &str) -> bool {
    let inner = expression.strip_prefix("{%").and_then(|rest| rest.strip_suffix("%}"));
    inner.is_some_and(|inner| inner.trim() == "$states.result")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::advise_findings;

    fn map() -> Value {
        json!({ "Type": "Map", "End": true, "ItemProcessor": {
            "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS" },
            "StartAt": "B", "States": { "B": { "Type": "Succeed" } },
        } })
    }

    #[test]
    fn results_that_are_kept_are_noticed() {
        advise_findings(
            &json!({ "StartAt": "A", "States": { "A": map() } }),
            &["SW0807 /States/A: `A` keeps the results of all items, which may be 256 KiB at most"],
        );
    }

    #[test]
    fn results_that_only_look_otherwise_are_noticed() {
        let mut map = map();
        map["ResultWriter"] = json!({ "WriterConfig": { "Transformation": "FLATTEN" } });
        map["QueryLanguage"] = json!("JSONata");
        map["Output"] = json!("{% $states.result %}");
        advise_findings(
            &json!({ "StartAt": "A", "States": { "A": map } }),
            &["SW0807 /States/A: `A` keeps the results of all items, which may be 256 KiB at most"],
        );
        map["Output"] = json!("{% $count($states.result) %}");
        advise_findings(&json!({ "StartAt": "A", "States": { "A": map } }), &[]);
    }

    #[test]
    fn results_that_are_written_or_dropped_are_fine() {
        let mut dropped = map();
        dropped["ResultPath"] = json!(null);
        advise_findings(&json!({ "StartAt": "A", "States": { "A": dropped } }), &[]);
        let mut written = map();
        written["ResultWriter"] = json!({
            "Resource": "arn:aws:states:::s3:putObject", "Parameters": { "Bucket": "b", "Prefix": "p" }
        });
        advise_findings(&json!({ "StartAt": "A", "States": { "A": written } }), &[]);
    }
}
