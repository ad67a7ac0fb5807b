//! Everything that the examples emit, locked by snapshots in the folder `snapshots` of the repository; and the functions
//! behind the release build.

mod emitted;
mod golden;
mod hhvm_lambdas;
mod hhvm_simulated;
mod order_simulated;
mod parallel_steps;
mod zendesk_article;
