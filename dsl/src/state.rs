//! Builders of the states that take several calls to say: one file per kind.

mod choice;
pub(crate) mod map;
pub(crate) mod parallel;
mod repeat;

pub use choice::Choice;
pub use map::Map;
pub use parallel::Parallel;
pub use repeat::Repeat;

use crate::name::StateName;
use crate::plan::{LabelId, ProblemKind, RustLocation};
use crate::scope::Scope;

/// A place in the workflow that [`Scope::goto`](crate::Scope::goto) can jump to.
#[derive(Debug, Clone, Copy)]
pub struct Label(pub(crate) LabelId);

/// The scope that a builder adds to; notices when the builder is dropped before its last call.
#[derive(Debug)]
struct Unfinished<'s> {
    scope: &'s mut Scope,
    began: &'static str,
    missing: &'static str,
    name: Option<StateName>,
    location: RustLocation,
    finished: bool,
}

impl<'s> Unfinished<'s> {
    fn new(
        scope: &'s mut Scope,
        began: &'static str,
        missing: &'static str,
        name: Option<StateName>,
        location: RustLocation,
    ) -> Self {
        Self { scope, began, missing, name, location, finished: false }
    }

    /// The last call is here: the scope, to add the state to.
    fn finish(&mut self) -> &mut Scope {
        self.finished = true;
        self.scope
    }
}

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        // While a panic unwinds, nothing was forgotten.
        if !self.finished && !std::thread::panicking() {
            let kind =
                ProblemKind::Unfinished { began: self.began, name: self.name.take(), missing: self.missing };
            self.scope.problem(kind, self.location);
        }
    }
}
