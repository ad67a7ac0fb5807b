//! Workflows for AWS Step Functions, written as ordinary Rust.
//!
//! A workflow is a function over a [`Scope`]: each method call on the scope adds a state, and what a
//! state returns is a typed handle ([`Ref`]) that later states read. Running the function traces it
//! into a [`plan::Plan`], a typed tree that the crate `stepwright-codegen` lowers to the Amazon States
//! Language. This crate knows Rust types; it knows nothing of JSON layout.
//!
//! ```
//! use stepwright::prelude::*;
//!
//! #[derive(Data, Serialize, Deserialize, JsonSchema)]
//! struct Order { id: String, total: f64 }
//!
//! /// Charges the card on file.
//! #[task(lambda = "arn:aws:lambda:eu-west-1:123456789012:function:charge-card")]
//! fn charge_card(amount: f64, order_id: String) -> String;
//!
//! #[workflow]
//! fn pay(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
//!     s.task(charge_card(order.total, order.id).timeout(30.seconds()))
//! }
//!
//! let plan = pay().plan();
//! assert_eq!(plan.name, "Pay");
//! ```

#![deny(missing_docs)]

// The macros name this crate `::stepwright`; our own derives must find it under that name too.
extern crate self as stepwright;

#[doc(hidden)]
pub mod __private;
mod cases;
mod context;
mod conventions;
mod data;
mod duration;
pub mod error;
mod expr;
pub mod integration;
pub mod items;
mod name;
mod outcome;
pub mod plan;
pub mod prelude;
mod refs;
mod registry;
mod retry;
mod scope;
mod state;
mod task;
mod workflow;

pub use stepwright_macros::{Data, choose, cond, data, expr, fmt, jsonata, task, workflow};

pub use crate::cases::Cases;
pub use crate::context::{
    Context, ExecutionContext, ItemContext, MapContext, StateContext, StateMachineContext, context,
};
pub use crate::conventions::Conventions;
pub use crate::data::{Data, Record};
pub use crate::duration::{DurationExt, IntoSeconds};
pub use crate::error::{ErrorName, ErrorOutput, IntoErrors, Lambda, States};
pub use crate::expr::{
    Beside, Expr, Fits, Formattable, Fraction, HashAlgorithm, Instant, IntoExpr, Number, Operand, Ordered,
    Placeholder, Whole, Wider, jsonata, now, placeholder, random, range, uuid,
};
pub use crate::name::StateName;
pub use crate::outcome::{Join, Joined, Never, Outcome, Recover, Unvalued};
pub use crate::refs::Ref;
pub use crate::registry::{Entry, Registry};
pub use crate::retry::{Retrier, RetryPolicy};
pub use crate::scope::{EndState, FailError, Scope, Var};
pub use crate::state::map::{
    Batched, Distributed, Gathered, Gathering, Grouping, Inline, Mode, Singly, Written,
};
pub use crate::state::{Choice, Label, Map, Parallel, Repeat};
pub use crate::task::{Integration, Task, TaskDefinition, TaskFn};
pub use crate::workflow::{QueryLanguage, Workflow, WorkflowType};
