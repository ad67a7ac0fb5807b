//! What an operation of a service is, and the table in which a module declares those of its service.

use std::marker::PhantomData;

use crate::data::Data;
use crate::plan::Pattern;

/// An operation of a service that Step Functions has an optimised integration for, as a type: `sns::Publish`.
pub trait Operation: Parameters {
    /// The `Resource`, without what it waits for.
    const RESOURCE: &'static str;
    /// The name that its state has by default.
    const STATE: &'static str;
}

/// An operation that takes more parameters than its function: see [`Task::with`](crate::Task::with).
#[diagnostic::on_unimplemented(
    message = "`.with(…)` adds a parameter to the call of a service, which this task is not",
    label = "the parameters of this task are settled",
    note = "call `.with(…)` before `.catch(…)`; the parameters of a `#[task]` function are its arguments"
)]
pub trait Parameters {}

/// An operation that starts a job that Step Functions can wait for: see [`Task::sync`](crate::Task::sync).
#[diagnostic::on_unimplemented(
    message = "`.sync()` is not available: Step Functions cannot wait for the end of `{Self}`",
    label = "not an operation that starts a job",
    note = "without `.sync()`, the state goes on when the service has answered; `.sync()` stands before `.catch(…)`",
    note = "to wait for somebody's answer, see `wait_for_task_token(|token| …)`"
)]
pub trait RunsJob: Operation {
    /// What is known of the job when it is done.
    type Job: Data;
    /// How it is waited for.
    #[doc(hidden)]
    const PATTERN: Pattern;
}

/// An operation that can hand a task token on: see [`wait_for_task_token`](super::wait_for_task_token).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot wait for a callback",
    label = "this does not call a service that takes a task token",
    note = "`.waitForTaskToken` is for `lambda`, `sqs`, `sns`, `events`, `states`, `ecs`, `eks`, `apigateway` and `aws_sdk`",
    note = "settings such as `.sync()` and `.catch(…)` stand outside of `wait_for_task_token(…)`; a `#[task]` function takes a `#[token]`"
)]
pub trait TakesToken: Parameters {}

/// Instead of an operation: a task for which it is settled what it is given and what it waits for.
#[derive(Debug, Clone, Copy)]
pub enum Settled {}

/// Instead of an operation: one that is waited for, until its job is done or its token answered.
#[derive(Debug)]
pub struct Waiting<Op>(PhantomData<Op>);

impl<Op> Parameters for Waiting<Op> {}

/// What the service accepts of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OperationFacts {
    /// Service and action: `sqs:sendMessage`.
    pub action: &'static str,
    /// How it can be waited for, besides [`Pattern::RequestResponse`].
    pub patterns: &'static [Pattern],
}

/// Declares the operations of a service: for each a function, a type, and a line in the table `OPERATIONS`.
///
/// ```text
/// /// Sends a message to a queue.
/// fn send_message(queue_url: IntoExpr<String> = "QueueUrl", message: Operand = "MessageBody") -> SendMessageOutput
///     = SendMessage: "sqs:sendMessage" "SqsSendMessage" { token in "MessageBody"; }
/// ```
///
/// In braces, in this order: `result in "Payload"` where the value is in a field of the answer; `always "Key" = "value"` for a
/// constant parameter; `sync Type` or `sync_json Type` where the job can be waited for, with its result; `token in "Parameter"`
/// where the operation can hand a task token on, with the parameter that is made for it.
macro_rules! operations {
    ($(
        $(#[doc = $doc:literal])*
        fn $function:ident($($parameter:ident: $bound:path = $wire:literal),* $(,)?) -> $output:ty
            = $marker:ident: $action:literal $state:literal {
                $(result in $field:literal;)?
                $(always $key:literal = $constant:literal;)?
                $(sync $job:ty;)?
                $(sync_json $json_job:ty;)?
                $(token in $carrier:literal;)?
            }
    )*) => {
        /// The operations of the service.
        pub(super) const OPERATIONS: &[$crate::integration::OperationFacts] = &[$(
            $crate::integration::OperationFacts {
                action: $action,
                patterns: &[
                    $({ type _Job = $job; $crate::plan::Pattern::Sync },)?
                    $({ type _Job = $json_job; $crate::plan::Pattern::Sync }, $crate::plan::Pattern::SyncJson,)?
                    $({ let _ = $carrier; $crate::plan::Pattern::TaskToken },)?
                ],
            },
        )*];

        $(
            $(#[doc = $doc])*
            ///
            #[doc = concat!("`arn:aws:states:::", $action, "`; the state is named `", $state, "` by default.")]
            $(
                ///
                #[doc = concat!("The result is `", $field, "` of what the service answers.")]
            )?
            $(
                ///
                #[doc = concat!("With `.sync()` the state waits until the job is done, and its result is [`", stringify!($job), "`].")]
            )?
            $(
                ///
                #[doc = concat!("With `.sync()` the state waits until the job is done, and its result is [`", stringify!($json_job), "`].")]
            )?
            $(
                ///
                #[doc = concat!("Can [wait for a callback](crate::integration::wait_for_task_token); `", $carrier, "` can carry the token.")]
            )?
            #[track_caller]
            pub fn $function(
                $($parameter: impl $bound),*
            ) -> $crate::Task<'static, $output, $marker> {
                #[allow(unused_mut, reason = "few operations have more to say")]
                let mut task = $crate::integration::call::call(
                    vec![
                        $(($wire, $crate::expr::tree($parameter)),)*
                        $(($key, $crate::expr::tree::<String>($constant)),)?
                    ],
                    ::std::panic::Location::caller(),
                );
                $(task.work.result_field = Some($field);)?
                task
            }

            #[doc = concat!("The operation of [`", stringify!($function), "`].")]
            #[derive(Debug, Clone, Copy)]
            pub enum $marker {}

            impl $crate::integration::Parameters for $marker {}

            impl $crate::integration::Operation for $marker {
                const RESOURCE: &'static str = concat!("arn:aws:states:::", $action);
                const STATE: &'static str = $state;
            }

            $(
                impl $crate::integration::RunsJob for $marker {
                    type Job = $job;
                    const PATTERN: $crate::plan::Pattern = $crate::plan::Pattern::Sync;
                }
            )?

            $(
                impl $crate::integration::RunsJob for $marker {
                    type Job = $json_job;
                    const PATTERN: $crate::plan::Pattern = $crate::plan::Pattern::SyncJson;
                }
            )?

            $(
                #[doc = concat!("The token goes into `", $carrier, "`, for example.")]
                impl $crate::integration::TakesToken for $marker {}
            )?
        )*
    };
}

/// Declares what a service answers: structs whose members are in `PascalCase`.
macro_rules! answers {
    ($(
        $(#[$attribute:meta])*
        $name:ident { $($(#[$field_attribute:meta])* $field:ident: $ty:ty),* $(,)? }
    )*) => {$(
        $(#[$attribute])*
        #[derive($crate::Data, Debug, Clone, ::serde::Serialize, ::serde::Deserialize, ::schemars::JsonSchema)]
        #[serde(rename_all = "PascalCase")]
        pub struct $name {
            $($(#[$field_attribute])* pub $field: $ty,)*
        }
    )*};
}

pub(super) use {answers, operations};
