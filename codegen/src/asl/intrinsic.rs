//! The grammar of Intrinsic Functions: `States.Format('Hello, {}!', $.name)`.
//!
//! Spec: "Intrinsic Functions", "Appendix B".
//!
//! ```
//! use stepwright_codegen::asl::intrinsic::{Argument, Call, Function};
//!
//! let call = Call::read("States.MathAdd($.page, 1)")?;
//! assert_eq!(call.function, Function::MathAdd);
//! assert_eq!(call.arguments[0], Argument::Path("$.page".to_owned()));
//! assert!(Call::read("States.MathAdd($.page").is_err());
//! # Ok::<(), String>(())
//! ```

mod calls;
mod parse;

pub use calls::{Argument, Call, Function, Kind};
