//! The example workflows of stepwright, in reading order. They are its documentation.
//!
//! 1. [`order_fulfilment`]: a shop's order from payment to parcel, in JSONata. Start here.
//! 2. [`hhvm_build`]: the state machine that builds the releases of HHVM, in JSONPath: conventions, reuse, nested scopes.
//!
//! Definitions from articles, rewritten; each means the same as the original:
//!
//! 3. [`single_pass`]: the smallest one.
//! 4. [`zendesk_article`]: an article made from a ticket; a document that grows.
//! 5. [`parallel_steps`]: two parallel steps, and the same machine made to resume after a failure.

#![deny(missing_docs)]

/// The code of the README is tested.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}

pub mod hhvm_build;
pub mod order_fulfilment;
pub mod parallel_steps;
pub mod single_pass;
pub mod zendesk_article;

use stepwright::{Registry, registry};

/// All example workflows, for the commands of `cargo xtask`.
pub fn registry() -> Registry {
    registry![
        order_fulfilment::order_fulfilment,
        hhvm_build::hhvm_build,
        single_pass::single_pass,
        zendesk_article::zendesk_create_article,
        parallel_steps::parallel_state_machine,
        parallel_steps::parallel_state_machine_with_go_to_state,
    ]
}
