//! The end of a scope: states that every path through it runs through.

use std::panic::Location;

use super::Scope;
use super::tracing::Within;
use crate::data::Data;
use crate::name::StateName;
use crate::outcome::Outcome;
use crate::plan::{self, Body, Kept, ProblemKind, RustLocation, StateKind, Step};
use crate::refs::Ref;

impl Scope {
    /// Lets every path through this scope end with a Pass state of this name. It keeps the fields of the document that
    /// the conventions name ([`keep_at_end`](crate::Conventions::keep_at_end)); say what else with [`EndState::keep`]. JSONPath only.
    ///
    /// The default Catcher of the conventions leads here. Call it before the states that it ends.
    #[track_caller]
    pub fn ends_as(&mut self, name: impl Into<StateName>) -> EndState<'_> {
        let (name, location) = (name.into(), Location::caller());
        let kept = self.conventions.keep.iter().map(|field| Kept::Field((*field).to_owned())).collect();
        let state = plan::State {
            in_jsonata: std::mem::take(&mut self.in_jsonata),
            name,
            location,
            comment: None,
            kind: StateKind::Keep(Some(kept)),
            selector: None,
            result: None,
            retry: Vec::new(),
            catch: Vec::new(),
        };
        let steps = vec![Step::State(Box::new(state))];
        self.set_end(Body { steps, outcome: plan::Outcome::Unit }, location);
        EndState { scope: self }
    }

    /// Lets every path through this scope end with these states. What the closure returns is the scope's value; return it
    /// from the scope too.
    ///
    /// The default Catcher of the conventions leads here. Call it before the states that it ends.
    #[track_caller]
    pub fn end_with<R: Outcome + Clone>(&mut self, body: impl FnOnce(&mut Scope) -> R) -> R {
        let location = Location::caller();
        let mut inner = self.nested(Within::End);
        let value = body(&mut inner);
        let body = Body { steps: inner.steps, outcome: value.clone().into_outcome() };
        self.set_end(body, location);
        value
    }

    fn set_end(&mut self, body: Body, location: RustLocation) {
        if self.place != Within::Outermost || self.end.is_some() {
            self.problem(ProblemKind::SecondEnd, location);
        } else {
            self.end = Some(body);
        }
    }

    pub(super) fn has_end(&self) -> bool {
        match self.place {
            Within::Outermost => self.end.is_some(),
            Within::Nested { ends } => ends,
            Within::End => false,
        }
    }
}

/// The end state of a scope: see [`Scope::ends_as`].
#[derive(Debug)]
pub struct EndState<'s> {
    scope: &'s mut Scope,
}

impl EndState<'_> {
    fn edit(&mut self, edit: impl FnOnce(&mut Option<Vec<Kept>>)) {
        if let Some(Body { steps, .. }) = &mut self.scope.end
            && let Some(Step::State(state)) = steps.first_mut()
            && let StateKind::Keep(kept) = &mut state.kind
        {
            edit(kept);
        }
    }

    /// Keeps a value too, under the name that it has in the document.
    #[expect(clippy::return_self_not_must_use, reason = "the end state is already in place")]
    pub fn keep<T: Data>(mut self, value: Ref<T>) -> Self {
        self.edit(|kept| kept.get_or_insert_default().insert(0, Kept::Value(value.place())));
        self
    }

    /// Keeps the whole document.
    pub fn keep_document(mut self) {
        self.edit(|kept| *kept = None);
    }
}
