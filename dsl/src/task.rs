//! Tasks: functions that run elsewhere, as builders of Task states.

mod select;
mod settings;
mod work;

use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;

pub(crate) use self::select::Select;
pub(crate) use self::settings::{Save, Settings, common_settings, composite_settings};
use crate::data::Data;
use crate::duration::IntoSeconds;
use crate::error::{ErrorName, ErrorOutput, IntoErrors};
use crate::expr::{IntoExpr, Operand, tree};
use crate::integration::Settled;
use crate::name::StateName;
use crate::outcome::Recover;
use crate::plan::{self, Expression, Problem, ProblemKind, RustLocation, TaskInput};
use crate::refs::Ref;
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
