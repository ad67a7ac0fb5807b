//! Choice.

use std::marker::PhantomData;
use std::panic::Location;

use super::Unfinished;
use crate::expr::{IntoExpr, tree};
use crate::name::StateName;
use crate::outcome::{Join, Joined, Outcome};
use crate::plan::{self, ProblemKind, Rule, RustLocation, StateKind};
use crate::scope::Scope;

/// A Choice state to be: rules, tried in order, whose branches give a `V`.
///
/// ```
/// # use stepwright::prelude::*;
/// # #[workflow] fn w(s: &mut Scope, risk: Ref<f64>) -> Ref<String> {
/// s.choice("Assess")
///     .when(cond!(risk > 80.0), |s| s.fail("Fraud", "risk score too high"))
///     .when(cond!(risk > 40.0), |_| expr!("review"))
///     .otherwise(|_| expr!("pass"))
/// # }
/// # assert!(w().plan().problems.is_empty());
/// ```
#[must_use = "a choice is not added until it is finished: call `.otherwise(…)`"]
#[derive(Debug)]
pub struct Choice<'s, V> {
    pending: Unfinished<'s>,
    name: StateName,
    comment: Option<String>,
    rules: Vec<Rule>,
    value: PhantomData<fn() -> V>,
}

impl<'s, V> Choice<'s, V> {
    pub(crate) fn new(scope: &'s mut Scope, name: StateName, location: RustLocation) -> Self {
        let pending = Unfinished::new(scope, "choice", ".otherwise(…)", Some(name.clone()), location);
        Self { pending, name, comment: None, rules: Vec::new(), value: PhantomData }
    }

    /// Sets the state's `Comment`.
    pub fn comment(mut self, comment: impl Into<String>) -> Self {
        self.comment = Some(comment.into());
        self
    }

    /// Adds a rule: if the condition holds, and none before it did, the branch runs.
    #[track_caller]
    pub fn when<R: Outcome>(
        mut self,
        condition: impl IntoExpr<bool>,
        branch: impl FnOnce(&mut Scope) -> R,
    ) -> Choice<'s, V::Joined>
    where
        V: Join<R>,
    {
        let condition = tree(condition);
        let body = self.pending.scope.body(branch);
        self.rules.push(Rule { condition, body, comment: None, location: Location::caller() });
        self.retyped()
    }

    pub(crate) fn retyped<W>(self) -> Choice<'s, W> {
        let Self { pending, name, comment, rules, .. } = self;
        Choice { pending, name, comment, rules, value: PhantomData }
    }

    /// Sets the `Comment` of the rule that was added last.
    ///
    /// ```
    /// # use stepwright::prelude::*;
    /// # #[workflow] fn w(s: &mut Scope, risk: Ref<f64>) {
    /// s.choice("Assess")
    ///     .when(cond!(risk > 80.0), |s| s.fail("Fraud", "risk score too high"))
    ///     .rule_comment("agreed with the bank")
    ///     .otherwise(|_| ());
    /// # }
    /// # assert!(w().plan().problems.is_empty());
    /// ```
    #[track_caller]
    pub fn rule_comment(mut self, comment: impl Into<String>) -> Self {
        match self.rules.last_mut() {
            Some(rule) => rule.comment = Some(comment.into()),
            None => self
                .pending
                .scope
                .problem(ProblemKind::NoPartToComment { part: "rule", added_by: "when" }, Location::caller()),
        }
        self
    }

    /// Adds what happens when no rule matches, and with it the state; returns what the branches come to.
    #[track_caller]
    pub fn otherwise<R: Outcome>(self, branch: impl FnOnce(&mut Scope) -> R) -> V::Joined
    where
        V: Join<R>,
    {
        let otherwise = self.pending.scope.body(branch);
        self.finish(Some(otherwise))
    }

    /// Adds the state without a default: when no rule matches, it fails with `States.NoChoiceMatched`, which only a
    /// Parallel or Map around it can catch.
    pub fn or_fail(self) -> V
    where
        V: Joined,
    {
        self.finish(None)
    }

    fn finish<J: Joined>(mut self, otherwise: Option<plan::Body>) -> J {
        let location = self.pending.location;
        let scope = self.pending.finish();
        let (result, joined) = scope.joined(&self.name, location);
        scope.push_state(plan::State {
            in_jsonata: false,
            name: self.name,
            location,
            comment: self.comment,
            kind: StateKind::Choice(plan::Choice { rules: self.rules, otherwise }),
            selector: None,
            result: Some(result),
            retry: Vec::new(),
            catch: Vec::new(),
        });
        joined
    }
}
