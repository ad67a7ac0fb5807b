//! Express workflows as parts of others.

use std::marker::PhantomData;
use std::panic::Location;

use super::execution_of;
use crate::data::Data;
use crate::expr::{IntoExpr, operators::eq};
use crate::integration::operation::{Parameters, answers};
use crate::name::StateName;
use crate::plan::{self, TaskInput};
use crate::refs::Ref;
use crate::scope::Scope;
use crate::task::{Integration, Task};
use crate::workflow::Workflow;

answers! {
    /// An execution of an Express workflow that has ended, be it well or not.
    ExpressExecution {
        /// Its ARN.
        execution_arn: String,
        /// Its name.
        name: String,
        /// `SUCCEEDED`, `FAILED` or `TIMED_OUT`.
        status: String,
        /// The output, as JSON text, where it succeeded.
        output: Option<String>,
        /// The Error Name, where it did not and there is one.
        error: Option<String>,
        /// The cause, where it did not succeed and there is one.
        cause: Option<String>,
        /// When it started, ISO 8601.
        start_date: String,
        /// When it ended, ISO 8601.
        stop_date: String,
    }
}

/// Instead of an operation: the execution of an Express workflow that gives an `O`.
#[derive(Debug)]
pub struct Express<O>(PhantomData<O>);

impl<O> Parameters for Express<O> {}

impl<I: Data, O: Data> Workflow<I, O> {
    /// Runs this Express workflow, deployed as the state machine of an ARN, and waits for it: `aws-sdk:sfn:startSyncExecution`. In an
    /// Express workflow, too, which no `.sync` can be used in.
    ///
    /// An execution that fails is no failure of the task, whose result says how it ended. [`Scope::run_express`] looks at that.
    /// The state is named `RunProcessTicket` by default.
    #[track_caller]
    pub fn start_express(
        &self,
        state_machine_arn: impl IntoExpr<String>,
        input: impl IntoExpr<I>,
    ) -> Task<'static, ExpressExecution, Express<O>> {
        let integration = Integration::Service("arn:aws:states:::aws-sdk:sfn:startSyncExecution");
        let arguments = TaskInput::Arguments(execution_of::<I>(state_machine_arn, input));
        let name = StateName::from(format!("Run{}", self.name()));
        Task::<()>::new(plan::Task::new(integration, arguments), name, Location::caller()).retyped()
    }
}

impl Scope {
    /// Runs an Express workflow as a part of this one, and goes on with what it gives.
    ///
    /// Express workflows are waited for in another way than Standard ones, and how they end is looked at by a Choice state
    /// (`RunProcessTicketOutcome`). If the execution failed, so does this one (`RunProcessTicketFailed`): with the same Error Name, or the
    /// status where there is none (`RunProcessTicketFailedWithoutError`). The cause is the execution, as JSON text, as it is for
    /// [`Workflow::start_sync`]. To retry or catch that, let it be the branch of a Parallel state. Retriers of the task itself are for the
    /// call: an execution that was not started.
    ///
    /// ```
    /// # use stepwright::prelude::*;
    /// #[workflow(express)]
    /// fn score(s: &mut Scope, points: Ref<u32>) -> Ref<u32> {
    ///     s.pass("Score", points)
    /// }
    ///
    /// #[workflow]
    /// fn play(s: &mut Scope, points: Ref<u32>) -> Ref<u32> {
    ///     s.run_express(score().start_express("${Score}", points))
    /// }
    /// # assert!(play().plan().problems.is_empty());
    /// ```
    #[track_caller]
    pub fn run_express<O: Data>(&mut self, task: Task<'_, ExpressExecution, Express<O>>) -> Ref<O> {
        let name = task.settings.name.clone();
        let execution = self.task(task);
        let output = execution.output.assume_some("the execution has succeeded").parse_json::<O>();
        self.choice(format!("{name}Outcome"))
            .when(eq(execution.status, "SUCCEEDED"), |_| output)
            .when(execution.error.is_some(), |s| {
                s.fail_as(format!("{name}Failed"), execution.error.narrowed(), execution.to_json_text())
            })
            .otherwise(|s| {
                let name = format!("{name}FailedWithoutError");
                s.fail_as(name, execution.status, execution.to_json_text())
            })
    }
}
