//! Everything that the examples emit, locked by snapshots in the folder `snapshots` of the repository; and the functions
//! behind the release build.

mod canary_rollout;
mod cost_controls;
mod emitted;
mod golden;
mod hhvm_lambdas;
mod hhvm_simulated;
mod lambda_pool;
mod order_simulated;
mod parallel_steps;
mod process_ticket;
mod ticket_escalation;
mod ui_tests;
mod zendesk_article;
