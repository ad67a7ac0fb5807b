//! The plan: what tracing a workflow yields. A typed tree, every node with the Rust location that it comes from.
//!
//! A plan has the structure of the Rust text (bodies, branches, handlers), not yet that of the state machine; the
//! compiler flattens it, finds a place for each value and prints the expressions in the query language.

mod closure;
mod expression;
mod function;
mod map;
mod place;
mod problem;
mod selector;
mod state;
mod task;
mod value;

use std::collections::BTreeMap;
use std::panic::Location;

pub use closure::{BoundId, Closure, Combinator, Jsonata};
pub use expression::{Arithmetic, Comparison, Expression, Kind, Logic, Presence};
pub use function::{Function, TypeTest};
pub use map::{
    Delimiter, Distributed, FileFormat, ItemBatcher, ItemReader, Items, Manifest, Map, OutputType,
    ReaderConfig, ResultWriter, Transformation,
};
pub(crate) use place::fresh_id;
pub use place::{DocumentId, Place, Root, ScopeId, Segment, ValueId};
pub use problem::{Problem, ProblemKind};
pub use selector::ResultSelector;
pub use state::{Catcher, Choice, Handler, Kept, Parallel, Rule, State, StateKind, Wait};
pub use task::{Pattern, Seconds, Task, TaskInput};
pub use value::{Role, Slot, TypeFacts, Value};

use crate::name::StateName;
use crate::workflow::{QueryLanguage, WorkflowType};

/// Where something stands in the user's Rust.
pub type RustLocation = &'static Location<'static>;

/// A whole workflow.
#[derive(Debug)]
pub struct Plan {
    /// The name in CamelCase: `OrderFulfilment`.
    pub name: String,
    /// What the state machine's `Comment` says.
    pub comment: Option<String>,
    /// The query language of the whole machine.
    pub query_language: QueryLanguage,
    /// Whether executions are Standard or Express ones.
    pub workflow_type: WorkflowType,
    /// `TimeoutSeconds` of the whole execution.
    pub timeout_seconds: Option<u32>,
    /// Where the workflow is defined.
    pub location: RustLocation,
    /// The outermost scope.
    pub root: Scope,
    /// Every value that the workflow names.
    pub values: BTreeMap<ValueId, Value>,
    /// Every use of a scope's whole document.
    pub documents: BTreeMap<DocumentId, Document>,
    /// What the builders found wrong.
    pub problems: Vec<Problem>,
}

/// A scope's document, taken for a type.
#[derive(Debug, Clone, Copy)]
pub struct Document {
    /// Whose document.
    pub scope: ScopeId,
    /// What it is taken for.
    pub ty: TypeFacts,
}

/// A nested state machine: the root, a branch of a Parallel or the item processor of a Map.
#[derive(Debug)]
pub struct Scope {
    /// Which scope this is.
    pub id: ScopeId,
    /// The scope's input, if the workflow has a name for it.
    pub input: Option<ValueId>,
    /// The states, and the value that the scope gives.
    pub body: Body,
    /// The states that every path through the scope ends with, where there are such.
    pub end: Option<Body>,
    /// The Rust type of the scope's value.
    pub output: TypeFacts,
    /// The `Comment` of the branch or the item processor; that of the whole machine is the plan's.
    pub comment: Option<String>,
}

/// States in the order of the Rust text, and what they come to.
#[derive(Debug)]
pub struct Body {
    /// The states.
    pub steps: Vec<Step>,
    /// What the closure returned.
    pub outcome: Outcome,
}

/// What a body comes to.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// It goes on, without a value.
    Unit,
    /// It goes on with a value.
    Value(Expression),
    /// It never gets to its end: it fails, succeeds or jumps.
    Never,
}

/// One thing in a body.
#[derive(Debug)]
pub enum Step {
    /// A state.
    State(Box<State>),
    /// A place that can be jumped to.
    Label(LabelId),
    /// A jump.
    Goto(LabelId, RustLocation),
    /// States that are repeated, and the Choice state that decides it.
    Repeat(Box<Repeat>),
    /// A variable is given a value.
    Set(Box<Set>),
}

/// A variable is given a value, on the transitions that lead to what follows.
#[derive(Debug)]
pub struct Set {
    /// The variable.
    pub variable: ValueId,
    /// Its new value.
    pub value: Expression,
    /// On which transitions.
    pub on: SetOn,
    /// What the Pass state is called, where one is needed.
    pub name: Option<StateName>,
    /// Whether a state in JSONata sets it, whatever the language of the machine.
    pub in_jsonata: bool,
    /// Where it is written.
    pub location: RustLocation,
}

/// On which transitions a variable is [`Set`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetOn {
    /// On all that lead to what follows.
    Every,
    /// Only where the state before succeeded, not where an error of it was caught.
    Success,
}

/// States that are repeated until a condition holds.
#[derive(Debug)]
pub struct Repeat {
    /// What is repeated; runs at least once.
    pub body: Body,
    /// The name of the Choice state.
    pub name: StateName,
    /// Where the condition is written.
    pub location: RustLocation,
    /// The condition.
    pub condition: Expression,
    /// What the condition says.
    pub sense: RepeatSense,
    /// Whether the Choice state is one in JSONata, whatever the language of the machine.
    pub in_jsonata: bool,
}

/// What the condition of a [`Repeat`] says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RepeatSense {
    /// `.until(…)`: leave when it holds.
    Until,
    /// `.as_long_as(…)`: go round again when it holds.
    AsLongAs,
}

/// A place that a `goto` can name; unique in the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LabelId(pub(crate) u64);
