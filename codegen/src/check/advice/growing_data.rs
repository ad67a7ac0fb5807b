//! `SW0809`: what a loop collects does not grow in every round, as the data of a state holds 256 KiB.
//!
//! Only where it certainly grows: a variable, or a place in the document, that is given what it had and something more, in a loop in
//! which nothing else is put there. Where a counter ends the loop, only what the constants alone come to counts.

mod added;

use crate::asl::{NullablePath, QueryLanguage, StateKind};
use crate::check::Report;
use crate::check::advice::growing_data::added::{Added, Place};
use crate::check::index::{Index, ScopeEntry, StateEntry};
use crate::check::loops;
use crate::check::variables::{Assign, assigns, variable_of};
use crate::diagnostic::{Code, Finding};

/// So many places of a scope are looked at, as each is a walk over it.
const MOST_PLACES: usize = 50;

/// The most bytes of a variable, and of a state's output.
const MOST: u64 = 262_144;

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for scope in &index.scopes {
        if !scope.graph.is_complete {
            continue;
        }
        let numbers = scope.numbers.iter().enumerate();
        let added = numbers.flat_map(|(position, number)| {
            added::all(index, &index.states[*number]).into_iter().map(move |added| (position, added))
        });
        for (position, added) in added.take(MOST_PLACES) {
            if let Some(finding) = finding(index, scope, position, &added) {
                report.add(scope.numbers[position], finding);
            }
        }
    }
}

fn finding<'m>(
    index: &Index<'m>,
    scope: &ScopeEntry<'m>,
    position: usize,
    added: &Added<'_>,
) -> Option<Finding> {
    let graph = scope.graph.without(&emptied(index, scope, position, &added.place));
    // By a Catcher the state is left without adding anything.
    let next = scope.state(index, position).state.next.as_deref()?;
    let next = scope.states.get_index_of(next).filter(|next| graph.targets[position].contains(next))?;
    if !graph.reach([next])[position] {
        return None;
    }
    let rounds = loops::rounds(index, scope, position);
    if rounds.is_some_and(|rounds| rounds.saturating_mul(added.bytes) <= MOST) {
        return None;
    }
    let (name, holder) = match &added.place {
        Place::Variable(name) => ((*name).to_owned(), "a variable"),
        Place::Document(path) => (path.clone(), "the data of a state"),
    };
    let at_least = match (added.bytes, rounds) {
        (0, _) => String::new(),
        (bytes, None) => format!(" by at least {bytes} bytes"),
        (bytes, Some(rounds)) => format!(" by at least {bytes} bytes, {rounds} times"),
    };
    let message = format!("`{name}` grows in every round of the loop{at_least}; {holder} holds {MOST} bytes");
    let finding = Finding::warning(Code::GrowingData, &added.pointer, message);
    Some(finding.help("write what is collected to Amazon S3 or a table, or empty it from time to time"))
}

/// The positions of the states that put something else there.
fn emptied<'m>(index: &Index<'m>, scope: &ScopeEntry<'m>, position: usize, place: &Place<'_>) -> Vec<usize> {
    let others = scope.numbers.iter().enumerate().filter(|(other, _)| *other != position);
    let others = others.filter(|(_, number)| {
        let entry = &index.states[**number];
        match place {
            Place::Variable(name) => sets_variable(index, entry, name),
            Place::Document(path) => changes_document(index, entry, path),
        }
    });
    others.map(|(other, _)| other).collect()
}

fn sets_variable<'m>(index: &Index<'m>, entry: &StateEntry<'m>, name: &str) -> bool {
    let names =
        |assign: &Assign<'_>| assign.members.keys().any(|key| variable_of(key, entry.language) == name);
    let adds = || added::all(index, entry).iter().any(|added| added.place == Place::Variable(name));
    assigns(entry.state).any(|assign| names(&assign)) && !adds()
}

/// Whether a state may leave a place of the document as something else than it was.
fn changes_document<'m>(index: &Index<'m>, entry: &StateEntry<'m>, path: &str) -> bool {
    if entry.language == QueryLanguage::Jsonata || entry.state.output_path.is_some() {
        return true;
    }
    let state = entry.state;
    let keeps = |result: Option<&NullablePath>| match result {
        Some(NullablePath::Null) => true,
        Some(NullablePath::Path(result)) => !is_around(result, path),
        None => false,
    };
    let keeps_result = match &state.kind {
        StateKind::Task(task) => keeps(task.result_path.as_ref()),
        StateKind::Parallel(parallel) => keeps(parallel.result_path.as_ref()),
        StateKind::Map(map) => keeps(map.result_path.as_ref()),
        StateKind::Pass(pass) if pass.result.is_none() && pass.parameters.is_none() => {
            state.input_path.is_none() && (pass.result_path.is_none() || keeps(pass.result_path.as_ref()))
        }
        StateKind::Pass(pass) => keeps(pass.result_path.as_ref()),
        StateKind::Choice(_) | StateKind::Wait(_) | StateKind::Succeed(_) | StateKind::Fail(_) => {
            state.input_path.is_none()
        }
    };
    let is_kept = keeps_result && state.catch().iter().all(|catcher| keeps(catcher.result_path.as_ref()));
    let adds = || {
        added::all(index, entry)
            .iter()
            .any(|added| matches!(&added.place, Place::Document(own) if own == path))
    };
    !is_kept && !adds()
}

/// Whether one Path is the other, leads to what it is in, or to what is in it.
fn is_around(one: &str, other: &str) -> bool {
    let is_in = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    is_in(one, other) || is_in(other, one)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::advise_findings;

    /// A loop in JSONata that collects pages.
    #[track_caller]
    fn check_pages(value: &str, more: &Value, expected: &[&str]) {
        let task = json!({
            "Type": "Task", "Resource": "${Ask}", "TimeoutSeconds": 9,
            "Assign": { "pages": value, "next": "{% $states.result.next %}" }, "Next": "More"
        });
        let rules = json!([{ "Condition": "{% $next > 0 %}", "Next": "Ask" }]);
        let mut states = json!({
            "Begin": { "Type": "Pass", "Assign": { "pages": [], "next": 0, "text": "" }, "Next": "Ask" },
            "Ask": task,
            "More": { "Type": "Choice", "Choices": rules, "Default": "Done" },
            "Done": { "Type": "Succeed", "Output": "{% $pages %}" },
        });
        for (name, state) in more.as_object().into_iter().flatten() {
            states[name] = state.clone();
        }
        advise_findings(
            &json!({ "QueryLanguage": "JSONata", "StartAt": "Begin", "States": states }),
            expected,
        );
    }

    #[test]
    fn what_is_collected_without_end_is_noticed() {
        for value in ["{% $append($pages, $states.result.items) %}", "{% [$pages, $states.result.items] %}"] {
            check_pages(
                value,
                &json!({}),
                &["SW0809 /States/Ask/Assign/pages: \
                   `pages` grows in every round of the loop; a variable holds 262144 bytes"],
            );
        }
        check_pages(
            "{% $pages & 'page ' & $states.result.name & ', ' %}",
            &json!({}),
            &["SW0809 /States/Ask/Assign/pages: \
               `pages` grows in every round of the loop by at least 7 bytes; a variable holds 262144 bytes"],
        );
        check_pages("{% $states.result.items %}", &json!({}), &[]);
    }

    #[test]
    fn what_is_emptied_in_the_loop_does_not_grow() {
        let rules = json!([{ "Condition": "{% $next > 0 %}", "Next": "Empty" }]);
        let more = json!({
            "More": { "Type": "Choice", "Choices": rules, "Default": "Done" },
            "Empty": { "Type": "Pass", "Assign": { "pages": [] }, "Next": "Ask" },
        });
        check_pages("{% $append($pages, $states.result.items) %}", &more, &[]);
    }

    #[test]
    fn a_counter_bounds_what_is_collected() {
        let more = |most: u64| {
            let condition = format!("{{% $next < {most} %}}");
            json!({
                "Ask": { "Type": "Pass", "Assign": {
                    "next": "{% $next + 1 %}", "pages": "{% $pages & 'a page of a hundred ' %}"
                }, "Next": "More" },
                "More": { "Type": "Choice", "Choices": [{ "Condition": condition, "Next": "Ask" }], "Default": "Done" },
            })
        };
        check_pages("", &more(100), &[]);
    }

    #[track_caller]
    fn check_document(log: &str, result_path: &str, others: &str, expected: &[&str]) {
        let rule = json!({ "Variable": "$.answer.more", "BooleanEquals": true, "Next": "Ask" });
        advise_findings(
            &json!({ "StartAt": "Ask", "TimeoutSeconds": 60, "States": {
                "Ask": { "Type": "Task", "Resource": "${Ask}", "ResultPath": others, "Next": "Note" },
                "Note": { "Type": "Pass", "Parameters": { "log.$": log }, "ResultPath": result_path, "Next": "More" },
                "More": { "Type": "Choice", "Choices": [rule], "Default": "Done" },
                "Done": { "Type": "Succeed" },
            } }),
            expected,
        );
    }

    #[test]
    fn a_place_in_the_document_grows_too() {
        let log = "States.Format('{}{};', $.state.log, $.answer.name)";
        check_document(
            log,
            "$.state",
            "$.answer",
            &["SW0809 /States/Note/Parameters/log.$: \
               `$.state.log` grows in every round of the loop by at least 1 bytes; the data of a state holds 262144 bytes"],
        );
        check_document(log, "$.other", "$.answer", &[]);
        check_document("States.Array($.state.log, $.answer)", "$.state", "$.state", &[]);
    }
}
