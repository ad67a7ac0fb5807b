//! Everything that states hold in strings to be evaluated: Paths, calls of Intrinsic Functions, JSONata. Read once, for all
//! rules.

mod collect;
mod expression;
mod functions;
mod known;
mod place;

pub(crate) use collect::collect;
pub(crate) use expression::Expression;
pub(crate) use functions::{functions, is_function};

use std::rc::Rc;

use jsonata_core::ast::AstNode;

use crate::asl::intrinsic::{self, Call};
use crate::asl::path::{Path, Root, Step};
use crate::check::texts::place::Place;

/// A string with a meaning of its own.
pub(crate) struct Text<'m> {
    /// The number of its state.
    pub(crate) state: usize,
    place: Place<'m>,
    /// The string, `{%` and `%}` included.
    pub(crate) content: &'m str,
    /// What it should be.
    pub(crate) takes: Takes,
    /// When it is evaluated.
    pub(crate) when: When,
    /// Whether it only asks if something is there: the `Variable` of `IsPresent`.
    pub(crate) is_test: bool,
    /// What it is.
    pub(crate) syntax: Syntax,
    /// The Paths among the arguments of the calls in it, in the order of the text; of one that cannot be read, why.
    pub(crate) arguments: Vec<Argument>,
}

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    /// A Path.
    Path,
    /// A Reference Path.
    ReferencePath,
    /// A Reference Path into the input, to be written to.
    ResultPath,
    /// A Path or a call of an Intrinsic Function.
    PathOrCall,
    /// Any value, which is not evaluated: a field of a Payload Template without `.$`.
    Literal,
    /// JSONata.
    Expression,
}

/// When a field is evaluated, which decides what it can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// Before the state's work is done, or instead of it.
    Before,
    /// After it.
    After,
    /// After an error was caught.
    Caught,
}

/// A text, read.
pub(crate) enum Syntax {
    /// A Path; shared by all texts that are the same.
    Path(Rc<Path>),
    /// A call of an Intrinsic Function.
    Call(Call),
    /// JSONata: what it reads and calls, and its syntax; shared by all texts that are the same.
    Expression(Rc<Expression>, Rc<AstNode>),
    /// No Path, and why.
    BadPath(String),
    /// No call, and why.
    BadCall(String),
    /// No JSONata: at which character, and why.
    BadExpression(usize, String),
    /// Begins or ends as JSONata, but not both.
    HalfExpression,
    /// Neither a Path nor a call, or no text at all.
    Neither,
    /// Not known until a substitution is made, or of no interest.
    Unknown,
}

/// A Path among the arguments of a call; of one that cannot be read, why.
pub(crate) type Argument = Result<Rc<Path>, String>;

/// The texts of a state, of those of all states in order.
pub(crate) fn of_state<'t, 'm>(texts: &'t [Text<'m>], state: usize) -> &'t [Text<'m>] {
    let first = texts.partition_point(|text| text.state < state);
    let end = texts.partition_point(|text| text.state <= state);
    &texts[first..end]
}

impl Text<'_> {
    /// Its JSON pointer.
    pub(crate) fn pointer(&self) -> String {
        self.place.pointer()
    }

    /// All Paths in it: its own, or the arguments of calls. What the service makes of Paths in filters is not known.
    pub(crate) fn paths(&self, mut visit: impl FnMut(&Path)) {
        if let Syntax::Path(path) = &self.syntax {
            visit(path);
        }
        self.arguments.iter().flatten().for_each(|path| visit(path));
    }

    /// The expression that it is.
    pub(crate) fn expression(&self) -> Option<&Expression> {
        match &self.syntax {
            Syntax::Expression(expression, _) => Some(expression),
            Syntax::Path(_)
            | Syntax::Call(_)
            | Syntax::BadPath(_)
            | Syntax::BadCall(_)
            | Syntax::BadExpression(..)
            | Syntax::HalfExpression
            | Syntax::Neither
            | Syntax::Unknown => None,
        }
    }

    /// The variables that it reads, each with whether the text certainly fails without it.
    pub(crate) fn variables(&self, mut visit: impl FnMut(&str, bool)) {
        if let Some(expression) = self.expression() {
            expression.variables.iter().for_each(|read| visit(&read.name, read.is_whole));
        }
        self.paths(|path| {
            if let Root::Variable(name) = &path.root {
                visit(name, true);
            }
        });
    }

    /// What it reads of the Context Object: the names of the members on the way, as far as they are known, and whether the
    /// text certainly fails without it.
    pub(crate) fn contexts(&self, mut visit: impl FnMut(&[String], bool)) {
        if let Some(expression) = self.expression() {
            for read in &expression.states {
                if let Some((first, members)) = read.members.split_first()
                    && first == "context"
                {
                    visit(members, read.is_whole);
                }
            }
        }
        self.paths(|path| {
            if path.root == Root::Context {
                visit(&member_names(&path.steps), path.is_definite());
            }
        });
    }
}

/// The names with which a Path begins.
fn member_names(steps: &[Step]) -> Vec<String> {
    let names = steps.iter().map_while(|step| match step {
        Step::Names(names) if names.len() == 1 => names.first().cloned(),
        Step::Names(_)
        | Step::Indices(_)
        | Step::Slice { .. }
        | Step::All
        | Step::Below
        | Step::Filter(_)
        | Step::Function(_) => None,
    });
    names.collect()
}

/// The arguments of a call and of the calls in them, in the order of the text.
// Calls nest ten deep, which has a rule of its own; the grammar allows for not many more.
fn arguments(call: &Call) -> Vec<&intrinsic::Argument> {
    let mut found = Vec::with_capacity(call.arguments.len());
    for argument in &call.arguments {
        found.push(argument);
        if let intrinsic::Argument::Call(inner) = argument {
            found.extend(arguments(inner));
        }
    }
    found
}

/// The Paths among the arguments of a call and of the calls in them, in the order of the text.
pub(crate) fn paths(call: &Call) -> impl Iterator<Item = &str> {
    arguments(call).into_iter().filter_map(|argument| match argument {
        intrinsic::Argument::Path(text) => Some(text.as_str()),
        intrinsic::Argument::Call(_) | intrinsic::Argument::Text(_) | intrinsic::Argument::Literal(_) => None,
    })
}
