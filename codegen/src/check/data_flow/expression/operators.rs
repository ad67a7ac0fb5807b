//! Arithmetic, comparisons, text, and the logical operators.

use jsonata_core::ast::{AstNode, BinaryOp};

use super::quote::quoted;
use super::truth::{Truth, equality};
use super::value::Value;
use super::walk::Walk;
use crate::check::data_flow::fault::Fault;
use crate::check::data_flow::shape::{Kinds, Shape};
use crate::diagnostic::Code;

/// How many texts are put together.
const MOST_TEXTS: usize = 8;

/// How many bytes a text that is put together may have: one that is put together with itself again and again has no end.
const LONGEST_TEXT: usize = 1_000;

impl Walk<'_> {
    pub(super) fn binary(&mut self, op: BinaryOp, lhs: &AstNode, rhs: &AstNode) -> Value {
        match op {
            BinaryOp::And => return self.logical(lhs, rhs, false),
            BinaryOp::Or => return self.logical(lhs, rhs, true),
            BinaryOp::ChainPipe => return self.chained(lhs, rhs),
            BinaryOp::ColonEqual
            | BinaryOp::FocusBind
            | BinaryOp::IndexBind
            | BinaryOp::Coalesce
            | BinaryOp::Default => return Value::UNKNOWN,
            _ => {}
        }
        let (left, right) = (self.operand(lhs, "its left side"), self.operand(rhs, "its right side"));
        if left.value.is_never() || right.value.is_never() {
            return Value::NEVER;
        }
        let sides = (&left.value.shape, &right.value.shape);
        match op {
            BinaryOp::Equal => Value::plain(equal(sides.0, sides.1).shape()),
            BinaryOp::NotEqual => {
                let equal = equality(sides.0, sides.1);
                let may_be_absent = sides.0.may_be_absent() || sides.1.may_be_absent();
                let unequal = Truth { may_be_false: equal.may_be_true || may_be_absent, ..equal.inverted() };
                Value::plain(unequal.shape())
            }
            BinaryOp::In => Value::plain(Shape::BOOLEAN),
            BinaryOp::Concatenate => Value::plain(concatenated(sides.0, sides.1)),
            BinaryOp::Range => self.range(&left, &right),
            BinaryOp::LessThan => self.compared("<", &left, &right),
            BinaryOp::LessThanOrEqual => self.compared("<=", &left, &right),
            BinaryOp::GreaterThan => self.compared(">", &left, &right),
            BinaryOp::GreaterThanOrEqual => self.compared(">=", &left, &right),
            BinaryOp::Add => self.calculated("+", &left, &right, |left, right| left + right),
            BinaryOp::Subtract => self.calculated("-", &left, &right, |left, right| left - right),
            BinaryOp::Multiply => self.calculated("*", &left, &right, |left, right| left * right),
            BinaryOp::Divide => self.calculated("/", &left, &right, |left, right| left / right),
            BinaryOp::Modulo => self.calculated("%", &left, &right, |left, right| left % right),
            _ => Value::UNKNOWN,
        }
    }

    fn operand<'n>(&mut self, node: &'n AstNode, side: &'static str) -> Operand<'n> {
        Operand { node, value: self.value(node), side }
    }

    fn calculated(
        &mut self,
        operator: &str,
        left: &Operand<'_>,
        right: &Operand<'_>,
        calculate: impl Fn(f64, f64) -> f64,
    ) -> Value {
        if let Some(fault) = wrong_operand(operator, &[left, right], Kinds::NUMBER, "numbers") {
            return self.fail(fault);
        }
        let (left, right) = (&left.value, &right.value);
        let may_be_absent = left.may_be_absent() || right.may_be_absent();
        if left.shape.is_absent() || right.shape.is_absent() {
            return Value::ABSENT;
        }
        let number = match (left.shape.known_number(), right.shape.known_number()) {
            (Some(left), Some(right)) => Shape::number(calculate(left, right)),
            _ => Shape::NUMBER,
        };
        Value::plain(if may_be_absent { number.optional() } else { number })
    }

    pub(super) fn negated(&mut self, operand: &AstNode) -> Value {
        let operand = self.operand(operand, "what follows it");
        if operand.value.is_never() {
            return Value::NEVER;
        }
        if let Some(fault) = wrong_operand("-", &[&operand], Kinds::NUMBER, "a number") {
            return self.fail(fault);
        }
        let value = operand.value;
        let numbers = match value.shape.known_number() {
            Some(number) => Shape::number(-number),
            None => Shape::of(value.shape.kinds.and(Kinds::NUMBER.or(Kinds::ABSENT))),
        };
        Value::plain(numbers)
    }

    fn range(&mut self, left: &Operand<'_>, right: &Operand<'_>) -> Value {
        // The engine at hand takes null here.
        let taken = Kinds::NUMBER.or(Kinds::NULL);
        if let Some(fault) = wrong_operand("..", &[left, right], taken, "whole numbers") {
            return self.fail(fault);
        }
        Value::made(Shape::list(Shape::NUMBER).join(&Shape::NUMBER).optional())
    }

    fn compared(&mut self, operator: &str, left: &Operand<'_>, right: &Operand<'_>) -> Value {
        let taken = Kinds::NUMBER.or(Kinds::TEXT);
        if let Some(fault) = wrong_operand(operator, &[left, right], taken, "numbers or strings") {
            return self.fail(fault);
        }
        let kinds = (left.value.shape.kinds, right.value.shape.kinds);
        let both = kinds.0.or(kinds.1).and(taken.or(Kinds::ABSENT));
        let common = kinds.0.and(kinds.1).and(taken);
        let may_be_absent = both.has(Kinds::ABSENT);
        if common == Kinds::NONE {
            if may_be_absent {
                return Value::ABSENT;
            }
            let text = if kinds.0.has(Kinds::TEXT) { left } else { right };
            let message =
                format!("`{operator}` takes values of one type, but {} and {}", left.says(), right.says());
            return self.fail(Fault::new(Code::WrongOperand, message).origin(text.value.shape.origin));
        }
        let result = Value::plain(Shape::BOOLEAN);
        if may_be_absent { result.optional() } else { result }
    }

    /// `and` and `or`, which stop at what decides them.
    fn logical(&mut self, lhs: &AstNode, rhs: &AstNode, decides: bool) -> Value {
        let left = self.value(lhs).truth();
        let (stops, goes_on) = if decides {
            (left.may_be_true, left.may_be_false)
        } else {
            (left.may_be_false, left.may_be_true)
        };
        let stopped = if stops { Shape::boolean(decides) } else { Shape::NEVER };
        if !goes_on {
            return Value::plain(stopped);
        }
        let right = self.perhaps(|walk| walk.value(rhs)).truth();
        Value::plain(stopped.join(&right.shape()))
    }

    pub(super) fn inverted(&mut self, operand: &AstNode) -> Value {
        Value::plain(self.value(operand).truth().inverted().shape())
    }
}

/// `=`: nothing equals nothing.
fn equal(left: &Shape, right: &Shape) -> Truth {
    let equal = equality(left, right);
    let may_be_absent = left.may_be_absent() || right.may_be_absent();
    Truth { may_be_false: equal.may_be_false || may_be_absent, ..equal }
}

/// Says which operand cannot be worked with, whatever it is.
fn wrong_operand(operator: &str, operands: &[&Operand<'_>], taken: Kinds, title: &str) -> Option<Fault> {
    let is_wrong = |operand: &&&Operand<'_>| operand.value.shape.is_none_of(taken.or(Kinds::ABSENT));
    let wrong = operands.iter().find(is_wrong)?;
    let message = format!("`{operator}` takes {title}, but {}", wrong.says());
    Some(Fault::new(Code::WrongOperand, message).origin(wrong.value.shape.origin))
}

/// What an operator works on.
struct Operand<'s> {
    node: &'s AstNode,
    value: Value,
    /// What to call it if it is too long to be quoted.
    side: &'static str,
}

impl Operand<'_> {
    /// "`$states.input.name` is a string".
    fn says(&self) -> String {
        says(self.node, &self.value.shape, self.side)
    }
}

/// What a part of an expression is, in words.
pub(super) fn says(node: &AstNode, shape: &Shape, otherwise: &str) -> String {
    match node {
        AstNode::String(_) | AstNode::Number(_) | AstNode::Boolean(_) | AstNode::Null => {
            format!(
                "{} is {}",
                quoted(node).unwrap_or_else(|| otherwise.to_owned()),
                shape.present().kinds.title()
            )
        }
        _ => format!("{} is {}", quoted(node).unwrap_or_else(|| otherwise.to_owned()), shape.title()),
    }
}

fn concatenated(left: &Shape, right: &Shape) -> Shape {
    let texts = || {
        let (left, right) = (as_texts(left)?, as_texts(right)?);
        let longest = |texts: &[String]| texts.iter().map(String::len).max().unwrap_or(0);
        if left.len() * right.len() > MOST_TEXTS || longest(&left) + longest(&right) > LONGEST_TEXT {
            return None;
        }
        let both = left.iter().flat_map(|left| right.iter().map(move |right| format!("{left}{right}")));
        Some(both.collect::<Vec<_>>())
    };
    match texts() {
        Some(texts) => texts.iter().fold(Shape::NEVER, |all, text| all.join(&Shape::text(text))),
        None => Shape::TEXT,
    }
}

/// As texts, if all are known.
fn as_texts(shape: &Shape) -> Option<Vec<String>> {
    if !shape.kinds.only(Kinds::ABSENT.or(Kinds::NULL).or(Kinds::BOOLEAN).or(Kinds::TEXT)) {
        return None;
    }
    let mut texts: Vec<String> =
        [(Kinds::ABSENT, ""), (Kinds::NULL, "null"), (Kinds::TRUE, "true"), (Kinds::FALSE, "false")]
            .into_iter()
            .filter(|(kind, _)| shape.kinds.has(*kind))
            .map(|(_, text)| text.to_owned())
            .collect();
    if shape.kinds.has(Kinds::TEXT) {
        texts.extend(shape.only(Kinds::TEXT).known_texts()?.iter().map(ToString::to_string));
    }
    Some(texts)
}
