//! `SW0210`: `States`, `Choices`, `And`, `Or` and `Branches` are not empty.
//!
//! Spec: "Top-level fields", "Choice State", "Parallel State".

use crate::asl::{Choice, NestedTest, RuleTest, StateKind, Test};
use crate::check::Report;
use crate::check::data_flow::At;
use crate::check::index::{Index, StateEntry};
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for scope in &index.scopes {
        if scope.states.is_empty() {
            report.add(scope.owner, empty(format!("{}/States", scope.pointer), "`States` has no state"));
        }
    }
    for entry in &index.states {
        let mut found = Vec::new();
        match &entry.state.kind {
            StateKind::Choice(choice) => empty_in_choice(entry, choice, &mut found),
            StateKind::Parallel(parallel) if parallel.branches.is_empty() => {
                found.push(empty(entry.at("/Branches"), "`Branches` has no branch"));
            }
            StateKind::Task(_)
            | StateKind::Pass(_)
            | StateKind::Wait(_)
            | StateKind::Succeed(_)
            | StateKind::Fail(_)
            | StateKind::Parallel(_)
            | StateKind::Map(_) => {}
        }
        for finding in found {
            report.add(entry.number, finding);
        }
    }
}

fn empty_in_choice(entry: &StateEntry<'_>, choice: &Choice, found: &mut Vec<Finding>) {
    let at = At::field("Choices");
    if choice.choices.is_empty() {
        found.push(empty(entry.at(at.pointer()), "`Choices` has no rule"));
    }
    for (position, rule) in choice.choices.iter().enumerate() {
        if let RuleTest::Test(test) = &rule.test {
            empty_in_test(entry, test, &at.element(position), found);
        }
    }
}

fn empty_in_test(entry: &StateEntry<'_>, test: &Test, at: &At<'_>, found: &mut Vec<Finding>) {
    let mut nested = |tests: &[NestedTest], name: &str| {
        let at = at.member(name);
        if tests.is_empty() {
            found.push(empty(entry.at(at.pointer()), &format!("`{name}` has no test")));
        }
        for (position, test) in tests.iter().enumerate() {
            empty_in_test(entry, &test.test, &at.element(position), found);
        }
    };
    match test {
        Test::And(tests) => nested(tests, "And"),
        Test::Or(tests) => nested(tests, "Or"),
        Test::Not(test) => empty_in_test(entry, &test.test, &at.member("Not"), found),
        Test::Data { .. } => {}
    }
}

fn empty(pointer: String, message: &str) -> Finding {
    Finding::error(Code::Empty, pointer, message)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::{check_findings, check_state};

    #[test]
    fn what_is_empty_is_reported() {
        check_findings(
            &json!({ "StartAt": "A", "States": {} }),
            &["error[SW0210] /States: `States` has no state"],
        );
        check_state(
            &json!({ "Type": "Parallel", "Branches": [], "End": true }),
            &["error[SW0210] /States/A/Branches: `Branches` has no branch"],
        );
    }

    #[test]
    fn an_empty_operator_is_found_at_any_depth() {
        let rule = json!({ "Not": { "Or": [{ "And": [] }] }, "Next": "B" });
        check_findings(
            &json!({ "StartAt": "A", "States": {
                "A": { "Type": "Choice", "Choices": [rule] },
                "B": { "Type": "Succeed" },
            } }),
            &["error[SW0210] /States/A/Choices/0/Not/Or/0/And: `And` has no test"],
        );
    }

    #[test]
    fn an_empty_retry_is_fine() {
        check_state(
            &json!({ "Type": "Task", "Resource": "arn:x", "Retry": [], "Catch": [], "End": true }),
            &[],
        );
    }
}
