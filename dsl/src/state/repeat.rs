//! Loops.

use super::Unfinished;
use crate::expr::{IntoExpr, tree};
use crate::name::StateName;
use crate::plan::{self, Body, RepeatSense, RustLocation, Step};
use crate::scope::Scope;

/// States that are run at least once, and again by what a Choice state after them decides.
///
/// ```
/// # use stepwright::prelude::*;
/// # #[task(lambda = "${Poll}")] fn poll(job: String) -> String;
/// # #[workflow] fn w(s: &mut Scope, job: Ref<String>) -> Ref<String> {
/// s.repeat(|s| {
///     s.wait("Pause", 30.seconds());
///     s.task(poll(job))
/// })
/// .until("Finished", |status| cond!(status == "DONE"))
/// # }
/// # assert!(w().plan().problems.is_empty());
/// ```
#[must_use = "a loop is not added until it is finished: call `.until(…)` or `.as_long_as(…)`"]
#[derive(Debug)]
pub struct Repeat<'s, R> {
    pending: Unfinished<'s>,
    body: Body,
    value: R,
}

impl<'s, R: Clone> Repeat<'s, R> {
    pub(crate) fn new(scope: &'s mut Scope, body: Body, value: R, location: RustLocation) -> Self {
        let pending = Unfinished::new(scope, "repeat", ".until(…)` or `.as_long_as(…)", None, location);
        Self { pending, body, value }
    }

    /// Leaves the loop when the condition holds; returns what the last round gave.
    #[track_caller]
    pub fn until<C: IntoExpr<bool>>(self, name: impl Into<StateName>, condition: impl FnOnce(R) -> C) -> R {
        self.finish(name.into(), RepeatSense::Until, condition)
    }

    /// Goes round again when the condition holds; returns what the last round gave.
    #[track_caller]
    pub fn as_long_as<C: IntoExpr<bool>>(
        self,
        name: impl Into<StateName>,
        condition: impl FnOnce(R) -> C,
    ) -> R {
        self.finish(name.into(), RepeatSense::AsLongAs, condition)
    }

    #[track_caller]
    fn finish<C: IntoExpr<bool>>(
        mut self,
        name: StateName,
        sense: RepeatSense,
        condition: impl FnOnce(R) -> C,
    ) -> R {
        let condition = tree(condition(self.value.clone()));
        let location = std::panic::Location::caller();
        let repeat = plan::Repeat { body: self.body, name, location, condition, sense, in_jsonata: false };
        self.pending.finish().push_step(Step::Repeat(Box::new(repeat)));
        self.value
    }
}
