//! `SW0205`: every scope has a terminal state. Spec: "Transitions"; the service reports `MISSING_END_STATE`.

use crate::asl::State;
use crate::check::Report;
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for scope in &index.scopes {
        let ends = scope.states.values().any(State::is_terminal);
        if scope.states.is_empty() || ends || !scope.graph.is_complete {
            continue;
        }
        let finding = Finding::error(
            Code::NoTerminalState,
            format!("{}/States", scope.pointer),
            "none of these states ends the scope",
        )
        .help("end it with a Succeed or Fail state, or with `\"End\": true`");
        report.add(scope.owner, finding);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::{check_findings, check_state};

    #[test]
    fn a_branch_that_cannot_end_is_reported() {
        let branch =
            json!({ "StartAt": "B", "States": { "B": { "Type": "Wait", "Seconds": 1, "Next": "B" } } });
        check_state(
            &json!({ "Type": "Parallel", "Branches": [branch], "End": true }),
            &["error[SW0205] /States/A/Branches/0/States: none of these states ends the scope"],
        );
    }

    #[test]
    fn a_fail_state_is_an_end() {
        check_findings(
            &json!({ "StartAt": "A", "States": {
                "A": { "Type": "Pass", "Next": "B" },
                "B": { "Type": "Fail" },
            } }),
            &[],
        );
    }
}
