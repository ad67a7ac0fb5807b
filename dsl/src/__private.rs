//! What the macros expand to. No part of the public interface: it changes with every version.
#![allow(missing_docs, reason = "not for users")]

use std::panic::Location;

pub use {schemars, serde, serde_json};

pub use crate::cases::{Arms, Chosen, Wire, arms};
pub use crate::data::NoFields;
pub use crate::expr::operators::{
    add, and, div, eq, ge, gt, if_else, le, lt, mul, ne, neg, not, or, rem, sub,
};
pub use crate::plan::{Expression, Kind, Presence, TaskInput};
pub use crate::workflow::{WorkflowDefinition, workflow, workflow_without_input};

use crate::data::Data;
use crate::expr::raw::with_values;
use crate::expr::{Expr, Fits, Formattable, IntoExpr, Operand, tree};
use crate::plan;
use crate::refs::Ref;
use crate::task::{Task, TaskFn};

/// The type that a `Ref` refers to.
#[diagnostic::on_unimplemented(
    message = "the input of a workflow is a `Ref`, not a `{Self}`",
    label = "write `Ref<{Self}>`"
)]
pub trait IsRef {
    type Data: Data;
}

#[diagnostic::do_not_recommend]
impl<T: Data> IsRef for Ref<T> {
    type Data = T;
}

pub fn field<T: Data, F: Data>(of: Ref<T>, wire_name: &'static str) -> Ref<F> {
    of.field(wire_name)
}

/// A value seen as another type that has the same JSON.
pub fn retyped<T: Data, F: Data>(this: Ref<T>) -> Ref<F> {
    this.retyped()
}

/// A Choice without the rule of an arm that no variant takes.
pub fn without_arm<V, W>(choice: crate::Choice<'_, V>) -> crate::Choice<'_, W> {
    choice.retyped()
}

/// The fields of a newtype are those of what it wraps.
pub fn transparent<T: Data, F: Data>(this: Ref<T>) -> F::Refs {
    F::refs(this.retyped())
}

pub fn record<T: Data>(fields: Vec<(&'static str, Presence, Expression)>) -> Expr<T> {
    let fields =
        fields.into_iter().map(|(name, presence, value)| (name.to_owned(), presence, value)).collect();
    Expr::new(Expression::Object(fields))
}

pub use crate::context::task_token;

pub fn into_expr<T: Data>(value: impl Fits<T>) -> Expr<T> {
    value.fit()
}

#[track_caller]
pub fn task<F: TaskFn>(input: TaskInput) -> Task<'static, F::Output> {
    let definition = F::DEFINITION;
    let mut work = plan::Task::of(&definition, input);
    if F::WAITS_FOR_TOKEN {
        work.wait_for_task_token();
    }
    Task::new(work, definition.state, Location::caller())
}

/// The body of a `#[task]` function that did not expand; it is never run, because the crate does not compile.
pub fn task_fallback<T>() -> T {
    unreachable!("a malformed #[task] does not compile")
}

pub fn condition(value: impl IntoExpr<bool>) -> Expr<bool> {
    value.into_expr()
}

pub fn expression<A: Operand>(value: A) -> Expr<A::Data> {
    value.into_expr()
}

#[derive(Debug)]
pub struct FormatPart(Expression);

pub fn format_part<A: Operand<Data: Formattable>>(value: A) -> FormatPart {
    FormatPart(tree::<A::Data>(value))
}

pub fn format(pieces: &[&'static str], values: Vec<FormatPart>) -> Expr<String> {
    if let (&[text], true) = (pieces, values.is_empty()) {
        return Expr::new(Expression::Literal(text.into()));
    }
    let pieces = pieces.iter().map(|piece| (*piece).to_owned()).collect();
    Expr::new(Expression::Format {
        pieces,
        values: values.into_iter().map(|FormatPart(value)| value).collect(),
    })
}

/// `data!({ … })`.
pub fn json_object(fields: Vec<(&'static str, Expression)>) -> Expression {
    let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), Presence::Always, value));
    Expression::Object(fields.collect())
}

/// `data!([ … ])`.
pub fn json_array(items: Vec<Expression>) -> Expression {
    Expression::Array(items)
}

/// `null` inside of `data!`.
pub fn json_null() -> Expression {
    Expression::Literal(serde_json::Value::Null)
}

/// A value inside of `data!`.
pub fn json_value<A: Operand>(value: A) -> Expression {
    tree::<A::Data>(value)
}

/// The whole of `data!` with free-form JSON.
pub fn json(tree: Expression) -> Expr<serde_json::Value> {
    Expr::new(tree)
}

/// A text in JSONata with values in it.
#[track_caller]
pub fn jsonata<T: Data>(pieces: &[&'static str], values: Vec<(&'static str, Expression)>) -> Expr<T> {
    with_values(pieces.iter().map(|piece| (*piece).to_owned()).collect(), values)
}
