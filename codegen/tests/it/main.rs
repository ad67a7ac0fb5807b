//! Tests through the public API.

mod asl_corpora;
mod asl_properties;
mod asl_read;
mod asl_write;
mod benchmarks;
mod check_diagnostics;
mod check_scale;
mod coverage;
mod data_corpora;
mod docs;
mod lower;
mod lower_properties;
mod meaning;
mod mutations;
mod random_workflows;
mod typed_results;
