//! The jumps of a scope: where a label is placed, only a later jump needs to find the place again.

use std::collections::BTreeMap;

use stepwright::plan::{self, Body, Handler, LabelId, StateKind, Step};

/// How many jumps to each label a scope has, nested scopes apart.
pub(super) fn count(scope: &plan::Scope) -> BTreeMap<LabelId, usize> {
    let mut jumps = BTreeMap::new();
    count_in(&scope.body, &mut jumps);
    scope.end.iter().for_each(|end| count_in(end, &mut jumps));
    jumps
}

fn count_in(body: &Body, jumps: &mut BTreeMap<LabelId, usize>) {
    for step in &body.steps {
        match step {
            Step::Goto(label, _) => *jumps.entry(*label).or_default() += 1,
            Step::Repeat(repeat) => count_in(&repeat.body, jumps),
            Step::Label(_) | Step::Set(_) => {}
            Step::State(state) => {
                if let StateKind::Choice(choice) = &state.kind {
                    let bodies = choice.rules.iter().map(|rule| &rule.body).chain(&choice.otherwise);
                    bodies.for_each(|body| count_in(body, jumps));
                }
                for catcher in &state.catch {
                    if let Handler::Body(body) = &catcher.handler {
                        count_in(body, jumps);
                    }
                }
            }
        }
    }
}
