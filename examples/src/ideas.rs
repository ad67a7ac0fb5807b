//! One idea each, on a page. The example in the docs of each module is its test.

pub mod branches;
pub mod callback;
pub mod distributed;
pub mod enums;
pub mod errors;
pub mod languages;
pub mod lists;
pub mod loops;
pub mod migration;
pub mod nested;
pub mod options;
pub mod prototypes;
pub mod release;
