//! Everything that the examples emit, locked by snapshots in the folder `snapshots` of the repository; and the functions
//! behind the release build.

mod build_action;
mod calculation;
mod canary_rollout;
mod ci_pipeline;
mod cost_controls;
mod document_matcher;
mod emitted;
mod emr_workflow;
mod golden;
mod hello;
mod hhvm_lambdas;
mod hhvm_simulated;
mod hpc_scheduler;
mod incident_response;
mod lambda_pool;
mod order_simulated;
mod parallel_steps;
mod process_ticket;
mod release_approval;
mod run_tests;
mod sigma_build;
mod stock_trader;
mod table_import;
mod table_write;
mod ticket_escalation;
mod ui_tests;
mod zendesk_article;
