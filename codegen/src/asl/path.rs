//! The grammar of Paths: `$.order.lines[0]`, `$$.Execution.Id`, `$variable.field`.
//!
//! The service reads Paths with the Java library Jayway `JsonPath`, and what that takes is a Path here: filters, slices,
//! unions, wildcards and `..`. Spec: "Paths", "Reference Paths".
//!
//! ```
//! use stepwright_codegen::asl::path::{Path, Root};
//!
//! let path = Path::read("$order.lines[*].price")?;
//! assert_eq!(path.root, Root::Variable("order".to_owned()));
//! assert!(!path.is_definite());
//! assert!(Path::read("$.order.").is_err());
//! # Ok::<(), String>(())
//! ```

mod filter;
mod names;
mod operator;
mod parse;
mod steps;

pub use filter::{Operand, Predicate};
pub use names::{continues_variable, starts_variable};
pub use operator::Operator;
pub use steps::{Path, Root, Step};
