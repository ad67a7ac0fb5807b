//! An embedded simulator of AWS Step Functions: runs state machines in virtual time.
//!
//! [`Simulation`] is the way in. It takes any machine of the [model](stepwright_codegen::asl), emitted by us or written
//! by hand, and gives an [`Execution`] with the history that the service would have written. Nothing waits: the clock
//! jumps to what happens next, so a year passes in microseconds, and the same seed always gives the same history.
//!
//! To read the code, begin with `interpreter.rs`, which takes frames through their states; `state/` has a file for each
//! state type, [`data`] the notations of the language, `clock.rs` the time.

#![deny(missing_docs)]

mod assertions;
mod clock;
pub mod data;
mod desk;
mod error;
mod fault;
pub mod history;
mod interpreter;
mod limits;
mod mocks;
mod program;
pub mod replay;
mod retry;
mod s3;
mod settings;
mod simulation;
mod stand_ins;
mod state;
mod substitutions;
mod tasks;
pub mod test_state;
mod timeline;
mod timestamp;
mod typed;
mod workers;

pub use desk::Desk;
pub use error::Error;
pub use history::History;
pub use limits::{EXPRESS_DURATION, MAX_EVENTS, MAX_PAYLOAD_BYTES, MAX_VARIABLE_BYTES, STANDARD_DURATION};
pub use mocks::{Mocks, MocksError};
pub use s3::Objects;
pub use settings::{Identity, Type};
pub use simulation::{Execution, NestedExecution, Retry, Simulation, Status};
pub use stand_ins::{IntoReply, Received, StandIns, TaskError};
pub use tasks::{Call, IterationOf, Outcome, Reply, Scripts, TaskId, Tasks};
pub use timeline::{Span, Timeline};
pub use typed::{OutputError, WorkflowExecution, WorkflowSimulation};
pub use workers::Worker;
