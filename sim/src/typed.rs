//! Workflows that were written in Rust, with stand-ins that take and give the tasks' own Rust types.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::rc::Rc;

use serde::de::DeserializeOwned;
use serde_json::Value;
use stepwright::{Data, TaskFn, Workflow, WorkflowType};
use stepwright_codegen::asl::StateMachine;
use stepwright_codegen::compile;
use stepwright_codegen::diagnostic::Diagnostics;

use crate::error::Error;
use crate::settings::Type;
use crate::simulation::{Execution, Simulation};
use crate::stand_ins::{IntoReply, Received, StandIns};
use crate::substitutions::Substitutions;
use crate::tasks::Reply;

/// An execution of a workflow that was written in Rust.
///
/// ```
/// use stepwright::prelude::*;
/// use stepwright_sim::{TaskError, WorkflowSimulation};
///
/// errors! { Declined; }
///
/// #[task(lambda = "${Charge}", errors = [Declined])]
/// fn charge(amount: f64) -> String;
///
/// #[workflow]
/// fn pay(s: &mut Scope, amount: Ref<f64>) -> Ref<String> {
///     s.task(charge(amount).catch(Declined, |_, _| expr!("no money")))
/// }
///
/// let pay = WorkflowSimulation::of(&pay())?.on::<charge, _>(|args| {
///     if args.amount < 100.0 { Ok("paid".to_owned()) } else { Err(TaskError::new(Declined, "too much")) }
/// });
/// assert_eq!(pay.clone().run(12.5)?.output()?, "paid");
/// assert_eq!(pay.run(250.0)?.output()?, "no money");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct WorkflowSimulation<I, O> {
    machine: StateMachine,
    execution_type: Type,
    linked: Vec<(String, StateMachine)>,
    substitutions: Substitutions,
    stand_ins: StandIns,
    settings: Vec<Setting>,
    ty: PhantomData<fn(I) -> O>,
}

type Setting = Rc<dyn for<'m> Fn(Simulation<'m>) -> Simulation<'m>>;

// Not derived: the workflow's input and output need not be `Clone`.
impl<I, O> Clone for WorkflowSimulation<I, O> {
    fn clone(&self) -> Self {
        Self {
            machine: self.machine.clone(),
            execution_type: self.execution_type,
            linked: self.linked.clone(),
            substitutions: self.substitutions.clone(),
            stand_ins: self.stand_ins.clone(),
            settings: self.settings.clone(),
            ty: PhantomData,
        }
    }
}

impl<I, O> fmt::Debug for WorkflowSimulation<I, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WorkflowSimulation").field("stand_ins", &self.stand_ins).finish_non_exhaustive()
    }
}

impl<I: Data, O: Data> WorkflowSimulation<I, O> {
    /// Compiles the workflow. An Express workflow is run as one: for five minutes at the most.
    ///
    /// # Errors
    ///
    /// What is wrong with the workflow.
    pub fn of(workflow: &Workflow<I, O>) -> Result<Self, Diagnostics> {
        let compiled = compile(workflow)?;
        let execution_type = match compiled.workflow_type {
            WorkflowType::Standard => Type::Standard,
            WorkflowType::Express => Type::Express,
        };
        Ok(Self {
            machine: compiled.machine,
            execution_type,
            linked: Vec::new(),
            substitutions: Substitutions::default(),
            stand_ins: StandIns::new(),
            settings: Vec::new(),
            ty: PhantomData,
        })
    }

    /// Links a workflow: a task that starts an execution of `arn` runs it, in the same simulation. See [`Simulation::link`].
    ///
    /// # Errors
    ///
    /// What is wrong with the workflow.
    pub fn link<J: Data, P: Data>(
        mut self,
        arn: impl Into<String>,
        workflow: &Workflow<J, P>,
    ) -> Result<Self, Diagnostics> {
        self.linked.push((arn.into(), compile(workflow)?.machine));
        Ok(self)
    }

    /// Fills in what the deployment would: `${name}` in the definition, and in those that are linked, is replaced by this text.
    ///
    /// ```
    /// use stepwright::prelude::*;
    /// use stepwright_sim::WorkflowSimulation;
    ///
    /// #[workflow]
    /// fn escalate(s: &mut Scope) {
    ///     s.wait("Sla", placeholder::<u32>("SlaSeconds"));
    /// }
    ///
    /// let execution = WorkflowSimulation::of(&escalate())?.substitute("SlaSeconds", 3600).run(())?;
    /// execution.assert_succeeded().assert_elapsed(1.hours());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn substitute(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.substitutions.insert(name, value.to_string());
        self
    }

    /// Sets up the simulation: its seed, when it starts, objects in Amazon S3, workers: `.set_up(|simulation| simulation.seed(7))`.
    #[must_use]
    pub fn set_up(mut self, setting: impl for<'m> Fn(Simulation<'m>) -> Simulation<'m> + 'static) -> Self {
        self.settings.push(Rc::new(setting));
        self
    }

    /// Lets a function stand in for a task, wherever the workflow runs it: `.on::<charge_card, _>(|args| Ok(…))`.
    ///
    /// Arguments that the function's type cannot be read from are answered with `Runtime.UnmarshalError`.
    #[must_use]
    pub fn on<F: TaskFn, R: IntoReply<F::Output>>(
        mut self,
        stand_in: impl FnMut(F::Args) -> R + 'static,
    ) -> Self {
        self.stand_ins = self.stand_ins.on::<F, R>(stand_in);
        self
    }

    /// Lets a function stand in for the tasks of a state, or of a `Resource`, that has no `#[task]` function: it takes and gives
    /// plain JSON.
    #[must_use]
    pub fn on_json(
        mut self,
        state_or_resource: impl Into<String>,
        stand_in: impl FnMut(&Value) -> Reply + 'static,
    ) -> Self {
        self.stand_ins = self.stand_ins.on_json(state_or_resource, stand_in);
        self
    }

    /// Takes over functions that stand in for tasks; those given before come first.
    #[must_use]
    pub fn stand_ins(mut self, others: StandIns) -> Self {
        self.stand_ins = others.with(self.stand_ins);
        self
    }

    /// Runs the workflow with an input.
    ///
    /// # Errors
    ///
    /// The input cannot be written as JSON, or a task is reached that nothing stands in for.
    pub fn run(self, input: I) -> Result<WorkflowExecution<O>, Box<dyn std::error::Error>> {
        Ok(self.run_json(serde_json::to_value(input)?)?)
    }

    /// The same, with an input that need not be what the workflow expects.
    ///
    /// # Errors
    ///
    /// A task is reached that nothing stands in for, or what is [substituted](Self::substitute) leaves no definition.
    pub fn run_json(self, input: Value) -> Result<WorkflowExecution<O>, Error> {
        let mut tasks = self.stand_ins;
        let deploy = |machine: &StateMachine| self.substitutions.deploy(machine);
        let machine = deploy(&self.machine)?;
        let linked = self.linked.iter().map(|(arn, machine)| Ok((arn, deploy(machine)?)));
        let linked: Vec<(&String, StateMachine)> = linked.collect::<Result<_, Error>>()?;
        let mut simulation = Simulation::new(&machine).of_type(self.execution_type).input(input);
        for (arn, machine) in &linked {
            simulation = simulation.link(*arn, machine);
        }
        let simulation = self.settings.iter().fold(simulation, |simulation, setting| setting(simulation));
        let execution = simulation.run_with(&mut tasks)?;
        Ok(WorkflowExecution { execution, calls: tasks.into_calls(), ty: PhantomData })
    }
}

/// What became of the execution of a workflow.
#[derive(Debug)]
pub struct WorkflowExecution<O> {
    execution: Execution,
    calls: Vec<Received>,
    ty: PhantomData<fn() -> O>,
}

impl<O> Deref for WorkflowExecution<O> {
    type Target = Execution;

    fn deref(&self) -> &Execution {
        &self.execution
    }
}

impl<O: DeserializeOwned> WorkflowExecution<O> {
    /// The output, as the workflow's type.
    ///
    /// # Errors
    ///
    /// The execution did not succeed, or its output is not what the type says.
    pub fn output(&self) -> Result<O, OutputError> {
        let execution = &self.execution;
        let Some(output) = &execution.output else {
            let error = execution.error.as_deref().unwrap_or("no error");
            let cause = execution.cause.as_deref().unwrap_or("no cause");
            return Err(OutputError(format!(
                "the execution {}: {error}: {cause}",
                execution.status.as_str()
            )));
        };
        serde_json::from_value(output.clone()).map_err(|error| {
            OutputError(format!("the output {output} is not what the workflow gives: {error}"))
        })
    }

    /// What the stand-ins were asked, in order.
    pub fn calls(&self) -> &[Received] {
        &self.calls
    }
}

/// Why there is no output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputError(String);

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for OutputError {}
