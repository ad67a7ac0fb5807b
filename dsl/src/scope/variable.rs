//! Variables: values that change while an execution runs.

use std::fmt;
use std::ops::Deref;
use std::panic::Location;

use super::Scope;
use crate::data::Data;
use crate::expr::{IntoExpr, Operand, tree};
use crate::name::StateName;
use crate::plan::{
    Expression, Place, ProblemKind, Role, Root, RustLocation, ScopeId, Set, SetOn, Slot, Step, ValueId,
};
use crate::refs::Ref;

/// A variable of a scope: made with [`Scope::var`], changed with [`Scope::set`].
///
/// It is used like the `Ref<T>` that it dereferences to, and is `Copy` as well. Where a `Ref` itself is wanted, write
/// `*variable`.
///
/// Wherever it is used, it stands for the value that it has *then*: when the state that reads it is entered. An expression is
/// evaluated where it is used, not where it is written, so `let next = expr!(n + 1)` is two more than the old `n` if `n` was
/// counted up in between. A value that must not change is kept by a state, `s.pass("Before", n)`, or in a variable of its own.
pub struct Var<T> {
    value: Ref<T>,
    id: ValueId,
    scope: ScopeId,
    made: RustLocation,
}

impl<T> Clone for Var<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Var<T> {}

impl<T> fmt::Debug for Var<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Var").field(&self.value).finish()
    }
}

impl<T> Deref for Var<T> {
    type Target = Ref<T>;

    fn deref(&self) -> &Ref<T> {
        &self.value
    }
}

#[diagnostic::do_not_recommend]
impl<T: Data> IntoExpr<T> for Var<T> {
    fn into_expr(self) -> crate::Expr<T> {
        self.value.into_expr()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Data> IntoExpr<Option<T>> for Var<T> {
    fn into_expr(self) -> crate::Expr<Option<T>> {
        self.value.into_expr()
    }
}

impl<T: Data> Operand for Var<T> {
    type Data = T;
}

impl Scope {
    /// Makes a variable with a first value. Its name is that of the variable on AWS, in both query languages, if it is free and no
    /// function of JSONata is called so.
    ///
    /// It belongs to this scope: the branches of a Parallel and the iterations of a Map read it, but cannot set it (`SW0370`).
    ///
    /// ```
    /// # use stepwright::prelude::*;
    /// # #[task(lambda = "${Poll}")] fn poll(attempt: u32) -> bool;
    /// # #[workflow] fn w(s: &mut Scope) {
    /// let attempts = s.var("attempts", 0_u32);
    /// s.repeat(|s| {
    ///     let done = s.task(poll(attempts));
    ///     s.set(attempts, expr!(attempts + 1));
    ///     done
    /// })
    /// .until("Done", |done| cond!(done || attempts >= 10));
    /// # }
    /// # assert!(w().plan().problems.is_empty());
    /// ```
    ///
    /// No state is added for it where the assignment can ride on the transition of the state before; at the start of a
    /// scope or a loop, a Pass state is needed (`SetAttempts`).
    #[track_caller]
    pub fn var<A: Operand>(&mut self, name: impl Into<String>, first: A) -> Var<A::Data> {
        let location = Location::caller();
        let variable = self.declare(name.into(), location);
        self.assign(variable.id, tree::<A::Data>(first), SetOn::Every, location);
        variable
    }

    /// Gives a variable another value, which the states that follow see.
    ///
    /// The value is computed when the state before is left, from what the variables are after the calls of `set` in front of
    /// this one.
    #[track_caller]
    pub fn set<T: Data>(&mut self, variable: Var<T>, value: impl IntoExpr<T>) {
        self.set_checked(variable, tree(value), None, Location::caller());
    }

    /// Does the same as [`set`](Self::set), and names the Pass state, if one is needed.
    #[track_caller]
    pub fn set_as<T: Data>(&mut self, name: impl Into<StateName>, variable: Var<T>, value: impl IntoExpr<T>) {
        self.set_checked(variable, tree(value), Some(name.into()), Location::caller());
    }

    fn set_checked<T>(
        &mut self,
        variable: Var<T>,
        value: Expression,
        name: Option<StateName>,
        location: RustLocation,
    ) {
        let Var { id, scope, made, .. } = variable;
        if scope == self.id {
            self.push_step(Step::Set(Box::new(Set {
                variable: id,
                value,
                on: SetOn::Every,
                name,
                in_jsonata: false,
                location,
            })));
        } else {
            let name = self.name_of(id);
            self.problem(ProblemKind::ForeignVariable { name, made }, location);
        }
    }

    /// A variable that has no value yet.
    pub(super) fn declare<T: Data>(&self, name: String, made: RustLocation) -> Var<T> {
        let id = self.value::<T>(Role::Variable, Slot::Auto(name), made);
        Var { value: Ref::to(Place::new(Root::Value(id))), id, scope: self.id, made }
    }

    /// The name of a variable, as it was given; empty for one of another workflow.
    fn name_of(&self, variable: ValueId) -> String {
        match self.shared.borrow().values.get(&variable).map(|value| &value.slot) {
            Some(Slot::Auto(name)) => name.clone(),
            _ => String::new(),
        }
    }

    pub(super) fn assign(&mut self, variable: ValueId, value: Expression, on: SetOn, location: RustLocation) {
        self.push_step(Step::Set(Box::new(Set {
            variable,
            value,
            on,
            name: None,
            in_jsonata: false,
            location,
        })));
    }
}

impl<T> Var<T> {
    pub(super) fn id(self) -> ValueId {
        self.id
    }
}
