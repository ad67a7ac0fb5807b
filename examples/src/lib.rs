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
//! 7. [`table_write`]: an item written to a table.
//! 8. [`zendesk_article`]: an article made from a ticket; a document that grows.
//! 9. [`release_approval`]: people are asked when a load test was not good enough.
//! 10. [`run_tests`]: a build that is awaited, and what came of its tests.
//! 11. [`calculation`]: `lambda:invoke` without its envelope.
//! 12. [`emr_workflow`]: steps on a cluster that is there, or made for it.
//! 13. [`parallel_steps`]: two parallel steps, and the same machine made to resume after a failure.
//!
//! Systems that articles describe:
//!
//! 14. [`canary_rollout`]: a version takes over step by step, or not at all; two parts are pluggable.
//! 15. [`ticket_escalation`]: a ticket becomes more urgent until it is closed; an enum with a Wait for each of its values.
//! 16. [`process_ticket`]: the same with a child: a Standard workflow that waits, an Express workflow that works.

#![deny(missing_docs)]

/// The code of the README is tested.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}

pub mod calculation;
pub mod canary_rollout;
pub mod cost_controls;
pub mod emr_workflow;
pub mod hhvm_build;
pub mod lambda_pool;
pub mod order_fulfilment;
pub mod parallel_steps;
pub mod process_ticket;
pub mod release_approval;
pub mod run_tests;
pub mod single_pass;
pub mod table_write;
pub mod ticket_escalation;
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
        table_write::table_write,
        zendesk_article::zendesk_create_article,
        release_approval::release_approval,
        run_tests::codebuild_run_tests,
        calculation::calculation_state_machine,
        emr_workflow::emr_workflow,
        parallel_steps::parallel_state_machine,
        parallel_steps::parallel_state_machine_with_go_to_state,
        canary_rollout::canary_rollout,
        canary_rollout::canary_rollout_with_functions,
        ticket_escalation::ticket_escalation,
        process_ticket::process_ticket,
        process_ticket::ticket_with_child,
    ]
}
