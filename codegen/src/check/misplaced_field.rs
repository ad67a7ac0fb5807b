//! `SW0208`: a state has only those common fields that its type takes. Spec: "Table of State Types and Fields".

use crate::asl::{State, StateKind};
use crate::check::Report;
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        for field in misplaced_fields(entry.state) {
            let message = format!("`{field}` is not a field of a {} state", entry.state.type_name());
            let pointer = entry.at(format_args!("/{field}"));
            let finding = Finding::error(Code::MisplacedField, pointer, message).on_key();
            report.add(entry.number, finding.maybe_help(help(entry.state, field)));
        }
    }
}

/// The common fields that are present though the type does not take them.
pub(crate) fn misplaced_fields(state: &State) -> impl Iterator<Item = &'static str> {
    let (data, assign, transition) = match state.kind {
        StateKind::Task(_)
        | StateKind::Pass(_)
        | StateKind::Wait(_)
        | StateKind::Parallel(_)
        | StateKind::Map(_) => (true, true, true),
        StateKind::Choice(_) => (true, true, false),
        StateKind::Succeed(_) => (true, false, false),
        StateKind::Fail(_) => (false, false, false),
    };
    [
        ("InputPath", data, state.input_path.is_some()),
        ("OutputPath", data, state.output_path.is_some()),
        ("Assign", assign, state.assign.is_some()),
        ("Output", data, state.output.is_some()),
        ("Next", transition, state.next.is_some()),
        ("End", transition, state.end.is_some()),
    ]
    .into_iter()
    .filter_map(|(field, is_allowed, is_present)| (is_present && !is_allowed).then_some(field))
}

fn help(state: &State, field: &str) -> Option<String> {
    let help = match (&state.kind, field) {
        (StateKind::Choice(_), "Next") => "name the state for the case that no rule matches in `Default`",
        (StateKind::Choice(_), "End") => "lead to a Succeed state",
        (StateKind::Succeed(_) | StateKind::Fail(_), "Next" | "End") => {
            "remove it; the state always ends its scope"
        }
        (StateKind::Succeed(_) | StateKind::Fail(_), "Assign") => {
            "remove it; nothing could read the variables after the end of the scope"
        }
        _ => return None,
    };
    Some(help.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_state;

    #[test]
    fn fields_of_other_types_are_reported() {
        check_state(
            &json!({ "Type": "Fail", "InputPath": "$.x", "Assign": {}, "End": true }),
            &[
                "error[SW0208] /States/A/InputPath: `InputPath` is not a field of a Fail state",
                "error[SW0208] /States/A/Assign: `Assign` is not a field of a Fail state",
                "error[SW0208] /States/A/End: `End` is not a field of a Fail state",
            ],
        );
    }

    #[test]
    fn a_succeed_state_has_input_and_output() {
        check_state(&json!({ "Type": "Succeed", "InputPath": "$.x", "OutputPath": null }), &[]);
    }
}
