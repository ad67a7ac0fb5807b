//! What a condition says of the input of its state.

use jsonata_core::ast::{AstNode, BinaryOp, PathStep};

use super::lost::plain_path;
use super::truth::equality;
use super::value::Value;
use crate::check::data_flow::shape::{Kinds, Shape};

/// How deep conditions are followed.
const DEEPEST: usize = 16;

/// Those values of `$states.input` with which a condition can come out true, or not.
///
/// What is not true is false or nothing.
pub(crate) fn narrow(condition: &AstNode, is_true: bool, input: &Shape) -> Shape {
    narrowed(condition, is_true, input, DEEPEST)
}

fn narrowed(condition: &AstNode, is_true: bool, input: &Shape, depth: usize) -> Shape {
    if depth == 0 {
        return input.clone();
    }
    let narrowed = |node: &AstNode, is_true: bool, input: &Shape| narrowed(node, is_true, input, depth - 1);
    match condition {
        AstNode::Block(parts) => match parts.as_slice() {
            [one] => narrowed(one, is_true, input),
            _ => input.clone(),
        },
        AstNode::Binary { op: BinaryOp::And, lhs, rhs } => both(lhs, rhs, is_true, input, narrowed),
        // One is true: they are not both false.
        AstNode::Binary { op: BinaryOp::Or, lhs, rhs } => {
            both(lhs, rhs, !is_true, input, |node, is_true, input| narrowed(node, !is_true, input))
        }
        AstNode::Function { name, args, is_builtin: true } => match (name.as_str(), args.as_slice()) {
            ("exists", [path]) => refined(path, input, &|shape: &Shape| {
                shape.only(if is_true { Kinds::PRESENT } else { Kinds::ABSENT })
            }),
            ("not", [test]) if is_true || is_boolean(test) => narrowed(test, !is_true, input),
            ("boolean", [test]) => narrowed(test, is_true, input),
            _ => input.clone(),
        },
        AstNode::Binary { op, lhs, rhs } => compared(*op, lhs, rhs, is_true, input),
        AstNode::Path { .. } => refined(condition, input, &|shape: &Shape| tested(shape, is_true)),
        _ => input.clone(),
    }
}

fn both(
    lhs: &AstNode,
    rhs: &AstNode,
    is_true: bool,
    input: &Shape,
    narrowed: impl Fn(&AstNode, bool, &Shape) -> Shape,
) -> Shape {
    let first = narrowed(lhs, true, input);
    let second = narrowed(rhs, is_true, &first);
    if is_true { second } else { narrowed(lhs, false, input).join(&second) }
}

/// Whether it is never nothing, which is neither true nor not.
fn is_boolean(test: &AstNode) -> bool {
    match test {
        AstNode::Block(parts) => matches!(parts.as_slice(), [one] if is_boolean(one)),
        AstNode::Binary { op, .. } => {
            use BinaryOp::{And, Equal, In, NotEqual, Or};
            matches!(op, And | Or | Equal | NotEqual | In)
        }
        AstNode::Function { name, is_builtin, .. } => *is_builtin && name == "exists",
        _ => false,
    }
}

fn compared(op: BinaryOp, lhs: &AstNode, rhs: &AstNode, is_true: bool, input: &Shape) -> Shape {
    let (path, constant) = match (literal(lhs), literal(rhs)) {
        (None, Some(constant)) => (lhs, constant),
        (Some(constant), None) => (rhs, constant),
        _ => return input.clone(),
    };
    match op {
        BinaryOp::Equal if is_true => refined(path, input, &|shape: &Shape| equal(shape, &constant)),
        BinaryOp::Equal => refined(path, input, &|shape: &Shape| unequal(shape, &constant)),
        BinaryOp::NotEqual if is_true => {
            refined(path, input, &|shape: &Shape| unequal(&shape.present(), &constant))
        }
        BinaryOp::NotEqual => {
            refined(path, input, &|shape: &Shape| equal(shape, &constant).join(&shape.only(Kinds::ABSENT)))
        }
        BinaryOp::LessThan
        | BinaryOp::LessThanOrEqual
        | BinaryOp::GreaterThan
        | BinaryOp::GreaterThanOrEqual => {
            // Values of other types are an error.
            let nothing = if is_true { Kinds::NONE } else { Kinds::ABSENT };
            refined(path, input, &|shape: &Shape| shape.only(constant.kinds.or(nothing)))
        }
        _ => input.clone(),
    }
}

fn literal(node: &AstNode) -> Option<Shape> {
    match node {
        AstNode::String(text) => Some(Shape::text(text)),
        AstNode::Number(number) => Some(Shape::number(*number)),
        AstNode::Boolean(value) => Some(Shape::boolean(*value)),
        AstNode::Null => Some(Shape::of(Kinds::NULL)),
        _ => None,
    }
}

fn equal(shape: &Shape, constant: &Shape) -> Shape {
    if !equality(shape, constant).may_be_true {
        return Shape::NEVER;
    }
    match shape.origin {
        Some(origin) => constant.clone().or_from(origin),
        None => constant.clone(),
    }
}

fn unequal(shape: &Shape, constant: &Shape) -> Shape {
    let same = shape.only(constant.kinds);
    if !same.is_never() && !equality(&same, constant).may_be_false {
        return shape.without(constant.kinds);
    }
    match constant.known_texts() {
        Some([text]) => shape.with_texts(|known| *known != **text),
        _ => shape.clone(),
    }
}

/// What is true, or not, as a test.
fn tested(shape: &Shape, is_true: bool) -> Shape {
    let kinds = [
        Kinds::ABSENT,
        Kinds::NULL,
        Kinds::FALSE,
        Kinds::TRUE,
        Kinds::NUMBER,
        Kinds::TEXT,
        Kinds::ARRAY,
        Kinds::OBJECT,
    ];
    let passing = kinds.into_iter().filter(|kind| {
        let truth = Value::plain(shape.only(*kind)).truth();
        if is_true { truth.may_be_true } else { truth.may_be_false }
    });
    let passing = shape.only(passing.fold(Kinds::NONE, Kinds::or));
    passing.with_texts(|text| text.is_empty() != is_true)
}

/// The input whose value at a path is so.
fn refined(path: &AstNode, input: &Shape, refine: &dyn Fn(&Shape) -> Shape) -> Shape {
    let names = plain_path(path).filter(|(variable, _)| *variable == "states").and_then(|(_, steps)| {
        let names: Option<Vec<&str>> = steps.iter().map(plain_name).collect();
        names
    });
    match names.as_deref() {
        Some(["input", names @ ..]) => refined_below(input, names, refine),
        _ => input.clone(),
    }
}

fn plain_name(step: &PathStep) -> Option<&str> {
    let is_plain = step.stages.is_empty() && step.focus.is_none() && step.index_var.is_none();
    match &step.node {
        AstNode::Name(name) if is_plain => Some(name),
        _ => None,
    }
}

fn refined_below(shape: &Shape, names: &[&str], refine: &dyn Fn(&Shape) -> Shape) -> Shape {
    let Some((name, rest)) = names.split_first() else { return refine(shape) };
    let objects = shape.only(Kinds::OBJECT);
    let mut others = shape.without(Kinds::OBJECT);
    // Arrays are mapped over, and left as they are; of all else there is nothing at the end of the path.
    if !refine(&Shape::ABSENT).may_be_absent() {
        others = others.only(Kinds::ARRAY);
    }
    if objects.is_never() {
        return others;
    }
    let member = objects.member(name);
    let refined = refined_below(&member, rest, refine);
    if refined.is_never() {
        others
    } else if refined == member {
        others.join(&objects)
    } else {
        others.join(&objects.with_member(name, refined))
    }
}
