//! What the closures of a workflow return, and how branches are joined.

use crate::data::Data;
use crate::expr::{Expr, tree};
use crate::plan::{self, Root, ValueId};
use crate::refs::Ref;
use crate::scope::Var;

/// What a state returns that is never followed by another one: a failure, a success, a jump.
///
/// A branch that returns `Never` joins with any other.
#[derive(Debug, Clone, Copy)]
#[must_use = "return it, so that the branch is known to end here"]
pub struct Never(pub(crate) ());

/// What a closure of a workflow may return: nothing, [`Never`], a [`Ref`] or an [`Expr`].
#[diagnostic::on_unimplemented(
    message = "a branch of a workflow cannot return `{Self}`",
    label = "expected `()`, `Never`, `Ref<T>` or `Expr<T>`",
    note = "a plain value becomes an expression with `expr!(…)`; several values are built into one with `data!`"
)]
pub trait Outcome {
    /// The type of the value; `()` if there is none.
    type Data: Data;
    /// What the branch becomes when it is joined with others.
    type Joined: Joined;

    /// The outcome, as the plan keeps it.
    #[doc(hidden)]
    fn into_outcome(self) -> plan::Outcome;
}

/// What joined branches come to: `()`, [`Never`] or a [`Ref`].
pub trait Joined: Outcome {
    /// The handle of the joined value.
    #[doc(hidden)]
    fn joined(value: ValueId) -> Self;
}

#[diagnostic::do_not_recommend]
impl Outcome for () {
    type Data = ();
    type Joined = ();

    fn into_outcome(self) -> plan::Outcome {
        plan::Outcome::Unit
    }
}

impl Joined for () {
    fn joined(_: ValueId) {}
}

#[diagnostic::do_not_recommend]
impl Outcome for Never {
    type Data = ();
    type Joined = Never;

    fn into_outcome(self) -> plan::Outcome {
        plan::Outcome::Never
    }
}

impl Joined for Never {
    fn joined(_: ValueId) -> Self {
        Never(())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Data> Outcome for Ref<T> {
    type Data = T;
    type Joined = Ref<T>;

    fn into_outcome(self) -> plan::Outcome {
        plan::Outcome::Value(tree::<T>(self))
    }
}

impl<T: Data> Joined for Ref<T> {
    fn joined(value: ValueId) -> Self {
        Ref::to(plan::Place::new(Root::Value(value)))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Data> Outcome for Expr<T> {
    type Data = T;
    type Joined = Ref<T>;

    fn into_outcome(self) -> plan::Outcome {
        plan::Outcome::Value(self.into_expression())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Data> Outcome for Var<T> {
    type Data = T;
    type Joined = Ref<T>;

    fn into_outcome(self) -> plan::Outcome {
        plan::Outcome::Value(tree::<T>(self))
    }
}

/// Branches so far of type `Self`, and one more of type `R`.
#[diagnostic::on_unimplemented(
    message = "this branch gives `{R}`, but the branches before it give `{Self}`",
    label = "the branches give different types",
    note = "all branches give the same type, or end with `s.fail(…)`, `s.succeed(…)` or `s.goto(…)`"
)]
pub trait Join<R: Outcome> {
    /// What they come to together.
    type Joined: Joined;
}

impl<R: Outcome> Join<R> for Never {
    type Joined = R::Joined;
}

#[diagnostic::do_not_recommend]
impl Join<()> for () {
    type Joined = ();
}

#[diagnostic::do_not_recommend]
impl Join<Never> for () {
    type Joined = ();
}

#[diagnostic::do_not_recommend]
impl<T: Data> Join<Ref<T>> for Ref<T> {
    type Joined = Ref<T>;
}

#[diagnostic::do_not_recommend]
impl<T: Data> Join<Expr<T>> for Ref<T> {
    type Joined = Ref<T>;
}

#[diagnostic::do_not_recommend]
impl<T: Data> Join<Var<T>> for Ref<T> {
    type Joined = Ref<T>;
}

#[diagnostic::do_not_recommend]
impl<T: Data> Join<Never> for Ref<T> {
    type Joined = Ref<T>;
}

/// What the body of [`Scope::when`](crate::Scope::when), `unless` and `when_some` may return: nothing, because the body may be skipped.
#[diagnostic::on_unimplemented(
    message = "the body gives `{Self}`, but it may be skipped, and then there is no value",
    label = "the body of this gives a value",
    note = "end the body with a `;`, or use `s.choice(…)` to give a value in the other case too"
)]
pub trait Unvalued: Outcome {}

#[diagnostic::do_not_recommend]
impl Unvalued for () {}
#[diagnostic::do_not_recommend]
impl Unvalued for Never {}

/// What the handler of a caught error may return, where the state itself gives a `T`: a `T` in its place; [`Never`];
/// or `()`, and then the state's own value may not be read afterwards (`SW0303`).
#[diagnostic::on_unimplemented(
    message = "the handler of a caught error gives `{Self}`, but the state gives a `{T}`",
    label = "expected `Never`, `()` or a `{T}`",
    note = "give a value to go on with, or end the handler with `s.fail(…)` or `s.goto(…)`"
)]
pub trait Recover<T>: Outcome {}

#[diagnostic::do_not_recommend]
impl<T> Recover<T> for Never {}
#[diagnostic::do_not_recommend]
impl<T> Recover<T> for () {}
#[diagnostic::do_not_recommend]
impl<T: Data> Recover<T> for Ref<T> {}
#[diagnostic::do_not_recommend]
impl<T: Data> Recover<T> for Expr<T> {}
#[diagnostic::do_not_recommend]
impl<T: Data> Recover<T> for Var<T> {}
