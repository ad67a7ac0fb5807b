//! Fail.

use std::panic::Location;

use super::Scope;
use crate::error::ErrorName;
use crate::expr::{IntoExpr, tree};
use crate::name::StateName;
use crate::outcome::Never;
use crate::plan::StateKind;

impl Scope {
    /// Adds a Fail state that is named like its error: a text, or an [`ErrorName`]. See [`fail_as`](Self::fail_as).
    ///
    /// ```
    /// # use stepwright::prelude::*;
    /// errors! { OutOfStock; }
    /// # #[workflow] fn w(s: &mut Scope, sku: Ref<String>) {
    /// s.when("IsGone", cond!(sku == ""), |s| s.fail(OutOfStock, fmt!("no {} left", sku)));
    /// # }
    /// # assert!(w().plan().problems.is_empty());
    /// ```
    #[track_caller]
    pub fn fail(&mut self, error: impl FailError, cause: impl IntoExpr<Option<String>>) -> Never {
        let error = error.text();
        self.fail_as(error, error, cause)
    }

    /// Adds a Fail state: the execution fails with this Error Name and cause, unless a Parallel or Map around it catches it.
    ///
    /// Both can be read from the data, as in a handler that passes an error on. Without a cause, `None::<String>`, the state has
    /// none. In JSONPath a cause that may be missing is narrowed first; in JSONata ([`in_jsonata`](Self::in_jsonata)) it is an empty text then.
    #[track_caller]
    pub fn fail_as(
        &mut self,
        name: impl Into<StateName>,
        error: impl IntoExpr<String>,
        cause: impl IntoExpr<Option<String>>,
    ) -> Never {
        let error = tree(error);
        let cause = tree(cause);
        self.push(name.into(), Location::caller(), StateKind::Fail { error, cause }, None);
        Never(())
    }
}

/// An error that a [`Scope::fail`] can be named after: a text or an [`ErrorName`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no Error Name that is known now",
    label = "expected a text or an `ErrorName`",
    note = "an error that is read from the data needs a name for the state: `s.fail_as(\"GiveUp\", error.error, cause)`"
)]
pub trait FailError {
    /// The Error Name.
    #[doc(hidden)]
    fn text(self) -> &'static str;
}

#[diagnostic::do_not_recommend]
impl FailError for &'static str {
    fn text(self) -> &'static str {
        self
    }
}

#[diagnostic::do_not_recommend]
impl FailError for ErrorName {
    fn text(self) -> &'static str {
        self.as_str()
    }
}
