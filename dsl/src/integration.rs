//! AWS services that Step Functions calls by itself: a function for each operation, and what they have in common.
//!
//! ```
//! use stepwright::prelude::*;
//!
//! #[derive(Data, Serialize, Deserialize, JsonSchema)]
//! struct Approval { approved: bool }
//!
//! #[workflow]
//! fn release(s: &mut Scope) -> Ref<bool> {
//!     // Wait for the job: `.sync()`, where the service supports it.
//!     let built = s.task(codebuild::start_build("${Project}").with("BuildspecOverride", "fast.yml").sync());
//!     // Wait for a callback: whoever gets the token answers it, with an `Approval`.
//!     let approval = s.task(wait_for_task_token::<Approval>(|token| {
//!         sqs::send_message("${QueueUrl}", data!({ "token": token, "reports": built.build.report_arns }))
//!     }));
//!     // Every other service.
//!     s.task(aws_sdk::<()>("s3", "deleteObject", data!({ "Bucket": "${Bucket}", "Key": "lock" })));
//!     approval.approved
//! }
//! # assert!(release().plan().problems.is_empty());
//! ```
//!
//! The results of operations are typed where they are known and stable; what else a service answers is a
//! [`serde_json::Value`], which [`Task::result_as`](crate::Task::result_as) takes for a type of yours. Names of parameters and members are in
//! `PascalCase`, as Step Functions wants them. Most operations take more parameters than their function has:
//! [`Task::with`](crate::Task::with) adds them.
//!
//! Source: Developer Guide, "Integrating services with Step Functions".

mod call;
mod operation;
mod sdk;

pub mod apigateway;
pub mod athena;
pub mod batch;
pub mod bedrock;
pub mod bedrockagentcore;
pub mod codebuild;
pub mod databrew;
pub mod dynamodb;
pub mod ecs;
pub mod eks;
pub mod elasticmapreduce;
pub mod emr_containers;
pub mod emr_serverless;
pub mod events;
pub mod glue;
pub mod http;
pub mod lambda;
pub mod mediaconvert;
pub mod sagemaker;
pub mod sns;
pub mod sqs;
pub mod states;

pub use self::call::{TokenCall, wait_for_task_token};
pub use self::operation::{Operation, OperationFacts, Parameters, RunsJob, Settled, TakesToken, Waiting};
pub use self::sdk::{AwsSdk, SDK_SERVICES, aws_sdk};

/// The operations of all optimised integrations, by service.
pub fn operations() -> impl Iterator<Item = &'static OperationFacts> {
    let services = [
        apigateway::OPERATIONS,
        athena::OPERATIONS,
        batch::OPERATIONS,
        bedrock::OPERATIONS,
        bedrockagentcore::OPERATIONS,
        codebuild::OPERATIONS,
        databrew::OPERATIONS,
        dynamodb::OPERATIONS,
        ecs::OPERATIONS,
        eks::OPERATIONS,
        elasticmapreduce::OPERATIONS,
        emr_containers::OPERATIONS,
        emr_serverless::OPERATIONS,
        events::OPERATIONS,
        glue::OPERATIONS,
        http::OPERATIONS,
        lambda::OPERATIONS,
        mediaconvert::OPERATIONS,
        sagemaker::OPERATIONS,
        sns::OPERATIONS,
        sqs::OPERATIONS,
        states::OPERATIONS,
    ];
    services.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{SDK_SERVICES, operations};
    use crate::plan::Pattern;

    #[test]
    fn each_operation_is_listed_once() {
        let actions: Vec<&str> = operations().map(|facts| facts.action).collect();
        assert_eq!(actions.len(), actions.iter().collect::<BTreeSet<_>>().len());
        assert!(SDK_SERVICES.is_sorted());
    }

    #[test]
    fn only_executions_of_step_functions_have_json() {
        let json = operations().filter(|facts| facts.patterns.contains(&Pattern::SyncJson));
        assert_eq!(json.map(|facts| facts.action).collect::<Vec<_>>(), ["states:startExecution"]);
    }
}
