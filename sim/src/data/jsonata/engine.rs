//! Runs expressions that are more than a reference.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::rc::Rc;

use indexmap::IndexMap;
use jsonata_core::ast::AstNode;
use jsonata_core::evaluator::{Context, Evaluator, EvaluatorError, EvaluatorOptions};
use jsonata_core::parser;
use jsonata_core::value::JValue;
use serde_json::Value;

use crate::data::jsonata::convert::{from_engine, to_engine};
use crate::data::jsonata::functions;
use crate::data::jsonata::mentions::{Mentions, StatesMember};
use crate::data::view::View;

/// Why an expression gives nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Problem {
    /// The result is undefined.
    Undefined,
    /// The result is no JSON, but a function.
    Unsupported,
    /// An error with code and text.
    Thrown(String),
}

/// The service stops after one second of its own. Ours is longer, as nothing but an endless expression should meet it:
/// the outcome must not depend on the machine.
///
/// The engine looks at the clock between its steps, and has no limit for memory: lists and texts that double in every step take
/// gigabytes until then, and a single call, such as a `$pad` to a length without bounds, takes what it takes.
const TIMEOUT_MILLIS: u64 = 10_000;

/// How deep an expression may nest and recurse. The service stops at 100, and counts one level more for all of it:
/// a sum of 100 terms works there, one of 101 does not.
const MAX_STACK: usize = 99;

/// How many items a sequence may have before the service runs out of the memory it grants, as measured there.
const MAX_SEQUENCE: usize = 873_782;

/// What the service says when an expression needs too much of it.
pub(super) const MEMORY: &str = "Expression evaluation memory limit exceeded";

/// What is said where the service would say something else.
const PANIC: &str = "The engine of the simulator cannot evaluate it";

/// How many expressions are kept after parsing.
const MAX_PARSED: usize = 1_000;

type Parsed = IndexMap<String, Result<Rc<AstNode>, String>>;

thread_local! {
    /// Expressions that have been parsed: a Map evaluates the same ones for each of its items.
    static PARSED: RefCell<Parsed> = RefCell::new(Parsed::new());
}

/// Evaluates an expression without delimiters.
pub(super) fn evaluate(expression: &str, view: &View<'_>) -> Result<Value, Problem> {
    let tree = parse(expression)?;
    let mentions = Mentions::of(expression);
    let names_time = mentions.names_time(); // Then there is a block around the expression, one level.
    let options = EvaluatorOptions {
        timeout_ms: Some(TIMEOUT_MILLIS),
        max_stack_depth: Some(MAX_STACK + usize::from(names_time)),
        max_sequence_length: Some(MAX_SEQUENCE),
        ..EvaluatorOptions::default()
    };
    let mut evaluator = Evaluator::with_options(context(&mentions, view), options);
    functions::register(&mut evaluator, &mentions, view).map_err(thrown)?;
    let timed;
    let tree = if names_time {
        timed = with_time(&tree, view)?;
        &timed
    } else {
        &*tree
    };
    // The engine has panics of its own, for pictures of times that make no sense: they end the expression, not the simulation.
    match panic::catch_unwind(AssertUnwindSafe(|| evaluator.evaluate(tree, &JValue::Undefined))) {
        Ok(Ok(JValue::Undefined)) => Err(Problem::Undefined),
        Ok(Ok(result)) => from_engine(&result),
        Ok(Err(error)) => Err(thrown(error)),
        Err(_) => Err(Problem::Thrown(PANIC.to_owned())),
    }
}

fn parse(expression: &str) -> Result<Rc<AstNode>, Problem> {
    PARSED.with_borrow_mut(|parsed| {
        if let Some(known) = parsed.get(expression) {
            return known.clone().map_err(Problem::Thrown);
        }
        let tree = parser::parse(expression).map(Rc::new).map_err(|error| error.to_string());
        if parsed.len() == MAX_PARSED {
            parsed.clear();
        }
        parsed.insert(expression.to_owned(), tree.clone());
        tree.map_err(Problem::Thrown)
    })
}

/// The variables and the parts of `$states` that the expression mentions. What it does not mention is not converted.
fn context(mentions: &Mentions<'_>, view: &View<'_>) -> Context {
    let mut context = Context::new();
    for (name, value) in view.variables {
        if mentions.variable(name) {
            context.bind(name.clone(), to_engine(value));
        }
    }
    let members = [
        (StatesMember::Input, Some(view.input)),
        (StatesMember::Context, Some(view.context)),
        (StatesMember::Result, view.result),
        (StatesMember::ErrorOutput, view.error_output),
    ];
    let members = members.into_iter().filter(|(member, _)| mentions.states(*member));
    let states = members.filter_map(|(member, value)| Some((member.name().to_owned(), to_engine(value?))));
    context.bind("states".to_owned(), JValue::object(states.collect()));
    context
}

/// Puts `$now` and `$millis` of the simulation in place of those that read the machine's clock.
fn with_time(tree: &AstNode, view: &View<'_>) -> Result<AstNode, Problem> {
    let millis = functions::now_millis(view);
    let now = format!("$now := function($picture, $zone) {{ $fromMillis({millis}, $picture, $zone) }}");
    let now = parser::parse(&now).map_err(|error| Problem::Thrown(error.to_string()))?;
    let millis = parser::parse(&format!("$millis := function() {{ {millis} }}"));
    let millis = millis.map_err(|error| Problem::Thrown(error.to_string()))?;
    Ok(AstNode::Block(vec![now, millis, tree.clone()]))
}

fn thrown(error: EvaluatorError) -> Problem {
    let message = match error.code() {
        Some("D1012") => "Expression evaluation timeout: Check for infinite loop".to_owned(),
        Some("D2015") => MEMORY.to_owned(),
        Some("D1011" | "U1001") => {
            "Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive. \
             Depth=101 max=100"
                .to_owned()
        }
        // The service does not say which name it was.
        Some("T1006") => "T1006: Attempted to invoke a non-function".to_owned(),
        _ => error.message().to_owned(),
    };
    drop(error);
    Problem::Thrown(message)
}
