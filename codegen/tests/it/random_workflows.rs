//! Random workflows, for the tests of what holds for every workflow.
//!
//! A [`Program`] is what proptest makes and shrinks; [`plan`] traces it as a workflow function would be.

mod builder;
mod data;
mod loops;
mod maps;
mod nested;
mod picks;
mod variables;
mod visible;

use std::cell::RefCell;

use proptest::prelude::*;
use stepwright::plan::Plan;
use stepwright::prelude::*;
use stepwright_codegen::diagnostic::{Code, Diagnostics};

use self::builder::Builder;
use self::data::Record;
pub(crate) use self::picks::Picks;

/// A whole workflow.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    /// The language whose expressions may be used.
    pub(crate) words: Words,
    /// Whether its input is a text, which is no object.
    pub(crate) from_text: bool,
    /// Whether every path ends with the same state, if it does not start from a text.
    pub(crate) with_end: bool,
    /// What it does.
    pub(crate) ops: Vec<Op>,
}

/// Which expressions a workflow uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Words {
    /// Those that both query languages have.
    Both,
    /// All that JSONata has.
    Jsonata,
}

/// One thing that a workflow does. What it reads, how it is retried and so on is drawn from `picks`.
#[derive(Debug, Clone)]
pub(crate) struct Op {
    pub(crate) kind: OpKind,
    pub(crate) picks: u64,
    /// The bodies of what is nested in it: none, one or more.
    pub(crate) bodies: Vec<Vec<Op>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OpKind {
    /// A task: text to text.
    Work,
    /// A task: number to number.
    Count,
    /// A task that is given a whole record.
    Examine,
    /// A task with arguments of all kinds.
    Report,
    /// A task through `lambda:invoke`.
    Invoke,
    /// A task of whose result something is selected.
    Select,
    /// A task that is given nothing in particular.
    Ask,
    Pass,
    /// A Pass state in the place of a task.
    Prototype,
    Wait,
    /// A variable is made.
    Var,
    /// A variable is given another value.
    Set,
    When,
    WhenSome,
    Choice,
    Parallel,
    Map,
    /// What is done in any case.
    Ensure,
    /// `repeat`.
    Repeat,
    /// A jump back.
    Back,
    /// A jump forward.
    Skip,
}

pub(crate) fn program(words: Words) -> impl Strategy<Value = Program> {
    (prop::collection::vec(op(), 0..7), prop::bool::weighted(0.2), prop::bool::weighted(0.2))
        .prop_map(move |(ops, from_text, with_end)| Program { words, from_text, with_end, ops })
}

fn op() -> impl Strategy<Value = Op> {
    use OpKind::*;
    let leaves = prop::sample::select(vec![
        Work, Work, Count, Examine, Report, Invoke, Select, Ask, Pass, Pass, Prototype, Wait, Var, Set, Set,
    ]);
    let leaf = (leaves, any::<u64>()).prop_map(|(kind, picks)| Op { kind, picks, bodies: Vec::new() });
    leaf.prop_recursive(4, 32, 4, |inner| {
        let nested = prop::sample::select(vec![
            When, WhenSome, Choice, Choice, Parallel, Map, Map, Ensure, Repeat, Back, Skip,
        ]);
        let bodies = prop::collection::vec(prop::collection::vec(inner, 0..4), 1..4);
        (nested, any::<u64>(), bodies).prop_map(|(kind, picks, bodies)| Op { kind, picks, bodies })
    })
}

thread_local! {
    /// The workflow function below is a plain function: this is what it builds.
    static PROGRAM: RefCell<Program> = const {
        RefCell::new(Program { words: Words::Both, from_text: false, with_end: false, ops: Vec::new() })
    };
}

#[workflow]
fn random(s: &mut Scope, input: Ref<Record>) -> Expr<String> {
    let program = PROGRAM.with_borrow(Clone::clone);
    Builder::new(program.words).root(s, &program, input)
}

#[workflow]
fn random_from_text(s: &mut Scope, input: Ref<String>) -> Expr<String> {
    let program = PROGRAM.with_borrow(Clone::clone);
    Builder::new(program.words).root_from_text(s, &program.ops, input)
}

/// Traces a workflow.
pub(crate) fn plan(program: &Program) -> Plan {
    PROGRAM.set(program.clone());
    if program.from_text { random_from_text().plan() } else { random().plan() }
}

/// Whether a workflow is refused for what chance made of it: a Choice whose rules contradict the one around it, and which
/// fails where none of them matches.
pub(crate) fn is_refused_rightly(diagnostics: &Diagnostics) -> bool {
    diagnostics.errors().all(|error| error.code == Code::NoRuleMatches)
}
