//! `SW0519`, `SW0520`: an expression reads those members of `$states` that are there, and does not bind it.
//!
//! Spec: "Reserved variable: `$states`".

use crate::asl::{StateKind, nearest};
use crate::check::Report;
use crate::check::index::{Index, StateEntry};
use crate::check::texts::{Text, When};
use crate::diagnostic::{Code, Finding};

const MEMBERS: &[&str] = &["input", "context", "result", "errorOutput"];

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for text in &index.texts {
        let Some(expression) = text.expression() else { continue };
        if expression.binds_states() {
            let message = "an expression cannot give `$states` another meaning";
            report.add(text.state, Finding::error(Code::BoundStates, text.pointer(), message));
        }
        let entry = index.state_of(text);
        let read = expression.states.iter().filter_map(|read| read.members.first());
        for finding in read.filter_map(|member| finding(text, entry, member)) {
            report.add(text.state, finding);
        }
    }
}

fn finding(text: &Text<'_>, entry: &StateEntry<'_>, member: &str) -> Option<Finding> {
    let is_error = |message: String| Finding::error(Code::StatesMember, text.pointer(), message);
    match member {
        "input" | "context" => None,
        "result" if text.when == When::After && has_result(entry) => None,
        "result" => {
            let finding = is_error(format!("there is no `$states.result` here: {}", no_result(text, entry)));
            Some(finding.help("`$states.input` is what the state was given"))
        }
        "errorOutput" if text.when == When::Caught => None,
        "errorOutput" => Some(is_error(
            "there is no `$states.errorOutput` here: it is in `Output` and `Assign` of a Catcher".to_owned(),
        )),
        other => {
            let similar = nearest(other, MEMBERS.iter().copied());
            let help = similar.map(|name| format!("a member with a similar name is `$states.{name}`"));
            Some(is_error(format!("`$states` has no member `{other}`")).maybe_help(help))
        }
    }
}

fn no_result(text: &Text<'_>, entry: &StateEntry<'_>) -> String {
    if !has_result(entry) {
        return format!("a {} state has no result of its own", entry.state.type_name());
    }
    match text.when {
        When::Before => "the state's work is still to be done".to_owned(),
        When::After | When::Caught => "the state has failed".to_owned(),
    }
}

fn has_result(entry: &StateEntry<'_>) -> bool {
    match entry.state.kind {
        StateKind::Task(_) | StateKind::Parallel(_) | StateKind::Map(_) => true,
        StateKind::Pass(_)
        | StateKind::Choice(_)
        | StateKind::Wait(_)
        | StateKind::Succeed(_)
        | StateKind::Fail(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::check_state;

    #[track_caller]
    fn check_task(fields: &Value, expected: &[&str]) {
        let mut task =
            json!({ "Type": "Task", "QueryLanguage": "JSONata", "Resource": "arn:x", "End": true });
        let members = task.as_object_mut().expect("it is an object");
        members.extend(fields.as_object().expect("it is an object").clone());
        check_state(&task, expected);
    }

    #[test]
    fn a_result_is_there_after_the_work() {
        check_task(
            &json!({ "Arguments": "{% $states.result %}" }),
            &["error[SW0519] /States/A/Arguments: there is no `$states.result` here: \
               the state's work is still to be done"],
        );
        check_task(
            &json!({ "Assign": { "a": "{% $states.result.id %}" }, "Output": "{% $states.result %}" }),
            &[],
        );
        check_state(
            &json!({ "Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% $states.result %}", "End": true }),
            &[
                "error[SW0519] /States/A/Output: there is no `$states.result` here: a Pass state has no result of its own",
            ],
        );
    }

    #[test]
    fn an_error_is_there_in_a_catcher() {
        let catch =
            |output: &str| json!({ "Catch": [{ "ErrorEquals": ["X"], "Output": output, "Next": "A" }] });
        check_task(&catch("{% $states.errorOutput.Cause & $states.context.State.Name %}"), &[]);
        check_task(
            &catch("{% $states.result %}"),
            &[
                "error[SW0519] /States/A/Catch/0/Output: there is no `$states.result` here: the state has failed",
            ],
        );
        check_task(
            &json!({ "Output": "{% $states.errorOutput %}" }),
            &["error[SW0519] /States/A/Output: there is no `$states.errorOutput` here: \
               it is in `Output` and `Assign` of a Catcher"],
        );
    }

    #[test]
    fn other_members_and_meanings_are_reported() {
        check_task(
            &json!({ "Arguments": ["{% $states.inputs.a %}"] }),
            &["error[SW0519] /States/A/Arguments/0: `$states` has no member `inputs`"],
        );
        check_task(
            &json!({ "Output": "{% ($states := 1; $states) %}" }),
            &["error[SW0520] /States/A/Output: an expression cannot give `$states` another meaning"],
        );
        check_task(&json!({ "Output": "{% $states %}" }), &[]);
    }
}
