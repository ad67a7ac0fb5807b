//! Arithmetic, comparisons, text, and the logical operators.

use jsonata_core::ast::{AstNode, BinaryOp};

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
        let (left, right) = (self.value(lhs), self.value(rhs));
        if left.is_never() || right.is_never() {
            return Value::NEVER;
        }
        match op {
            BinaryOp::Equal => Value::plain(equal(&left.shape, &right.shape).shape()),
            BinaryOp::NotEqual => {
                let equal = equality(&left.shape, &right.shape);
                let may_be_absent = left.may_be_absent() || right.may_be_absent();
                let unequal = Truth { may_be_false: equal.may_be_true || may_be_absent, ..equal.inverted() };
                Value::plain(unequal.shape())
            }
            BinaryOp::In => Value::plain(Shape::BOOLEAN),
            BinaryOp::Concatenate => Value::plain(concatenated(&left.shape, &right.shape)),
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

    fn calculated(
        &mut self,
        operator: &str,
        left: &Value,
        right: &Value,
        calculate: impl Fn(f64, f64) -> f64,
    ) -> Value {
        if let Some(fault) = wrong_operand(operator, &[left, right], Kinds::NUMBER, "numbers") {
            return self.fail(fault);
        }
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
        let value = self.value(operand);
        if value.is_never() {
            return Value::NEVER;
        }
        if let Some(fault) = wrong_operand("-", &[&value], Kinds::NUMBER, "a number") {
            return self.fail(fault);
        }
        let numbers = match value.shape.known_number() {
            Some(number) => Shape::number(-number),
            None => Shape::of(value.shape.kinds.and(Kinds::NUMBER.or(Kinds::ABSENT))),
        };
        Value::plain(numbers)
    }

    fn range(&mut self, left: &Value, right: &Value) -> Value {
        // The engine at hand takes null here.
        let taken = Kinds::NUMBER.or(Kinds::NULL);
        if let Some(fault) = wrong_operand("..", &[left, right], taken, "whole numbers") {
            return self.fail(fault);
        }
        Value::made(Shape::list(Shape::NUMBER).join(&Shape::NUMBER).optional())
    }

    fn compared(&mut self, operator: &str, left: &Value, right: &Value) -> Value {
        let taken = Kinds::NUMBER.or(Kinds::TEXT);
        if let Some(fault) = wrong_operand(operator, &[left, right], taken, "numbers or strings") {
            return self.fail(fault);
        }
        let both = left.shape.kinds.or(right.shape.kinds).and(taken.or(Kinds::ABSENT));
        let common = left.shape.kinds.and(right.shape.kinds).and(taken);
        let may_be_absent = both.has(Kinds::ABSENT);
        if common == Kinds::NONE {
            if may_be_absent {
                return Value::ABSENT;
            }
            let text = if left.shape.kinds.has(Kinds::TEXT) { left } else { right };
            let message = format!("`{operator}` compares a string with a number");
            return self.fail(Fault::new(Code::WrongOperand, message).origin(text.shape.origin));
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
fn wrong_operand(operator: &str, operands: &[&Value], taken: Kinds, title: &str) -> Option<Fault> {
    let wrong = operands.iter().find(|operand| operand.shape.is_none_of(taken.or(Kinds::ABSENT)))?;
    let message = format!("`{operator}` takes {title}, not {}", wrong.shape.kinds.title());
    Some(Fault::new(Code::WrongOperand, message).origin(wrong.shape.origin))
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
