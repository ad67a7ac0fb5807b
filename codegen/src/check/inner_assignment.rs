//! `SW0381`: an inner scope assigns no variable of an outer one. Spec: "State Machine Variables".

use crate::check::Report;
use crate::check::index::Index;
use crate::check::variables::{Visible, assigns, variable_of};
use crate::diagnostic::{Code, Finding, Severity, push_token};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    let variables = index.variables();
    // What the machine itself assigns has nothing around it.
    for entry in index.states.iter().filter(|entry| index.scopes[entry.scope].owner.is_some()) {
        for assign in assigns(entry.state) {
            for key in assign.members.keys() {
                let name = variable_of(key, entry.language);
                // Whether child executions may use the name again is not known.
                let mut outer = Visible::from(index, entry).skip(1).filter(|visible| !visible.is_outside);
                let found = outer
                    .find_map(|visible| Some((variables.scopes[visible.scope].assigned.get(name)?, visible)));
                let Some(((number, state), visible)) = found else { continue };
                let mut pointer = entry.at(&assign.pointer());
                push_token(&mut pointer, key);
                let message =
                    format!("variable `{name}` belongs to an outer scope and cannot be assigned here");
                let mut finding = Finding::error(Code::InnerAssignment, pointer, message)
                    .on_key()
                    .label(index.states[*state].pointer.as_str(), "assigned by this state")
                    .help("take another name, or return the value and assign it after the state around it");
                // As recorded, the service lets a branch assign what only a Catcher of the Parallel state assigns.
                if !variables.is_assigned_before(index, visible.scope, visible.state, *number) {
                    finding.severity = Severity::Warning;
                }
                report.add(entry.number, finding);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::check_findings;

    fn machine(config: &Value, inner: &str) -> Value {
        let processor = json!({
            "ProcessorConfig": config, "StartAt": "C",
            "States": { "C": { "Type": "Pass", "Assign": { inner: 1 }, "End": true } },
        });
        json!({ "StartAt": "A", "States": {
            "A": { "Type": "Pass", "Assign": { "x.$": "$" }, "Next": "B" },
            "B": { "Type": "Map", "ItemProcessor": processor, "Next": "D" },
            "D": { "Type": "Pass", "Assign": { "z.$": "$" }, "End": true },
        } })
    }

    #[test]
    fn variables_of_outer_scopes_are_not_assigned() {
        check_findings(
            &machine(&json!({ "Mode": "INLINE" }), "z"),
            &["warning[SW0381] /States/B/ItemProcessor/States/C/Assign/z: \
               variable `z` belongs to an outer scope and cannot be assigned here"],
        );
        check_findings(
            &machine(&json!({ "Mode": "INLINE" }), "x"),
            &["error[SW0381] /States/B/ItemProcessor/States/C/Assign/x: \
               variable `x` belongs to an outer scope and cannot be assigned here"],
        );
    }

    #[test]
    fn others_are() {
        check_findings(&machine(&json!({ "Mode": "INLINE" }), "y"), &[]);
        check_findings(&machine(&json!({ "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" }), "x"), &[]);
        let branch = |name: &str| json!({ "StartAt": name, "States": { name: { "Type": "Pass", "Assign": { "x": 1 }, "End": true } } });
        check_findings(
            &json!({ "StartAt": "A", "States": {
                "A": { "Type": "Parallel", "Branches": [branch("B"), branch("C")], "End": true }
            } }),
            &[],
        );
    }
}
