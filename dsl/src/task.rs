//! Tasks: functions that run elsewhere, as builders of Task states.

mod select;

use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;

pub(crate) use self::select::Select;
use crate::data::Data;
use crate::duration::IntoSeconds;
use crate::error::{ErrorName, ErrorOutput, IntoErrors};
use crate::expr::{IntoExpr, Operand, tree};
use crate::integration::Settled;
use crate::name::StateName;
use crate::outcome::{Outcome, Recover};
use crate::plan::{self, Expression, Pattern, Problem, ProblemKind, RustLocation, Seconds, TaskInput};
use crate::refs::Ref;
use crate::retry::RetryPolicy;
use crate::scope::Scope;

/// What runs a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Integration {
    /// A Lambda function, by its ARN; the result is what the function returns.
    Lambda(&'static str),
    /// A Lambda function through `lambda:invoke`, by name or ARN; the result is in the `Payload` of the answer.
    LambdaInvoke(&'static str),
    /// An activity, by its ARN: workers ask for the task.
    Activity(&'static str),
    /// A call of an AWS service, by the `Resource` of the integration.
    Service(&'static str),
}

/// What `#[task]` knows of a task.
#[derive(Debug, Clone)]
pub struct TaskDefinition {
    /// The name of the Rust function.
    pub function: &'static str,
    /// The name that its state has by default.
    pub state: StateName,
    /// What runs it. A prototype without a resource has a Lambda function called `prototype`, which nothing calls.
    pub integration: Integration,
    /// The Error Names that it is known to report.
    pub errors: &'static [ErrorName],
    /// `TimeoutSeconds`, 1 to 99,999,999.
    pub timeout_seconds: Option<u32>,
    /// `HeartbeatSeconds`, 1 to 99,999,999, less than the timeout.
    pub heartbeat_seconds: Option<u32>,
}

/// A function with `#[task]`, as a type: `charge_card` is both the function and this.
pub trait TaskFn {
    /// What the function that runs elsewhere is given; `()` if it takes nothing in particular.
    type Args: serde::de::DeserializeOwned + 'static;
    /// What it returns.
    type Output: Data;
    /// Whether the state waits until somebody answers the task token that the function is given.
    const WAITS_FOR_TOKEN: bool = false;
    /// All else.
    const DEFINITION: TaskDefinition;
}

/// A Task state to be: what a `#[task]` function returns, or that of an [`integration`](crate::integration). Add it with
/// [`Scope::task`].
///
/// `T` is the type of its result. `Op` is the operation of the service that it calls, which says whether it can wait for the job that
/// it starts, or for a callback; [`Settled`] where that is no question any more.
#[must_use = "a task runs only once it is added to a scope: `s.task(…)`"]
pub struct Task<'a, T, Op = Settled> {
    pub(crate) work: plan::Task,
    pub(crate) settings: Settings<'a>,
    /// What stands in for the task until its function exists.
    pub(crate) sample: Option<Expression>,
    ty: PhantomData<fn() -> (T, Op)>,
}

impl<T, Op> fmt::Debug for Task<'_, T, Op> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task")
            .field("name", &self.settings.name)
            .field("work", &self.work)
            .finish_non_exhaustive()
    }
}

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

/// A type without values: a handler cannot give a value in place of those of several branches or iterations.
#[derive(Debug)]
pub enum NoValue {}

impl<T: Data> Task<'_, T> {
    pub(crate) fn new(work: plan::Task, name: StateName, location: RustLocation) -> Self {
        Self { work, settings: Settings::new(name, location), sample: None, ty: PhantomData }
    }

    /// A task by the `Resource` of its integration (`arn:aws:states:::sqs:sendMessage`) and its parameters. The modules of
    /// [`integration`](crate::integration) know the optimised integrations, [`aws_sdk`](crate::integration::aws_sdk()) calls every other service.
    #[track_caller]
    pub fn service<P: Operand>(name: impl Into<StateName>, resource: &'static str, parameters: P) -> Self {
        let input = TaskInput::Whole(tree::<P::Data>(parameters));
        Self::new(plan::Task::new(Integration::Service(resource), input), name.into(), Location::caller())
    }
}

impl<'a, T, Op> Task<'a, T, Op> {
    /// The same task, seen as another type.
    pub(crate) fn retyped<U, P>(self) -> Task<'a, U, P> {
        Task { work: self.work, settings: self.settings, sample: self.sample, ty: PhantomData }
    }

    /// The partition in the `Resource` of a service integration, `aws` by default: `.partition("${AWS::Partition}")`. For all
    /// tasks of a workflow: [`Conventions::partition`](crate::Conventions::partition).
    pub fn partition(mut self, partition: &'static str) -> Self {
        self.work.partition = Some(partition);
        self
    }

    /// Names the state.
    pub fn named(mut self, name: impl Into<StateName>) -> Self {
        self.settings.name = name.into();
        self
    }

    /// Ends the attempt with `States.Timeout` after so long: `TimeoutSeconds`, whole seconds, at least 1.
    pub fn timeout(mut self, seconds: impl IntoSeconds) -> Self {
        self.work.timeout = Some(seconds.into_seconds());
        self
    }

    /// Ends the attempt when the worker has not been heard of for so long: `HeartbeatSeconds`, less than the timeout.
    pub fn heartbeat(mut self, seconds: impl IntoSeconds) -> Self {
        self.work.heartbeat = Some(seconds.into_seconds());
        self
    }

    /// Runs the task in another role: `Credentials.RoleArn`.
    pub fn credentials(mut self, role_arn: impl IntoExpr<String>) -> Self {
        self.work.role = Some(tree(role_arn));
        self
    }

    /// Catches errors: the handler's states run, and what it returns takes the place of the task's result.
    ///
    /// Catchers are matched in the order in which they are added; one on `States::ALL` comes last.
    #[track_caller]
    pub fn catch<R: Recover<T>>(
        mut self,
        errors: impl IntoErrors,
        handler: impl FnOnce(&mut Scope, Ref<ErrorOutput>) -> R + 'a,
    ) -> Task<'a, T> {
        self.settings.catch(errors, handler);
        // The handlers give a `T`, so its type is settled now.
        self.retyped()
    }

    /// Gives a sample in place of the task's result, until the function behind it exists: the state becomes a Pass of the same name,
    /// its result is kept in the same place, and it can neither fail nor take long, so timeouts, Retriers and Catchers are left out.
    ///
    /// Compiling warns of each prototype (`SW0180`), so that nobody deploys one unknowingly. `#[task(prototype)]` and
    /// `#[task(prototype = …)]` make every use of a task a prototype.
    ///
    /// ```
    /// # use stepwright::prelude::*;
    /// #[derive(Data, Serialize, Deserialize, JsonSchema)]
    /// struct Charge { id: String, risk: f64 }
    ///
    /// #[task(lambda = "${ChargeCard}")]
    /// fn charge_card(amount: f64) -> Charge;
    ///
    /// #[workflow]
    /// fn pay(s: &mut Scope, amount: Ref<f64>) -> Ref<String> {
    ///     let charge = s.task(charge_card(amount).prototype(Charge { id: "c-1".into(), risk: 1.0 }));
    ///     charge.id
    /// }
    /// # assert_eq!(pay().plan().problems.len(), 1);
    /// ```
    pub fn prototype(mut self, sample: impl IntoExpr<T>) -> Self {
        self.sample = Some(tree(sample));
        // It is a sample of what would be selected.
        self.settings.select = None;
        self
    }

    /// Leaves out the Catcher that the conventions would add.
    pub fn uncaught(mut self) -> Self {
        self.settings.uncaught = true;
        self
    }

    common_settings!(settings);

    #[track_caller]
    fn no_part_to_comment(&mut self, part: &'static str, added_by: &'static str) {
        let kind = ProblemKind::NoPartToComment { part, added_by };
        self.work.problems.push(Problem { kind, location: Location::caller() });
    }
}

impl plan::Task {
    pub(crate) fn new(integration: Integration, input: TaskInput) -> Self {
        let result_field = matches!(integration, Integration::LambdaInvoke(_)).then_some("Payload");
        Self {
            integration,
            pattern: Pattern::RequestResponse,
            partition: None,
            input,
            result_field,
            timeout: None,
            heartbeat: None,
            role: None,
            errors: &[],
            own_retry: false,
            problems: Vec::new(),
        }
    }

    /// The state waits until somebody answers the token, and its result is that answer.
    pub(crate) fn wait_for_task_token(&mut self) {
        self.pattern = Pattern::TaskToken;
        self.result_field = None;
    }

    pub(crate) fn of(definition: &TaskDefinition, input: TaskInput) -> Self {
        let seconds = |value: Option<u32>| {
            value.map(|value| Seconds::Constant(std::time::Duration::from_secs(u64::from(value))))
        };
        Self {
            timeout: seconds(definition.timeout_seconds),
            heartbeat: seconds(definition.heartbeat_seconds),
            errors: definition.errors,
            ..Self::new(definition.integration, input)
        }
    }

    /// Calls `visit` for each expression of the task, in order.
    pub fn expressions<'a>(&'a self, visit: &mut impl FnMut(&'a Expression)) {
        match &self.input {
            TaskInput::Nothing => {}
            TaskInput::Arguments(arguments) => arguments.iter().for_each(|(_, value)| visit(value)),
            TaskInput::Whole(value) => visit(value),
        }
        for seconds in [&self.timeout, &self.heartbeat].into_iter().flatten() {
            if let Seconds::Data(value) = seconds {
                visit(value);
            }
        }
        if let Some(role) = &self.role {
            visit(role);
        }
    }
}
