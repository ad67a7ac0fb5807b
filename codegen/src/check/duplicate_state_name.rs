//! `SW0201`: state names are unique in the whole machine, nested scopes included. Spec: "States".

use crate::check::Report;
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for (first, number) in &index.namesakes {
        let (first, again) = (&index.states[*first], &index.states[*number]);
        let message = format!("state name `{}` is used twice", again.name);
        let finding = Finding::error(Code::DuplicateStateName, &again.pointer, message)
            .on_key()
            .label(&first.pointer, "first used here")
            .help("rename one of the states; names are unique in the whole machine");
        report.add(*number, finding);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_state;

    #[test]
    fn a_name_of_an_outer_scope_cannot_be_used_again() {
        let branch = json!({ "StartAt": "A", "States": { "A": { "Type": "Succeed" } } });
        check_state(
            &json!({ "Type": "Parallel", "Branches": [branch], "End": true }),
            &["error[SW0201] /States/A/Branches/0/States/A: state name `A` is used twice"],
        );
    }

    #[test]
    fn names_that_differ_in_case_are_two_names() {
        let branch = json!({ "StartAt": "a", "States": { "a": { "Type": "Succeed" } } });
        check_state(&json!({ "Type": "Parallel", "Branches": [branch], "End": true }), &[]);
    }
}
