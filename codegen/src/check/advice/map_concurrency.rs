//! `SW0806`: a Map does not ask for more iterations at a time than it gets. Developer guide: "Map state in Inline mode", "Service
//! quotas".

use crate::asl::{OrExpression, StateKind};
use crate::check::Report;
use crate::check::index::Index;
use crate::check::variables::is_distributed;
use crate::diagnostic::{Code, Finding};

const INLINE: u64 = 40;
const DISTRIBUTED: u64 = 10_000;

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        let StateKind::Map(map) = &entry.state.kind else { continue };
        let (mode, most, help) = if is_distributed(entry.state) {
            ("a Distributed", DISTRIBUTED, "")
        } else {
            ("an inline", INLINE, ", or make the Map a distributed one")
        };
        let wanted = map.max_concurrency.as_ref().and_then(OrExpression::constant);
        let Some(wanted) = wanted.filter(|wanted| **wanted > most) else { continue };
        let message =
            format!("`MaxConcurrency` is {wanted}, but {mode} Map runs {most} iterations at a time");
        let finding = Finding::warning(Code::MapConcurrency, entry.at("/MaxConcurrency"), message)
            .help(format!("write {most}{help}"));
        report.add(entry.number, finding);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::advise_findings;

    #[track_caller]
    fn check_concurrency(concurrency: u64, mode: &str, expected: &[&str]) {
        let processor = json!({
            "ProcessorConfig": { "Mode": mode, "ExecutionType": "STANDARD" },
            "StartAt": "B", "States": { "B": { "Type": "Succeed" } },
        });
        let map = json!({
            "Type": "Map", "MaxConcurrency": concurrency, "ItemProcessor": processor, "ResultPath": null, "End": true
        });
        advise_findings(&json!({ "StartAt": "A", "States": { "A": map } }), expected);
    }

    #[test]
    fn more_than_the_service_runs_is_noticed() {
        check_concurrency(
            41,
            "INLINE",
            &["SW0806 /States/A/MaxConcurrency: \
               `MaxConcurrency` is 41, but an inline Map runs 40 iterations at a time"],
        );
        check_concurrency(40, "INLINE", &[]);
        check_concurrency(10_000, "DISTRIBUTED", &[]);
        check_concurrency(
            10_001,
            "DISTRIBUTED",
            &["SW0806 /States/A/MaxConcurrency: \
               `MaxConcurrency` is 10001, but a Distributed Map runs 10000 iterations at a time"],
        );
    }
}
