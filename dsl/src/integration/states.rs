//! Step Functions itself: executions of other state machines.
//!
//! Of a workflow written in Rust, [`Workflow::start`](crate::Workflow::start) and [`Workflow::start_sync`](crate::Workflow::start_sync) know the types, and so does
//! [`Scope::run_express`](crate::Scope::run_express).

mod express;

use std::panic::Location;

use serde_json::Value;

pub use self::express::{Express, ExpressExecution};
use super::call::call;
use super::operation::{Waiting, answers, operations};
use crate::context::context;
use crate::data::Data;
use crate::expr::{IntoExpr, Operand, tree};
use crate::plan::{Expression, Kind, Presence, Problem, ProblemKind};
use crate::task::Task;
use crate::workflow::{Workflow, WorkflowType};

operations! {
    /// Starts an execution of a state machine, given by its ARN, with an input: an object is passed as its JSON text.
    ///
    /// `.sync()` is `.sync:2`, whose output is JSON, not a text.
    ///
    /// Errors are named `StepFunctions.…`, such as `StepFunctions.ExecutionAlreadyExistsException`.
    ///
    /// Source: Developer Guide, "Start workflow executions from a task state in Step Functions".
    fn start_execution(state_machine_arn: IntoExpr<String> = "StateMachineArn", input: Operand = "Input") -> StartExecutionOutput
        = StartExecution: "states:startExecution" "StatesStartExecution" { sync_json ExecutionDescription; token in "Input"; }
}

answers! {
    /// What Step Functions answers when an execution is started.
    StartExecutionOutput {
        /// The ARN of the execution.
        execution_arn: String,
        /// When it started, ISO 8601.
        start_date: String,
    }

    /// An execution that has succeeded.
    ExecutionDescription {
        /// Its ARN.
        execution_arn: String,
        /// Its name.
        name: String,
        /// Its input.
        input: Value,
        /// Its output.
        output: Value,
        /// When it started, ISO 8601.
        start_date: String,
        /// When it ended, ISO 8601.
        stop_date: String,
        /// The ARN of its state machine.
        state_machine_arn: String,
        /// `SUCCEEDED`.
        status: String,
    }
}

/// With this field in its input, the console shows an execution as started by another: that one's ARN.
const STARTED_BY: &str = "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID";

impl<I: Data, O: Data> Workflow<I, O> {
    /// Starts an execution of this workflow, deployed as the state machine of an ARN, and does not wait for it.
    ///
    /// The state is named `StartProcessTicket` by default. An input that is written in place, with `data!`, is linked to this execution
    /// in the console: it gets a field `AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID`. `.with("Name", …)` names the execution, once in
    /// 90 days. To wait for a callback from it, see [`wait_for_task_token`](super::wait_for_task_token).
    ///
    /// ```
    /// # use stepwright::prelude::*;
    /// #[derive(Data, Serialize, Deserialize, JsonSchema)]
    /// struct Ticket { id: String }
    ///
    /// #[workflow]
    /// fn process_ticket(s: &mut Scope, ticket: Ref<Ticket>) -> Ref<u32> {
    ///     s.pass("Score", 7)
    /// }
    ///
    /// #[workflow]
    /// fn new_ticket(s: &mut Scope, id: Ref<String>) -> Ref<u32> {
    ///     s.task(process_ticket().start("${ProcessTicket}", data!(Ticket { id })));
    ///     // Waits for it; what it gives is the result.
    ///     s.task(process_ticket().start_sync("${ProcessTicket}", data!(Ticket { id })).named("Process"))
    /// }
    /// # assert!(new_ticket().plan().problems.is_empty());
    /// ```
    #[track_caller]
    pub fn start(
        &self,
        state_machine_arn: impl IntoExpr<String>,
        input: impl IntoExpr<I>,
    ) -> Task<'static, StartExecutionOutput, StartExecution> {
        let arguments = execution_of::<I>(state_machine_arn, input);
        call(arguments, Location::caller()).named(format!("Start{}", self.name()))
    }

    /// Runs this workflow, deployed as the state machine of an ARN, as a part of another: waits for the execution, whose output is
    /// the result: `.sync:2`. See [`start`](Self::start).
    ///
    /// It fails with `States.TaskFailed` if the execution fails. The state is named `RunProcessTicket` by default.
    ///
    /// An Express workflow cannot be waited for like this (`SW0142`): see [`Scope::run_express`](crate::Scope::run_express).
    #[track_caller]
    pub fn start_sync(
        &self,
        state_machine_arn: impl IntoExpr<String>,
        input: impl IntoExpr<I>,
    ) -> Task<'static, O, Waiting<StartExecution>> {
        let mut task = self.start(state_machine_arn, input).sync().named(format!("Run{}", self.name()));
        task.work.result_field = Some("Output");
        if self.workflow_type() == WorkflowType::Express {
            let kind = ProblemKind::WaitsForExpress(self.name());
            task.work.problems.push(Problem { kind, location: Location::caller() });
        }
        task.retyped()
    }
}

/// What a task says of the execution that it starts.
fn execution_of<I: Data>(
    state_machine_arn: impl IntoExpr<String>,
    input: impl IntoExpr<I>,
) -> Vec<(&'static str, Expression)> {
    let mut input = tree::<I>(input);
    // A workflow without an input is given an empty object, as the service itself does; any other `null` means something.
    let is_nothing = matches!(input, Expression::Literal(Value::Null)) && I::KIND != Kind::Null;
    if !is_nothing
        && let Some(fields) = input.as_object()
        && fields.iter().all(|(name, ..)| name != STARTED_BY)
    {
        let id = tree::<String>(context().execution.id);
        fields.push((STARTED_BY.to_owned(), Presence::Always, id));
    }
    vec![("StateMachineArn", tree(state_machine_arn)), ("Input", input)]
}
