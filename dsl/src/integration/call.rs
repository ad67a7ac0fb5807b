//! Calls of services, as tasks.

use serde_json::Value;

use super::operation::{Operation, Parameters, RunsJob, TakesToken, Waiting};
use crate::context::task_token;
use crate::data::Data;
use crate::expr::{Expr, Operand, tree};
use crate::name::StateName;
use crate::plan::{self, Expression, Presence, Problem, ProblemKind, RustLocation, TaskInput};
use crate::task::{Integration, Task};

/// A call of an operation.
pub(super) fn call<T: Data, Op: Operation>(
    arguments: Vec<(&'static str, Expression)>,
    location: RustLocation,
) -> Task<'static, T, Op> {
    let work = plan::Task::new(Integration::Service(Op::RESOURCE), TaskInput::Arguments(arguments));
    Task::<T>::new(work, StateName::new(Op::STATE), location).retyped()
}

impl<'a, T: Data, Op> Task<'a, T, Op> {
    /// Adds a parameter that the function of the operation does not have, by its name in the API (in `PascalCase`). Objects and
    /// lists with values of the data in them are written with [`data!`](crate::data!).
    ///
    /// ```
    /// # use stepwright::prelude::*;
    /// # #[workflow] fn w(s: &mut Scope, branch: Ref<String>) {
    /// s.task(codebuild::start_build("${Project}").with("SourceVersion", branch));
    /// # }
    /// # assert!(w().plan().problems.is_empty());
    /// ```
    ///
    /// A parameter that is given twice is reported (`SW0140`).
    #[track_caller]
    pub fn with(mut self, name: &'static str, value: impl Operand) -> Self
    where
        Op: Parameters,
    {
        self.work.add_parameter(name, tree(value), std::panic::Location::caller());
        self
    }

    /// Waits until the job that the operation starts is done; the result is what is then known of it: `.sync`.
    ///
    /// It fails with `States.TaskFailed` if the job fails. Standard workflows only.
    pub fn sync<Job: Data>(mut self) -> Task<'a, Job, Waiting<Op>>
    where
        // Not `Op::Job` in the signature: then rustc would say that there is no such method, and not why.
        Op: RunsJob<Job = Job>,
    {
        self.work.pattern = Op::PATTERN;
        self.work.result_field = None;
        self.retyped()
    }
}

impl<'a, Op> Task<'a, Value, Op> {
    /// Takes the result, of which no type is known, for an `Out`: nothing checks that it is one.
    pub fn result_as<Out: Data>(self) -> Task<'a, Out, Op> {
        self.retyped()
    }
}

/// Waits for a callback: the closure hands the token on, by calling a service with it, and the state waits until somebody
/// answers the token with `SendTaskSuccess` or `SendTaskFailure`. The result is that answer, an `Out`: `.waitForTaskToken`.
///
/// ```
/// # use stepwright::prelude::*;
/// #[derive(Data, Serialize, Deserialize, JsonSchema)]
/// struct Ask { token: String, order: String }
///
/// #[derive(Data, Serialize, Deserialize, JsonSchema)]
/// struct Approval { approved: bool }
///
/// #[workflow]
/// fn approve(s: &mut Scope, order: Ref<String>) -> Ref<bool> {
///     let ask = wait_for_task_token::<Approval>(|token| {
///         lambda::invoke("${Notifier.Arn}", data!(Ask { token, order }))
///     });
///     s.task(ask.timeout(4.hours())).approved
/// }
/// # assert!(approve().plan().problems.is_empty());
/// ```
///
/// A token that the parameters do not contain is reported (`SW0242`): nobody could answer it. Each attempt has a token of its own. Give
/// the task a timeout, since otherwise it waits for a year. Standard workflows only.
///
/// Nested workflows are called so too: `wait_for_task_token::<Done>(|token| child().start("${Child}", data!(Input { token })))`.
pub fn wait_for_task_token<'a, Out: Data>(call: impl TokenCall<'a, Op: TakesToken>) -> Task<'a, Out> {
    let mut task = call(task_token());
    task.work.wait_for_task_token();
    task.retyped()
}

/// A closure that calls a service with a task token.
pub trait TokenCall<'a>:
    FnOnce(Expr<String>) -> Task<'a, <Self as TokenCall<'a>>::Answer, <Self as TokenCall<'a>>::Op>
{
    /// What the service itself answers; nobody sees it.
    type Answer;
    /// The operation that it calls.
    type Op;
}

impl<'a, F, T, Op> TokenCall<'a> for F
where
    F: FnOnce(Expr<String>) -> Task<'a, T, Op>,
{
    type Answer = T;
    type Op = Op;
}

impl plan::Task {
    fn add_parameter(&mut self, name: &'static str, value: Expression, location: RustLocation) {
        let kind = match &mut self.input {
            TaskInput::Nothing => {
                self.input = TaskInput::Arguments(vec![(name, value)]);
                return;
            }
            TaskInput::Arguments(arguments) => {
                if arguments.iter().all(|(other, _)| *other != name) {
                    arguments.push((name, value));
                    return;
                }
                ProblemKind::ParameterTwice(name)
            }
            TaskInput::Whole(whole) => match whole.as_object() {
                Some(fields) if fields.iter().all(|(other, ..)| other != name) => {
                    fields.push((name.to_owned(), Presence::Always, value));
                    return;
                }
                Some(_) => ProblemKind::ParameterTwice(name),
                None => ProblemKind::ParameterOfNoObject(name),
            },
        };
        self.problems.push(Problem { kind, location });
    }
}

impl Expression {
    /// The fields of an object that is written in place. A constant becomes an [`Object`](Self::Object) for it, nothing at all an empty one.
    pub(crate) fn as_object(&mut self) -> Option<&mut Vec<(String, Presence, Expression)>> {
        if let Self::Literal(constant @ (Value::Object(_) | Value::Null)) = self {
            let fields = match constant.take() {
                Value::Object(fields) => fields,
                _ => serde_json::Map::new(),
            };
            let fields = fields.into_iter();
            *self = Self::Object(
                fields.map(|(name, value)| (name, Presence::Always, Self::Literal(value))).collect(),
            );
        }
        match self {
            Self::Object(fields) => Some(fields),
            _ => None,
        }
    }
}
