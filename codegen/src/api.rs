//! The operations of AWS APIs that Task states call: what each takes and answers, in the spelling of Step Functions.
//!
//! [`Call::of`] takes the `Resource` of a state to the operation that it calls, and [`validate`] holds JSON against the
//! shape of what the operation takes or answers. Services and operations that are not in the data are unknown here, not
//! wrong: every look-up then gives `None`.
//!
//! ```
//! use serde_json::json;
//! use stepwright_codegen::api::{Call, Problem, Strictness, validate};
//!
//! let call = Call::of("arn:aws:states:::aws-sdk:s3:getObject").unwrap();
//! assert_eq!(call.operation.name, "GetObject");
//!
//! let answer = json!({ "ContentLength": "9000" });
//! let mismatches = validate(call.operation.output, &answer, Strictness::Present);
//! assert_eq!(mismatches[0].pointer, "/ContentLength");
//! assert_eq!(mismatches[0].problem, Problem::WrongType { expected: "number" });
//! ```

mod catalog;
mod mismatch;
mod model;
mod read;
mod shape;
mod validate;

pub use catalog::{Integration, Service};
pub use mismatch::{Mismatch, Problem};
pub use model::{Call, Operation, Waits};
pub use shape::{Bounds, Member, Shape, ShapeRef, Structure};
pub use validate::{Strictness, validate};
