//! How a variable counts, in both query languages: what is added to it, and what it is compared with.

use jsonata_core::ast::{AstNode, BinaryOp};
use serde_json::Value;

use crate::asl::intrinsic::{Argument, Call, Function};
use crate::asl::path::{Path, Root};
use crate::asl::{Comparison, OrExpression, QueryLanguage, RuleTest, Test};
use crate::check::index::{Index, StateEntry};
use crate::check::texts::{Syntax, Text, of_state};
use crate::diagnostic::push_token;

/// What a test says of a variable that only grows.
pub(crate) struct Bound<'m> {
    pub(crate) variable: &'m str,
    /// The test is true from this number on, and not before.
    pub(crate) until_true: Option<i64>,
    /// The test is false from this number on, and not before.
    pub(crate) until_false: Option<i64>,
}

/// What an assignment does to a variable.
#[derive(Clone, Copy)]
pub(crate) enum Step {
    /// It is given a number.
    To(i64),
    /// A number is added.
    By(i64),
}

/// The bound that a rule of a Choice is.
pub(crate) fn bound<'m>(index: &Index<'m>, entry: &StateEntry<'m>, test: &'m RuleTest) -> Option<Bound<'m>> {
    match test {
        RuleTest::Condition(OrExpression::Expression(condition)) => {
            let texts = of_state(&index.texts, entry.number);
            // Texts that are the same have the same syntax.
            match &texts.iter().find(|text| text.content == condition)?.syntax {
                Syntax::Expression(_, syntax) => of_condition(index, entry, syntax),
                _ => None,
            }
        }
        RuleTest::Test(Test::Data { variable, comparison }) => {
            let (op, number) = match comparison {
                Comparison::NumericEquals(number) => (BinaryOp::Equal, number),
                Comparison::NumericLessThan(number) => (BinaryOp::LessThan, number),
                Comparison::NumericLessThanEquals(number) => (BinaryOp::LessThanOrEqual, number),
                Comparison::NumericGreaterThan(number) => (BinaryOp::GreaterThan, number),
                Comparison::NumericGreaterThanEquals(number) => (BinaryOp::GreaterThanOrEqual, number),
                _ => return None,
            };
            let name = variable.strip_prefix('$')?;
            let variable = declared(index, entry, name)?;
            compared(variable, op, number.as_i64()?)
        }
        RuleTest::Test(Test::Not(inner)) => {
            let Test::Data { variable, comparison } = &inner.test else { return None };
            let Comparison::NumericEquals(number) = comparison else { return None };
            let variable = declared(index, entry, variable.strip_prefix('$')?)?;
            compared(variable, BinaryOp::NotEqual, number.as_i64()?)
        }
        RuleTest::Condition(OrExpression::Constant(_)) | RuleTest::Test(_) => None,
    }
}

fn of_condition<'m>(index: &Index<'m>, entry: &StateEntry<'m>, syntax: &AstNode) -> Option<Bound<'m>> {
    let AstNode::Binary { op, lhs, rhs } = unwrapped(syntax) else { return None };
    match (unwrapped(lhs), unwrapped(rhs)) {
        (AstNode::Variable(name), AstNode::Number(number)) => {
            compared(declared(index, entry, name)?, *op, whole(*number)?)
        }
        (AstNode::Number(number), AstNode::Variable(name)) => {
            compared(declared(index, entry, name)?, turned(*op), whole(*number)?)
        }
        _ => None,
    }
}

/// The name of a variable that the scope of a state assigns itself.
fn declared<'m>(index: &Index<'m>, entry: &StateEntry<'m>, name: &str) -> Option<&'m str> {
    index.variables().scopes[entry.scope].assigned.get_key_value(name).map(|(name, _)| *name)
}

fn compared(variable: &str, op: BinaryOp, number: i64) -> Option<Bound<'_>> {
    let (until_true, until_false) = match op {
        BinaryOp::LessThan | BinaryOp::NotEqual => (None, Some(number)),
        BinaryOp::LessThanOrEqual => (None, Some(number.checked_add(1)?)),
        BinaryOp::GreaterThan => (Some(number.checked_add(1)?), None),
        BinaryOp::GreaterThanOrEqual | BinaryOp::Equal => (Some(number), None),
        _ => return None,
    };
    Some(Bound { variable, until_true, until_false })
}

/// The comparison with its sides exchanged.
fn turned(op: BinaryOp) -> BinaryOp {
    match op {
        BinaryOp::LessThan => BinaryOp::GreaterThan,
        BinaryOp::LessThanOrEqual => BinaryOp::GreaterThanOrEqual,
        BinaryOp::GreaterThan => BinaryOp::LessThan,
        BinaryOp::GreaterThanOrEqual => BinaryOp::LessThanOrEqual,
        other => other,
    }
}

/// What a member of an `Assign` does to the variable; `None` for anything but counting.
pub(crate) fn step(
    index: &Index<'_>,
    entry: &StateEntry<'_>,
    assign: &str,
    key: &str,
    value: &Value,
    variable: &str,
) -> Option<Step> {
    let is_text = value.is_string() && (entry.language == QueryLanguage::Jsonata || key.ends_with(".$"));
    if !is_text {
        return super::whole(value).map(Step::To);
    }
    let mut pointer = entry.at(assign);
    push_token(&mut pointer, key);
    match &Finder::new(index, entry).text_at(&pointer)?.syntax {
        Syntax::Call(call) => added_by_call(call, variable).map(Step::By),
        Syntax::Expression(_, syntax) => match unwrapped(syntax) {
            AstNode::Number(number) => whole(*number).map(Step::To),
            syntax => added(syntax, variable).map(Step::By),
        },
        _ => None,
    }
}

fn added(syntax: &AstNode, variable: &str) -> Option<i64> {
    let AstNode::Binary { op: BinaryOp::Add, lhs, rhs } = syntax else { return None };
    let number = match (unwrapped(lhs), unwrapped(rhs)) {
        (AstNode::Variable(name), AstNode::Number(number))
        | (AstNode::Number(number), AstNode::Variable(name))
            if name == variable =>
        {
            *number
        }
        _ => return None,
    };
    whole(number).filter(|number| *number > 0)
}

fn added_by_call(call: &Call, variable: &str) -> Option<i64> {
    let is_variable = |text: &str| {
        Path::read(text).is_ok_and(|path| {
            path.steps.is_empty() && matches!(&path.root, Root::Variable(name) if name == variable)
        })
    };
    let number = match (call.function, call.arguments.as_slice()) {
        (
            Function::MathAdd,
            [Argument::Path(path), Argument::Literal(number)]
            | [Argument::Literal(number), Argument::Path(path)],
        ) if is_variable(path) => number,
        _ => return None,
    };
    number.as_i64().filter(|number| *number > 0)
}

/// What stands in parentheses.
fn unwrapped(mut syntax: &AstNode) -> &AstNode {
    while let AstNode::Block(items) = syntax
        && let [one] = items.as_slice()
    {
        syntax = one;
    }
    syntax
}

#[expect(clippy::cast_possible_truncation, reason = "such a number is whole and not large")]
pub(super) fn whole(number: f64) -> Option<i64> {
    const LARGEST: f64 = 1e15;
    (number.fract() == 0.0 && number.abs() < LARGEST).then_some(number as i64)
}

/// Finds texts of a state by their pointers, and at once if they are asked for in their order.
pub(crate) struct Finder<'i, 'm> {
    texts: &'i [Text<'m>],
    next: usize,
}

impl<'i, 'm> Finder<'i, 'm> {
    pub(crate) fn new(index: &'i Index<'m>, entry: &StateEntry<'_>) -> Self {
        Self { texts: of_state(&index.texts, entry.number), next: 0 }
    }

    /// The text at a pointer.
    pub(crate) fn text_at(&mut self, pointer: &str) -> Option<&'i Text<'m>> {
        let mut order = (self.next..self.texts.len()).chain(0..self.next);
        let found = order.find(|at| self.texts[*at].pointer() == pointer)?;
        self.next = found + 1;
        Some(&self.texts[found])
    }
}
