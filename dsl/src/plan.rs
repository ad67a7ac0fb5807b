//! The plan: what tracing a workflow yields. A typed tree, every node with the Rust location that it comes from.
//!
//! A plan has the structure of the Rust text (bodies, branches, handlers), not yet that of the state machine; the
//! compiler flattens it, finds a place for each value and prints the expressions in the query language.

mod closure;
mod expression;
mod function;
mod map;
mod place;
mod selector;

use std::collections::BTreeMap;
use std::panic::Location;
use std::time::Duration;

use serde_json::Value as Json;

pub use closure::{BoundId, Closure, Combinator, Jsonata};
pub use expression::{Arithmetic, Comparison, Expression, Kind, Logic, Presence};
pub use function::{Function, TypeTest};
pub use map::{
    Delimiter, Distributed, FileFormat, ItemBatcher, ItemReader, Items, Manifest, Map, OutputType,
    ReaderConfig, ResultWriter, Transformation,
};
pub(crate) use place::fresh_id;
pub use place::{DocumentId, Place, Root, ScopeId, Segment, ValueId};
pub use selector::ResultSelector;

use crate::error::ErrorName;
use crate::name::StateName;
use crate::retry::Retrier;
use crate::task::Integration;
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

/// One state.
#[derive(Debug)]
pub struct State {
    /// Its name.
    pub name: StateName,
    /// Where it is written.
    pub location: RustLocation,
    /// Its `Comment`.
    pub comment: Option<String>,
    /// What it does.
    pub kind: StateKind,
    /// Whether it is a state in JSONata, whatever the language of the machine.
    pub in_jsonata: bool,
    /// What it makes of its result before that is kept. Task, Parallel and Map only.
    pub selector: Option<ResultSelector>,
    /// The value that its result becomes.
    pub result: Option<ValueId>,
    /// Its Retriers.
    pub retry: Vec<Retrier>,
    /// Its Catchers.
    pub catch: Vec<Catcher>,
}

/// What a state does.
#[derive(Debug)]
pub enum StateKind {
    /// Task.
    Task(Task),
    /// Pass, with the value that it gives.
    Pass(Expression),
    /// Pass that keeps only some fields of the document; all of it if `None`.
    Keep(Option<Vec<Kept>>),
    /// Wait.
    Wait(Wait),
    /// Choice.
    Choice(Choice),
    /// Parallel.
    Parallel(Parallel),
    /// Map.
    Map(Map),
    /// Succeed, with the value that its scope then has.
    Succeed(Option<(Expression, TypeFacts)>),
    /// Fail.
    Fail {
        /// The Error Name.
        error: Expression,
        /// The cause.
        cause: Expression,
    },
}

/// A field that the end state of a scope keeps.
#[derive(Debug, Clone)]
pub enum Kept {
    /// A field of the document, as it stands at the end.
    Field(String),
    /// A value, under the name that it has in the document.
    Value(&'static Place),
}

/// A Task.
#[derive(Debug)]
pub struct Task {
    /// What runs.
    pub integration: Integration,
    /// How long the state waits for it.
    pub pattern: Pattern,
    /// The partition in the `Resource` of a service integration, if not `aws`.
    pub partition: Option<&'static str>,
    /// What it is given.
    pub input: TaskInput,
    /// The field of the raw result that holds the value.
    pub result_field: Option<&'static str>,
    /// `TimeoutSeconds`.
    pub timeout: Option<Seconds>,
    /// `HeartbeatSeconds`.
    pub heartbeat: Option<Seconds>,
    /// The role to assume: `Credentials.RoleArn`.
    pub role: Option<Expression>,
    /// The Error Names that the task is known to report.
    pub errors: &'static [ErrorName],
    /// Whether the state's Retriers were written for this task, and not for all tasks of a kind.
    pub own_retry: bool,
    /// What is wrong with its parameters.
    pub(crate) problems: Vec<Problem>,
}

/// How long a Task state waits for what it calls: the last part of the `Resource` of a service integration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// Until the service has answered.
    RequestResponse,
    /// Until the job is done: `.sync`.
    Sync,
    /// The same, with input and output of the nested execution as JSON: `.sync:2`.
    SyncJson,
    /// Until somebody answers the task token: `.waitForTaskToken`.
    TaskToken,
}

impl Pattern {
    /// What the `Resource` ends in.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::RequestResponse => "",
            Self::Sync => ".sync",
            Self::SyncJson => ".sync:2",
            Self::TaskToken => ".waitForTaskToken",
        }
    }
}

/// What a task is given.
#[derive(Debug, Clone)]
pub enum TaskInput {
    /// Nothing in particular: the state's input, as it is.
    Nothing,
    /// An object of named arguments.
    Arguments(Vec<(&'static str, Expression)>),
    /// One value.
    Whole(Expression),
}

/// A number of seconds.
#[derive(Debug, Clone)]
pub enum Seconds {
    /// Known now.
    Constant(Duration),
    /// Read from the data.
    Data(Expression),
}

/// How long a Wait waits.
#[derive(Debug)]
pub enum Wait {
    /// So many seconds.
    Seconds(Seconds),
    /// Until a time, RFC 3339.
    Timestamp(Expression),
}

/// A Choice.
#[derive(Debug)]
pub struct Choice {
    /// The rules, in order.
    pub rules: Vec<Rule>,
    /// What happens when no rule matches; without it the state fails with `States.NoChoiceMatched`.
    pub otherwise: Option<Body>,
}

/// A Choice Rule.
#[derive(Debug)]
pub struct Rule {
    /// When it matches.
    pub condition: Expression,
    /// What happens then.
    pub body: Body,
    /// Its `Comment`.
    pub comment: Option<String>,
    /// Where it is written.
    pub location: RustLocation,
}

/// A Parallel.
#[derive(Debug)]
pub struct Parallel {
    /// What every branch is given, if not what the state is given.
    pub input: Option<Expression>,
    /// The branches, in order.
    pub branches: Vec<Scope>,
}

/// A Catcher.
#[derive(Debug)]
pub struct Catcher {
    /// What it catches.
    pub errors: Vec<ErrorName>,
    /// Its `Comment`.
    pub comment: Option<String>,
    /// Where it is written.
    pub location: RustLocation,
    /// The Error Output.
    pub error: ValueId,
    /// What happens then.
    pub handler: Handler,
}

/// Where a Catcher leads.
#[derive(Debug)]
pub enum Handler {
    /// To states of its own.
    Body(Body),
    /// To the end state of the scope.
    ScopeEnd,
}

/// A value that the workflow names.
#[derive(Debug, Clone)]
pub struct Value {
    /// The scope that it belongs to.
    pub scope: ScopeId,
    /// What it is.
    pub role: Role,
    /// Where it is kept.
    pub slot: Slot,
    /// The field of the raw result that holds it: `Payload` for `lambda:invoke`.
    pub envelope: Option<&'static str>,
    /// Its Rust type.
    pub ty: TypeFacts,
    /// Where it comes from in the Rust text.
    pub location: RustLocation,
}

/// What a [`Value`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The input of a scope.
    Input,
    /// The item of a Map, as its selector sees it.
    Item,
    /// The result of a state.
    Result,
    /// The Error Output of a Catcher.
    Error,
    /// What the branches of a Choice come to.
    Join,
    /// A variable, which can be given other values later.
    Variable,
}

/// Where a [`Value`] is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// Under this name, if anyone reads it.
    Auto(String),
    /// Under this path, always: `results.tarball` in a document, a variable's name in JSONata.
    Path(Vec<String>),
    /// It replaces the whole document, which is what the language does by default.
    Document {
        /// Whether the output says so, because the conventions would keep it elsewhere.
        spelt_out: bool,
    },
}

/// What is known of a Rust type.
#[derive(Debug, Clone, Copy)]
pub struct TypeFacts {
    /// Its name, for messages.
    pub name: fn() -> &'static str,
    /// Its JSON schema.
    pub schema: fn() -> Json,
}

impl TypeFacts {
    /// The facts of a type.
    pub fn of<T: crate::Data>() -> Self {
        Self { name: std::any::type_name::<T>, schema: || schemars::schema_for!(T).to_value() }
    }
}

/// Something that a builder found wrong while the workflow was traced.
#[derive(Debug, Clone)]
pub struct Problem {
    /// What kind.
    pub kind: ProblemKind,
    /// Where.
    pub location: RustLocation,
}

/// The kinds of [`Problem`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// A `choice`, `parallel`, `map` or `repeat` whose last call is missing.
    Unfinished {
        /// The method that began it.
        began: &'static str,
        /// The state's name, where it has one.
        name: Option<StateName>,
        /// The call that is missing.
        missing: &'static str,
    },
    /// A path for `save_as` that is none.
    BadPath {
        /// As written.
        path: String,
    },
    /// A label that was never placed.
    LabelNotPlaced(LabelId),
    /// A label that was placed twice.
    LabelPlacedTwice(LabelId),
    /// `comment` called where no state was added before.
    NothingToComment,
    /// `ends_as` or `end_with` called a second time in a scope, or outside its outermost body.
    SecondEnd,
    /// A task that only gives a sample, as a Pass state. A warning.
    Prototype {
        /// The state's name.
        name: StateName,
    },
    /// A parameter of a task that is given twice.
    ParameterTwice(&'static str),
    /// A parameter that is added to parameters that are no object written in place.
    ParameterOfNoObject(&'static str),
    /// `.sync` with an Express workflow of this name.
    WaitsForExpress(&'static str),
    /// A variable that was made in another scope is set.
    ForeignVariable {
        /// Its name.
        name: String,
        /// Where it was made.
        made: RustLocation,
    },
    /// A comment for a part of a state that has none yet.
    NoPartToComment {
        /// What there is none of: `rule`.
        part: &'static str,
        /// What adds one: `when`.
        added_by: &'static str,
    },
    /// What is selected of a result is said too late.
    SelectsLate {
        /// The method that it must come before.
        after: &'static str,
    },
}
