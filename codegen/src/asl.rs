//! The Amazon States Language: a complete model, its reader and its writer.
//!
//! Every field of both query languages has its place, deprecated ones included, and nothing is converted: what is read
//! is written again. Structs mirror the language, field names and units included; `Option` tells an absent field from a
//! present one, and a JSON `null` that means something is a value of its own. Whether a machine makes sense is not
//! asked here but in [`check`](crate::check).
//!
//! ```
//! use stepwright_codegen::asl;
//!
//! let text = r#"{ "StartAt": "Done", "States": { "Done": { "Type": "Succeed" } } }"#;
//! let document = asl::read(text).expect("the text is a state machine");
//! assert_eq!(document.machine().start_at, "Done");
//! assert_eq!(asl::read(&asl::to_json(document.machine())).expect("it is written"), document);
//! ```

mod choice;
mod comparison;
mod document;
mod enums;
mod fields;
mod handlers;
pub mod intrinsic;
mod items;
mod json;
mod leaf;
mod machine;
mod map;
mod object;
mod parallel;
pub mod path;
mod read;
mod state;
mod task;
mod value;
mod write;

pub use choice::{Choice, ChoiceRule, NestedTest, RuleTest, Test};
pub use comparison::Comparison;
pub use document::{Document, locate, read};
pub use enums::{
    CsvDelimiter, CsvHeaderLocation, ExecutionType, InputType, JitterStrategy, ManifestType, OutputType,
    ProcessorMode, QueryLanguage, ReaderTransformation, WriterTransformation,
};
pub use fields::fields;
pub use handlers::{Catcher, Retrier};
pub use items::{ItemBatcher, ItemReader, ReaderConfig, ResultWriter, WriterConfig};
pub use leaf::{Fail, Pass, Succeed, Wait};
pub use machine::{Branch, ItemProcessor, ProcessorConfig, Scope, StateMachine};
pub use map::Map;
pub use parallel::Parallel;
pub use state::{State, StateKind, StateType, Transition, TransitionField};
pub use task::Task;
pub use value::{NullablePath, OrExpression, is_expression};
pub use write::{to_json, to_value};

pub(crate) use object::{Cause, Demand, Demands, Shape};
pub(crate) use read::nearest;
pub(crate) use write::write_compact;
