//! The example workflows of stepwright. They are its documentation, and a course: read them in this order.
//!
//! # The first hour
//!
//! 1. [`hello`]: a state of each kind that needs no resources. Start here.
//! 2. [`ideas`]: one idea each, on a page, with a test:
//!     * decisions: [branches that are joined](ideas::branches), [optional values](ideas::options), [an enum taken apart](ideas::enums);
//!     * failures: [retry and catch](ideas::errors), [release on every exit](ideas::release);
//!     * time: [a loop with a variable](ideas::loops), [waiting for a callback](ideas::callback);
//!     * data: [expressions over lists](ideas::lists), [a distributed Map over S3](ideas::distributed), [both query
//!       languages](ideas::languages);
//!     * growing: [a nested workflow](ideas::nested), [a prototype that becomes a task](ideas::prototypes).
//! 3. [`order_fulfilment`]: a shop's order from payment to parcel: most of the ideas together.
//!
//! # Small systems
//!
//! 4. [`stock_trader`]: a price, a decision, a record; everything that the deployment knows is a placeholder.
//! 5. [`lambda_pool`]: a function called once, or for each element of a list; two kinds of errors.
//! 6. [`ui_tests`]: scatter, gather, report; failures that stop nothing.
//! 7. [`cost_controls`]: one action, or a Parallel made from a list of them.
//!
//! # Definitions from articles
//!
//! Each means the same as the original.
//!
//! 8. [`single_pass`]: the smallest one.
//! 9. [`table_write`]: an item written to a table.
//! 10. [`zendesk_article`]: an article made from a ticket; a document that grows.
//! 11. [`release_approval`]: people are asked when a load test was not good enough.
//! 12. [`run_tests`]: a build that is awaited, and what came of its tests.
//! 13. [`calculation`]: `lambda:invoke` without its envelope.
//! 14. [`emr_workflow`]: steps on a cluster that is there, or made for it.
//! 15. [`parallel_steps`]: two parallel steps, and the same machine made to resume after a failure.
//!
//! # Systems that articles describe in words
//!
//! 16. [`document_matcher`]: an answer that is an enum, and a Choice that forgets none.
//! 17. [`table_import`]: files into a table, never faster than the table can take it.
//! 18. [`ticket_escalation`]: a ticket becomes more urgent until it is closed; an enum with a Wait for each of its values.
//! 19. [`process_ticket`]: the same with a child: a Standard workflow that waits, an Express workflow that works.
//! 20. [`canary_rollout`]: a version takes over step by step, or not at all; two parts are pluggable.
//! 21. [`incident_response`]: a person is asked; what was done is undone, or stays.
//! 22. [`sigma_build`]: a quick build, and a whole workflow to fall back on.
//!
//! # Big systems
//!
//! 23. [`ci_pipeline`]: every branch of a push is checked, built and put on a test environment; failures are told, not lost.
//! 24. [`build_action`]: an instance that is given back on every exit; strategies; polling; a restart elsewhere.
//! 25. [`hpc_scheduler`]: one execution for each worker machine; loop variables, and going on as another execution.
//! 26. [`hhvm_build`]: the state machine that builds the releases of HHVM, in JSONPath: conventions, reuse, nested scopes.

#![deny(missing_docs)]

/// The code of the README is tested.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}

pub mod build_action;
pub mod calculation;
pub mod canary_rollout;
pub mod ci_pipeline;
pub mod cost_controls;
pub mod document_matcher;
pub mod emr_workflow;
pub mod hello;
pub mod hhvm_build;
pub mod hpc_scheduler;
pub mod ideas;
pub mod incident_response;
pub mod lambda_pool;
pub mod order_fulfilment;
pub mod parallel_steps;
pub mod process_ticket;
pub mod release_approval;
pub mod run_tests;
pub mod sigma_build;
pub mod single_pass;
pub mod stock_trader;
pub mod table_import;
pub mod table_write;
pub mod ticket_escalation;
pub mod ui_tests;
pub mod zendesk_article;

use stepwright::{Registry, registry};

/// All example workflows, for the commands of `cargo xtask`.
pub fn registry() -> Registry {
    registry![
        hello::hello_world,
        ideas::branches::shipping_cost,
        ideas::options::remind,
        ideas::enums::on_upload,
        ideas::errors::convert,
        ideas::release::test_on_instance,
        ideas::loops::await_export,
        ideas::callback::ask_for_leave,
        ideas::lists::invoice,
        ideas::distributed::import_stock,
        ideas::languages::triage_in_jsonata,
        ideas::languages::triage_in_jsonpath,
        ideas::migration::deliver,
        ideas::nested::onboard,
        ideas::nested::onboard_team,
        ideas::prototypes::rate,
        order_fulfilment::order_fulfilment,
        stock_trader::stock_trader,
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
        document_matcher::document_matcher,
        document_matcher::document_review,
        table_import::table_import,
        ticket_escalation::ticket_escalation,
        process_ticket::process_ticket,
        process_ticket::ticket_with_child,
        canary_rollout::canary_rollout,
        canary_rollout::canary_rollout_with_functions,
        incident_response::incident_response,
        sigma_build::sigma_build,
        sigma_build::sigma_full_build,
        ci_pipeline::ci_pipeline,
        build_action::build_on_new_instance,
        build_action::build_on_running_pool,
        build_action::build_on_stopped_pool,
        build_action::build_on_spot,
        hpc_scheduler::hpc_scheduler,
        hhvm_build::hhvm_build,
    ]
}
