//! What a workflow module needs: `use stepwright::prelude::*;`.

pub use schemars::JsonSchema;
pub use serde::{Deserialize, Serialize};

pub use crate::integration::sns;
pub use crate::{
    Context, Conventions, Data, DurationExt, ErrorName, ErrorOutput, Expr, IntoExpr, Lambda, Never, Outcome,
    Record, Ref, Registry, Retrier, RetryPolicy, Scope, StateName, States, Task, Var, Workflow, context,
    errors, registry,
};
pub use stepwright_macros::{choose, cond, data, expr, fmt, task, workflow};
