//! States, by what they do.

use super::{
    Body, Expression, Map, Place, ResultSelector, RustLocation, Scope, Seconds, Task, TypeFacts, ValueId,
};
use crate::error::ErrorName;
use crate::name::StateName;
use crate::retry::Retrier;

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
