//! `SW0206`: from every state that can be reached, an end can be reached.
//!
//! The service accepts a loop without a way out, and an error ends it all the same, so this is a warning. A Choice
//! without `Default` counts as a way out.

use crate::asl::State;
use crate::check::Report;
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for scope in &index.scopes {
        let graph = &scope.graph;
        if !graph.is_complete || !graph.has_loop() || !scope.states.values().any(State::is_terminal) {
            continue; // What is not complete, and a scope without an end, are reported as such.
        }
        let reached = graph.reach(graph.start);
        let leaves = graph.lead_to(&graph.exits);
        let stuck: Vec<bool> =
            reached.iter().zip(leaves).map(|(reached, leaves)| *reached && !leaves).collect();
        for position in graph.sinks(&stuck) {
            let members = graph.reach([position]);
            let members = members.iter().enumerate().filter(|(_, member)| **member);
            let names: Vec<String> =
                members.map(|(position, _)| format!("`{}`", scope.state(index, position).name)).collect();
            let entry = scope.state(index, position);
            let message = format!("the loop at state `{}` has no way out", entry.name);
            let finding = Finding::warning(Code::EndlessLoop, &entry.pointer, message)
                .on_key()
                .note(format!("the loop: {}", names.join(", ")))
                .help("add a transition that leads to a terminal state");
            report.add(entry.number, finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_findings;

    #[test]
    fn a_loop_without_a_way_out_is_reported_once() {
        let rule = json!({ "Variable": "$.x", "IsNull": true, "Next": "End" });
        check_findings(
            &json!({ "StartAt": "A", "States": {
                "A": { "Type": "Choice", "Choices": [rule], "Default": "B" },
                "B": { "Type": "Pass", "Next": "C" },
                "C": { "Type": "Wait", "Seconds": 5, "Next": "D" },
                "D": { "Type": "Pass", "Next": "C" },
                "End": { "Type": "Succeed" },
            } }),
            &["warning[SW0206] /States/C: the loop at state `C` has no way out"],
        );
    }

    #[test]
    fn a_catcher_that_leaves_the_loop_is_a_way_out() {
        let catch = json!([{ "ErrorEquals": ["Done"], "Next": "B" }]);
        check_findings(
            &json!({ "StartAt": "A", "States": {
                "A": { "Type": "Task", "Resource": "arn:x", "Catch": catch, "Next": "A" },
                "B": { "Type": "Succeed" },
            } }),
            &[],
        );
    }
}
