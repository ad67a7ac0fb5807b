//! What a workflow module needs: `use stepwright::prelude::*;`.

pub use schemars::JsonSchema;
pub use serde::{Deserialize, Serialize};

pub use crate::integration::{
    apigateway, athena, aws_sdk, batch, bedrock, bedrockagentcore, codebuild, databrew, dynamodb, ecs, eks,
    elasticmapreduce, emr_containers, emr_serverless, events, glue, http, lambda, mediaconvert, sagemaker,
    sns, sqs, states, wait_for_task_token,
};
pub use crate::items;
pub use crate::{
    Context, Conventions, Data, DurationExt, ErrorName, ErrorOutput, Expr, HashAlgorithm, IntoExpr, Label,
    Lambda, Never, Outcome, Record, Ref, Registry, Retrier, RetryPolicy, Scope, StateName, States, Task, Var,
    Workflow, context, errors, jsonata, now, placeholder, random, range, registry, uuid,
};
pub use stepwright_macros::{choose, cond, data, expr, fmt, task, workflow};
