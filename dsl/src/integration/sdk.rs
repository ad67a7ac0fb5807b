//! Every other service, through the AWS SDK.

mod services;

use std::panic::Location;

pub use self::services::SDK_SERVICES;

use super::operation::{Parameters, TakesToken};
use crate::data::Data;
use crate::expr::{Operand, tree};
use crate::name::StateName;
use crate::plan::{self, TaskInput};
use crate::task::{Integration, Task};

/// Any operation of the AWS SDK, for the type of a [`Task`].
#[derive(Debug, Clone, Copy)]
pub enum AwsSdk {}

impl Parameters for AwsSdk {}
impl TakesToken for AwsSdk {}

/// Calls any operation of any service of the AWS SDK: `arn:aws:states:::aws-sdk:s3:getObject`.
///
/// The service is spelled as in its SDK, in lower case (`s3`, `cloudwatchlogs`, `eventbridge`), the action in camel case. The names of
/// parameters and of members of the answer are in `PascalCase`, whatever the API of the service says. A service that does not exist
/// is reported (`SW0240`). The state is named `S3GetObject` by default; errors are named `S3.…`.
///
/// ```
/// # use stepwright::prelude::*;
/// #[derive(Data, Serialize, Deserialize, JsonSchema)]
/// #[serde(rename_all = "PascalCase")]
/// struct Object { body: String }
///
/// #[workflow]
/// fn read(s: &mut Scope, key: Ref<String>) -> Ref<String> {
///     let object = s.task(aws_sdk::<Object>("s3", "getObject", data!({ "Bucket": "${Bucket}", "Key": key })));
///     object.body
/// }
/// # assert!(read().plan().problems.is_empty());
/// ```
///
/// `()` for no parameters; [`Task::with`] adds some. It has no `.sync()`, but [can wait for a callback](super::wait_for_task_token).
///
/// Source: Developer Guide, "AWS SDK service integrations".
#[track_caller]
pub fn aws_sdk<Out: Data>(
    service: &'static str,
    action: &'static str,
    parameters: impl Operand,
) -> Task<'static, Out, AwsSdk> {
    // Leaked, as places are: a few dozen bytes for each call that a workflow makes, once per tracing.
    let resource: &'static str =
        Box::leak(format!("arn:aws:states:::aws-sdk:{service}:{action}").into_boxed_str());
    let mut parameters = tree(parameters);
    parameters.as_object();
    let work = plan::Task::new(Integration::Service(resource), TaskInput::Whole(parameters));
    let name = StateName::from(format!("{}{}", capitalised(service), capitalised(action)));
    Task::<Out>::new(work, name, Location::caller()).retyped()
}

fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
