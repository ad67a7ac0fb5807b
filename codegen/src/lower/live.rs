//! Liveness: which values does anyone read?

use std::collections::{BTreeMap, BTreeSet};

use stepwright::plan::{
    Body, Expression, Handler, Kept, Outcome, Plan, Scope, State, StateKind, Step, ValueId, Wait,
};

use super::graph::root_value;

/// The values that are read, directly or through the value that branches are joined into.
///
/// What the branches of a Choice return is read only if the joined value is; so it is with what an error handler returns.
pub(super) fn values(plan: &Plan) -> BTreeSet<ValueId> {
    let mut found = Reads::default();
    found.scope(&plan.root);
    let Reads { mut live, joins } = found;
    let mut work: Vec<ValueId> = live.iter().copied().collect();
    while let Some(value) = work.pop() {
        for read in joins.get(&value).into_iter().flatten() {
            if live.insert(*read) {
                work.push(*read);
            }
        }
    }
    live
}

#[derive(Default)]
struct Reads {
    live: BTreeSet<ValueId>,
    /// What is read if the value is.
    joins: BTreeMap<ValueId, Vec<ValueId>>,
}

impl Reads {
    fn scope(&mut self, scope: &Scope) {
        self.body(&scope.body, None);
        self.outcome(&scope.body.outcome);
        if let Some(end) = &scope.end {
            self.body(end, None);
            self.outcome(&end.outcome);
        }
    }

    fn outcome(&mut self, outcome: &Outcome) {
        if let Outcome::Value(value) = outcome {
            self.expression(value);
        }
    }

    fn expression(&mut self, expression: &Expression) {
        expression.places(&mut |place| self.live.extend(root_value(place)));
    }

    /// Reads a body; its outcome is what `join` is made of.
    fn body(&mut self, body: &Body, join: Option<ValueId>) {
        for step in &body.steps {
            match step {
                Step::State(state) => self.state(state),
                Step::Repeat(repeat) => {
                    self.body(&repeat.body, None);
                    self.expression(&repeat.condition);
                }
                Step::Set(set) => {
                    let reads = self.joins.entry(set.variable).or_default();
                    set.value.places(&mut |place| reads.extend(root_value(place)));
                }
                Step::Label(_) | Step::Goto(..) => {}
            }
        }
        if let (Some(join), Outcome::Value(value)) = (join, &body.outcome) {
            let reads = self.joins.entry(join).or_default();
            value.places(&mut |place| reads.extend(root_value(place)));
        }
    }

    fn state(&mut self, state: &State) {
        if let Some(selector) = &state.selector {
            self.expression(&selector.value);
        }
        match &state.kind {
            StateKind::Task(task) => task.expressions(&mut |expression| self.expression(expression)),
            StateKind::Pass(value)
            | StateKind::Succeed(Some((value, _)))
            | StateKind::Wait(Wait::Timestamp(value)) => {
                self.expression(value);
            }
            StateKind::Wait(Wait::Seconds(seconds)) => {
                if let stepwright::plan::Seconds::Data(value) = seconds {
                    self.expression(value);
                }
            }
            StateKind::Keep(kept) => {
                for kept in kept.iter().flatten() {
                    if let Kept::Value(place) = kept {
                        self.live.extend(root_value(place));
                    }
                }
            }
            StateKind::Choice(choice) => {
                for rule in &choice.rules {
                    self.expression(&rule.condition);
                    self.body(&rule.body, state.result);
                }
                if let Some(otherwise) = &choice.otherwise {
                    self.body(otherwise, state.result);
                }
            }
            StateKind::Parallel(parallel) => {
                parallel.input.iter().for_each(|input| self.expression(input));
                parallel.branches.iter().for_each(|branch| self.scope(branch));
            }
            StateKind::Map(map) => {
                map.expressions(&mut |expression| self.expression(expression));
                self.scope(&map.processor);
            }
            StateKind::Fail { error, cause } => {
                self.expression(error);
                self.expression(cause);
            }
            StateKind::Succeed(None) => {}
        }
        for catcher in &state.catch {
            if let Handler::Body(body) = &catcher.handler {
                self.body(body, state.result);
            }
        }
    }
}
