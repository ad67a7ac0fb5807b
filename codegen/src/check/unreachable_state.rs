//! `SW0203`: every state can be reached from its scope's start state. Spec: "Transitions"; the service rejects others.
//!
//! Of states that cannot be reached only those are reported with which such a part begins. Where a transition leads
//! nowhere or a state does not say how it goes on, which is reported as that, this may well be what is missing here; the scope is
//! then left alone.

use crate::check::Report;
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for scope in &index.scopes {
        let graph = &scope.graph;
        if !graph.is_complete || graph.forward().len() == scope.states.len() {
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

    #[test]
    fn what_a_state_does_not_say_may_lead_there() {
        check_findings(
            &json!({ "StartAt": "A", "States": { "A": { "Type": "Pass" }, "B": { "Type": "Succeed" } } }),
            &["error[SW0207] /States/A: state `A` has neither `Next` nor `\"End\": true`"],
        );
        check_findings(
            &json!({ "StartAt": "A", "States": {
                "A": { "Type": "Choice", "Choices": [], "Default": "B" },
                "B": { "Type": "Wait", "Seconds": 1, "Next": "A" },
                "C": { "Type": "Succeed" },
            } }),
            &["error[SW0210] /States/A/Choices: `Choices` has no rule"],
        );
    }
}
