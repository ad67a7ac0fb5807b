//! AWS services that Step Functions calls by itself.

pub mod sns;
