//! `SW0204`: `StartAt` and every transition name a state of the same scope. Spec: "Transitions", "Parallel State".

use crate::asl::{TransitionField, nearest};
use crate::check::Report;
use crate::check::index::{Index, ScopeEntry, is_substituted};
use crate::diagnostic::{Code, Finding};

/// How many bad targets get a suggestion. Each takes a look at every name of the scope, which for many of them would be
/// quadratic; whoever has that many bad targets has another problem than spelling.
const MAX_SUGGESTIONS: usize = 50;

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for (position, target) in unknown_targets(index).enumerate() {
        let finding = finding(index, &target);
        let suggestion = (position < MAX_SUGGESTIONS).then(|| similar_state(&target)).flatten();
        let help = suggestion.map(|name| format!("a state with a similar name is `{name}`"));
        report.add(target.state, finding.maybe_help(help));
    }
}

/// A name that is no state of its scope.
struct UnknownTarget<'i, 'm> {
    scope: &'i ScopeEntry<'m>,
    /// The number of the state that gives it; for `StartAt` the one that the scope is nested in.
    state: Option<usize>,
    /// `None` for `StartAt`.
    field: Option<TransitionField>,
    name: &'m str,
}

fn unknown_targets<'i, 'm>(index: &'i Index<'m>) -> impl Iterator<Item = UnknownTarget<'i, 'm>> {
    // Most scopes are complete, and then there is nothing to look up.
    let starts = index.scopes.iter().filter(|scope| scope.graph.start.is_none()).map(|scope| UnknownTarget {
        scope,
        state: scope.owner,
        field: None,
        name: scope.start_at,
    });
    let in_open_scopes = index.states.iter().filter(|entry| !index.scopes[entry.scope].graph.is_complete);
    let transitions = in_open_scopes.flat_map(|entry| {
        entry.state.transitions().map(|transition| UnknownTarget {
            scope: &index.scopes[entry.scope],
            state: Some(entry.number),
            field: Some(transition.field),
            name: transition.target,
        })
    });
    starts.chain(transitions).filter(|target| {
        // An empty scope is reported as such.
        let states = target.scope.states;
        !states.is_empty() && !states.contains_key(target.name) && !is_substituted(target.name)
    })
}

fn finding(index: &Index<'_>, target: &UnknownTarget<'_, '_>) -> Finding {
    let UnknownTarget { field, name, .. } = target;
    let pointer = match (target.state, field) {
        (Some(state), Some(field)) => index.states[state].at(field),
        _ => format!("{}/StartAt", target.scope.pointer),
    };
    let field = field.map_or("StartAt", TransitionField::name);
    let Some(number) = index.by_name.get(name) else {
        let message = format!("`{field}` names `{name}`, but there is no such state");
        return Finding::error(Code::UnknownTarget, pointer, message);
    };
    let message = format!("`{field}` names `{name}`, which is a state of another scope");
    Finding::error(Code::UnknownTarget, pointer, message)
        .label(&index.states[*number].pointer, "the state of that name")
        .note("a transition cannot cross the boundary of a Parallel or Map state")
}

fn similar_state<'m>(target: &UnknownTarget<'_, 'm>) -> Option<&'m str> {
    nearest(target.name, target.scope.states.keys().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::asl;
    use crate::check::check;
    use crate::check::testing::{check_findings, check_state};

    #[test]
    fn every_kind_of_transition_is_followed() {
        let rule = json!({ "Variable": "$.x", "IsNull": true, "Next": "X" });
        let catch = json!([{ "ErrorEquals": ["States.ALL"], "Next": "Z" }]);
        check_findings(
            &json!({ "StartAt": "A", "States": {
                "A": { "Type": "Choice", "Choices": [rule], "Default": "Y" },
                "B": { "Type": "Task", "Resource": "arn:x", "Catch": catch, "Next": "W" },
                "C": { "Type": "Succeed" },
            } }),
            &[
                "error[SW0204] /States/A/Choices/0/Next: `Next` names `X`, but there is no such state",
                "error[SW0204] /States/A/Default: `Default` names `Y`, but there is no such state",
                "error[SW0204] /States/B/Catch/0/Next: `Next` names `Z`, but there is no such state",
                "error[SW0204] /States/B/Next: `Next` names `W`, but there is no such state",
            ],
        );
    }

    #[test]
    fn a_transition_into_a_branch_is_told_apart() {
        let branch = json!({ "StartAt": "B", "States": { "B": { "Type": "Pass", "Next": "A" } } });
        check_state(
            &json!({ "Type": "Parallel", "Branches": [branch], "Next": "B" }),
            &[
                "error[SW0204] /States/A/Next: `Next` names `B`, which is a state of another scope",
                "error[SW0204] /States/A/Branches/0/States/B/Next: `Next` names `A`, which is a state of another scope",
            ],
        );
    }

    #[test]
    fn a_similar_name_is_suggested() {
        let text = r#"{ "StartAt": "Shp", "States": { "Ship": { "Type": "Succeed" } } }"#;
        let findings = check(asl::read(text).expect("it can be read").machine());
        assert_eq!(findings[0].help.as_deref(), Some("a state with a similar name is `Ship`"));
    }

    #[test]
    fn a_substitution_may_be_any_name() {
        check_state(&json!({ "Type": "Pass", "Next": "${Next}" }), &[]);
    }
}
