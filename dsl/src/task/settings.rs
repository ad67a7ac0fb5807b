//! The settings that Task, Parallel and Map have in common.

use std::panic::Location;

use super::Select;
use crate::error::{ErrorName, ErrorOutput, IntoErrors};
use crate::name::StateName;
use crate::outcome::Outcome;
use crate::plan::{self, RustLocation};
use crate::refs::Ref;
use crate::retry::RetryPolicy;
use crate::scope::Scope;

/// What Task, Parallel and Map have in common.
pub(crate) struct Settings<'a> {
    pub(crate) name: StateName,
    pub(crate) location: RustLocation,
    pub(crate) comment: Option<String>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) catch: Vec<Catch<'a>>,
    pub(crate) uncaught: bool,
    pub(crate) select: Option<Select<'a>>,
    pub(crate) save: Save,
    pub(crate) recorded_as: Option<String>,
}

/// Where a result is kept.
pub(crate) enum Save {
    /// Where the conventions say, or else where it is read.
    Default,
    /// At this path.
    Path(String),
    /// In place of the whole document.
    Document,
}

type Handler<'a> = Box<dyn FnOnce(&mut Scope, Ref<ErrorOutput>) -> plan::Outcome + 'a>;

/// A Catcher whose handler is still to be traced.
pub(crate) struct Catch<'a> {
    pub(crate) errors: Vec<ErrorName>,
    pub(crate) comment: Option<String>,
    pub(crate) location: RustLocation,
    pub(crate) handler: Handler<'a>,
}

impl<'a> Settings<'a> {
    pub(crate) fn new(name: StateName, location: RustLocation) -> Self {
        Self {
            name,
            location,
            comment: None,
            retry: None,
            catch: Vec::new(),
            uncaught: false,
            select: None,
            save: Save::Default,
            recorded_as: None,
        }
    }

    #[track_caller]
    pub(crate) fn catch<R: Outcome>(
        &mut self,
        errors: impl IntoErrors,
        handler: impl FnOnce(&mut Scope, Ref<ErrorOutput>) -> R + 'a,
    ) {
        self.catch.push(Catch {
            errors: errors.into_errors(),
            comment: None,
            location: Location::caller(),
            handler: Box::new(move |s, error| handler(s, error).into_outcome()),
        });
    }
}

/// The methods that Task, Parallel and Map share; `$settings` is the field that holds the [`Settings`].
macro_rules! common_settings {
    ($settings:ident) => {
        /// Sets the state's `Comment`.
        pub fn comment(mut self, comment: impl Into<String>) -> Self {
            self.$settings.comment = Some(comment.into());
            self
        }

        /// Sets the `Comment` of the Catcher that was added last.
        ///
        /// ```
        /// # use stepwright::prelude::*;
        /// # errors! { Busy; }
        /// # #[task(lambda = "${Poll}", errors = [Busy])] fn poll();
        /// # #[workflow] fn w(s: &mut Scope) {
        /// s.task(poll().catch(Busy, |_, _| ()).catch_comment("the next run polls again"));
        /// # }
        /// # assert!(w().plan().problems.is_empty());
        /// ```
        #[track_caller]
        pub fn catch_comment(mut self, comment: impl Into<String>) -> Self {
            match self.$settings.catch.last_mut() {
                Some(catch) => catch.comment = Some(comment.into()),
                None => self.no_part_to_comment("Catcher", "catch"),
            }
            self
        }

        /// Retries the state by this policy, whatever the conventions say; `RetryPolicy::NONE` is never.
        pub fn retry(mut self, policy: $crate::RetryPolicy) -> Self {
            self.$settings.retry = Some(policy);
            self
        }

        /// Keeps the result at a path, whether it is read or not: in JSONPath a path below `$`, whose segments are separated by
        /// dots (`results.tarball`); in JSONata the name of a variable.
        pub fn save_as(mut self, path: impl Into<String>) -> Self {
            self.$settings.save = $crate::task::Save::Path(path.into());
            self
        }

        /// Lets the result take the place of the whole document: `"ResultPath": "$"`. JSONPath only.
        pub fn replace_document(mut self) -> Self {
            self.$settings.save = $crate::task::Save::Document;
            self
        }

        /// The name under which the conventions file the state's result and failure, if not the state's name.
        pub fn recorded_as(mut self, name: impl ToString) -> Self {
            self.$settings.recorded_as = Some(name.to_string());
            self
        }
    };
}

/// The methods that Parallel and Map share.
macro_rules! composite_settings {
    ($settings:ident) => {
        /// Catches errors of the branches or iterations: the first one stops the others. After a handler that returns `()`, what
        /// they give may not be read (`SW0303`).
        #[track_caller]
        pub fn catch<R: $crate::Recover<$crate::task::NoValue>>(
            mut self,
            errors: impl $crate::IntoErrors,
            handler: impl FnOnce(&mut $crate::Scope, $crate::Ref<$crate::ErrorOutput>) -> R + 'c,
        ) -> Self {
            self.$settings.catch(errors, handler);
            self
        }

        $crate::task::common_settings!($settings);
    };
}

pub(crate) use {common_settings, composite_settings};
