//! What a workflow module needs: `use stepwright::prelude::*;`.

pub use schemars::JsonSchema;
pub use serde::{Deserialize, Serialize};

pub use crate::integration::sns;
pub use crate::{
    Context, Conventions, Data, DurationExt, ErrorName, ErrorOutput, Expr, HashAlgorithm, IntoExpr, Lambda,
    Never, Outcome, Record, Ref, Registry, Retrier, RetryPolicy, Scope, StateName, States, Task, Workflow,
    context, errors, jsonata, now, random, range, registry, uuid,
};
pub use stepwright_macros::{cond, data, expr, fmt, task, workflow};
