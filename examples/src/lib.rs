//! The example workflows of stepwright, in reading order. They are its documentation.
//!
//! 1. [`order_fulfilment`]: a shop's order from payment to parcel, in JSONata. Start here.
//! 2. [`hhvm_build`]: the state machine that builds the releases of HHVM, in JSONPath: conventions, reuse, nested scopes.
//!
//! Small systems:
//!
//! 3. [`lambda_pool`]: a function called once, or for each element of a list; two kinds of errors.
//! 4. [`ui_tests`]: scatter, gather, report; failures that stop nothing.
//! 5. [`cost_controls`]: one action, or a Parallel made from a list of them.
//!
//! Definitions from articles, rewritten; each means the same as the original:
//!
//! 6. [`single_pass`]: the smallest one.
//! 7. [`zendesk_article`]: an article made from a ticket; a document that grows.
//! 8. [`parallel_steps`]: two parallel steps, and the same machine made to resume after a failure.

#![deny(missing_docs)]

/// The code of the README is tested.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}

pub mod cost_controls;
pub mod hhvm_build;
pub mod lambda_pool;
pub mod order_fulfilment;
pub mod parallel_steps;
pub mod single_pass;
pub mod ui_tests;
pub mod zendesk_article;

use stepwright::{Registry, registry};

/// All example workflows, for the commands of `cargo xtask`.
pub fn registry() -> Registry {
    registry![
        order_fulfilment::order_fulfilment,
        hhvm_build::hhvm_build,
        lambda_pool::pool_apply,
        lambda_pool::pool_map,
        ui_tests::ui_test_suite,
        cost_controls::cost_control,
        cost_controls::cost_controls,
        single_pass::single_pass,
        zendesk_article::zendesk_create_article,
        parallel_steps::parallel_state_machine,
        parallel_steps::parallel_state_machine_with_go_to_state,
    ]
}
