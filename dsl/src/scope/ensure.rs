//! What is done in any case: states that run whether others succeed or fail.

use std::panic::Location;

use super::Scope;
use crate::data::Data;
use crate::error::{ErrorOutput, States};
use crate::expr::tree;
use crate::name::{StateName, lower_camel};
use crate::outcome::{Joined, Never, Outcome, Unvalued};
use crate::plan::{self, Expression, Place, Root, Segment, SetOn, StateKind};
use crate::refs::Ref;
use crate::task::{Settings, Task};

impl Scope {
    /// Runs states, and then others in any case: what `release` adds runs exactly once, whether `body` succeeded or failed.
    /// After it the workflow goes on with the value of the body, or fails with the body's own error and cause.
    ///
    /// ```
    /// # use stepwright::prelude::*;
    /// # #[task(lambda = "${Launch}")] fn launch() -> String;
    /// # #[task(lambda = "${Compile}")] fn compile(instance: String) -> String;
    /// # #[task(lambda = "${Terminate}")] fn terminate(instance: String);
    /// # #[workflow] fn w(s: &mut Scope) -> Ref<String> {
    /// let instance = s.task(launch());
    /// s.ensure(
    ///     "Build",
    ///     |s| s.task(compile(instance).timeout(30.minutes())),
    ///     |s| {
    ///         s.task(terminate(instance));
    ///     },
    /// )
    /// # }
    /// # assert!(w().plan().problems.is_empty());
    /// ```
    ///
    /// The body is the one branch of a Parallel state with this name, whose Catcher keeps the error. The states of `release`
    /// follow it, and then a Choice state (`BuildOutcome`), which leads on or to a Fail state (`BuildFailed`, or
    /// `BuildFailedWithoutCause` for an error that was reported without one). What was made before is visible in both
    /// closures; what the body makes is visible only in it, and the variables around it can be read there but not set.
    ///
    /// The Error Output of a timeout has an empty cause, and so has the failure then. An error that a worker reported without even
    /// a name cannot be raised again: the state that tries to fails instead.
    ///
    /// If `release` itself fails, its error is the outcome, and the error of the body is lost: let its tasks retry, or catch
    /// what they report.
    ///
    /// No state machine can ensure anything after `States.Runtime` (a wrong Path in JSONPath, say), after an output that is too
    /// large in a state that is no task (`States.DataLimitExceeded`), or when the execution as a whole times out or is stopped.
    #[track_caller]
    pub fn ensure<R: Outcome, U: Unvalued>(
        &mut self,
        name: impl Into<StateName>,
        body: impl FnOnce(&mut Scope) -> R,
        release: impl FnOnce(&mut Scope) -> U,
    ) -> R::Joined {
        let (name, location) = (name.into(), Location::caller());
        let camel = lower_camel(name.as_str());
        let value = self.declare::<<R::Joined as Outcome>::Data>(camel.clone(), location);
        let failure = self.declare::<Option<ErrorOutput>>(format!("{camel}Failure"), location);
        let nothing = || Expression::Literal(serde_json::Value::Null);

        let branch = self.inner_scope::<(), R>(None, location, |s, _| body(s));
        let kind = StateKind::Parallel(plan::Parallel { input: None, branches: vec![branch] });
        let mut settings = Settings::new(name.clone(), location);
        settings.catch(States::ALL, |s: &mut Scope, error: Ref<ErrorOutput>| {
            s.assign(failure.id(), tree::<Option<ErrorOutput>>(error), SetOn::Every, location);
            s.assign(value.id(), nothing(), SetOn::Every, location);
        });
        let branches = self.add_composite::<serde_json::Value>(settings, None, kind, None);
        let result = Place::new(Root::Value(branches)).child(Segment::Index(0));
        let result = Ref::<<R::Joined as Outcome>::Data>::to(result);
        self.assign(failure.id(), nothing(), SetOn::Success, location);
        self.assign(value.id(), tree::<<R::Joined as Outcome>::Data>(result), SetOn::Success, location);

        let release = self.body(release);
        self.steps.extend(release.steps);

        // The closures are not called by the user, so the states in them say by themselves where they come from.
        let error = failure.narrowed();
        let fail = |s: &mut Scope, suffix: &str, cause: Expression| {
            let kind = StateKind::Fail { error: tree::<String>(error.error), cause };
            s.push(format!("{name}{suffix}").into(), location, kind, None);
            Never(())
        };
        self.choice(format!("{name}Outcome"))
            .when(error.cause.is_some(), |s| {
                fail(s, "Failed", tree::<Option<String>>(error.cause.narrowed()))
            })
            .when(failure.is_some(), |s| {
                fail(s, "FailedWithoutCause", tree::<Option<String>>(None::<String>))
            })
            .otherwise(|_| ());
        R::Joined::joined(value.id())
    }

    /// Acquires something, uses it and releases it in any case: a Task state for `acquire`, then [`ensure`](Self::ensure).
    /// Both closures are given what the task gave. If acquiring fails, there is nothing to release.
    ///
    /// ```
    /// # use stepwright::prelude::*;
    /// # #[task(lambda = "${Launch}")] fn launch() -> String;
    /// # #[task(lambda = "${Compile}")] fn compile(instance: String) -> String;
    /// # #[task(lambda = "${Terminate}")] fn terminate(instance: String);
    /// # #[workflow] fn w(s: &mut Scope) -> Ref<String> {
    /// s.with_resource(
    ///     "Build",
    ///     launch(),
    ///     |s, instance| s.task(compile(instance)),
    ///     |s, instance| {
    ///         s.task(terminate(instance));
    ///     },
    /// )
    /// # }
    /// # assert!(w().plan().problems.is_empty());
    /// ```
    #[track_caller]
    pub fn with_resource<T: Data, Op, R: Outcome, U: Unvalued>(
        &mut self,
        name: impl Into<StateName>,
        acquire: Task<'_, T, Op>,
        body: impl FnOnce(&mut Scope, Ref<T>) -> R,
        release: impl FnOnce(&mut Scope, Ref<T>) -> U,
    ) -> R::Joined {
        let resource = self.task(acquire);
        self.ensure(name, |s| body(s, resource), |s| release(s, resource))
    }
}
