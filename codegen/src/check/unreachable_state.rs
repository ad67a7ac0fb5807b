//! `SW0203`: every state can be reached from its scope's start state. Spec: "Transitions"; the service rejects others.
//!
//! Of states that cannot be reached only those are reported with which such a part begins. Where a transition leads
//! nowhere, which is reported as that, it may well be the one that is missing here; the scope is then left alone.

use crate::check::Report;
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for scope in &index.scopes {
        let graph = &scope.graph;
        if !graph.is_complete {
            continue;
        }
        let unreachable: Vec<bool> = graph.reach(graph.start).into_iter().map(|reached| !reached).collect();
        for position in graph.sources(&unreachable) {
            let entry = scope.state(index, position);
            let message = format!("state `{}` can never be reached", entry.name);
            let finding = Finding::error(Code::UnreachableState, &entry.pointer, message)
                .on_key()
                .help("let another state lead to it, or remove it");
            report.add(entry.number, finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_findings;

    #[test]
    fn only_the_beginning_of_an_unreachable_part_is_reported() {
        check_findings(
            &json!({ "StartAt": "A", "States": {
                "A": { "Type": "Succeed" },
                "D": { "Type": "Pass", "Next": "A" },
                "B": { "Type": "Pass", "Next": "C" },
                "C": { "Type": "Pass", "Next": "D" },
            } }),
            &["error[SW0203] /States/B: state `B` can never be reached"],
        );
    }

    #[test]
    fn a_state_reached_only_by_a_catcher_is_reached() {
        let catch = json!([{ "ErrorEquals": ["States.ALL"], "Next": "B" }]);
        check_findings(
            &json!({ "StartAt": "A", "States": {
                "A": { "Type": "Task", "Resource": "arn:x", "Catch": catch, "End": true },
                "B": { "Type": "Fail" },
            } }),
            &[],
        );
    }
}
