//! The example workflows of stepwright, in reading order. They are its documentation.
//!
//! 1. [`order_fulfilment`]: a shop's order from payment to parcel, in JSONata. Start here.
//! 2. [`hhvm_build`]: the state machine that builds the releases of HHVM, in JSONPath: conventions, reuse, nested scopes.

#![deny(missing_docs)]

/// The code of the README is tested.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}

pub mod hhvm_build;
pub mod order_fulfilment;

use stepwright::{Registry, registry};

/// All example workflows, for the commands of `cargo xtask`.
pub fn registry() -> Registry {
    registry![order_fulfilment::order_fulfilment, hhvm_build::hhvm_build]
}
