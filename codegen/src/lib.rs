//! The compiler of stepwright: from a workflow to a checked state machine.
//!
//! [`compile`] is the one call: it traces the workflow into a plan, lowers the plan to the [model](asl) of the
//! States Language and [checks](check) it. The model, its reader and its checks know nothing of Rust types, and serve definitions
//! that were written by hand just as well.
//!
//! ```
//! use stepwright::prelude::*;
//!
//! #[workflow]
//! fn hello(s: &mut Scope, name: Ref<String>) -> Ref<String> {
//!     s.pass("Greet", fmt!("Hello, {}!", name))
//! }
//!
//! let compiled = stepwright_codegen::compile(&hello())?;
//! assert!(compiled.to_json().contains(r#""Output": "{% 'Hello, ' & $states.input & '!' %}""#));
//! # Ok::<(), stepwright_codegen::diagnostic::Diagnostics>(())
//! ```

#![deny(missing_docs)]

pub mod api;
pub mod asl;
pub mod check;
mod compile;
pub mod diagnostic;
mod jsonata;
mod lower;
mod substitutions;

pub use compile::{Compiled, compile, compile_plan};
