//! The data layer: what a state's fields mean, given its input, the Context Object and the variables.
//!
//! Each module reads one notation of the language and evaluates it against a [`View`]: a [`path`], a payload
//! [`template`], an [`intrinsic`] function, a [`choice`] test, a [`jsonata`] expression. Nothing here knows of states,
//! events or the clock. What goes wrong is a [`Failure`]: an Error Name with its cause, as the execution will report it.
//!
//! The rules, the order of members and the wording of causes follow executions recorded on the service, which runs on
//! Java libraries; a comment says so wherever that shows.

pub mod choice;
pub mod intrinsic;
pub mod jsonata;
pub mod path;
pub mod template;
pub mod text;
pub mod time;

mod failure;
mod random;
mod view;

pub use failure::Failure;
pub use random::Random;
pub use view::{Variables, View};

/// How deep values may nest. The service's reader goes to 1000; in a debug build that is more than the stack of a test
/// thread has room for.
pub const MAX_DEPTH: usize = 400;

/// How deep what stands in definitions may nest: templates and tests. Their reader stops before.
const MAX_NESTING: usize = 200;
