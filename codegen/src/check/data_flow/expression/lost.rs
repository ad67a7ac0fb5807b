//! Where a path comes to nothing.

use std::fmt::Write;

use jsonata_core::ast::{AstNode, BinaryOp, PathStep, Stage};

use super::Surroundings;
use super::items::{Given, Items};
use super::path::{followed, literal_index};
use super::value::Value;
use crate::check::data_flow::shape::Shape;

/// A step of a path for which there is nothing.
pub(crate) struct Lost {
    pub(crate) step: LostStep,
    /// What has no such member, or no such element.
    pub(crate) of: Shape,
    /// The path up to it, as in `$states.input.order`.
    pub(crate) path: String,
}

/// What is not there.
#[derive(Debug, PartialEq)]
pub(crate) enum LostStep {
    /// A member of that name.
    Name(String),
    /// An element.
    Element(i64),
}

/// At which name an expression comes to nothing: one that is nothing but a path, or is worked out from such paths.
pub(crate) fn lost(syntax: &AstNode, surroundings: &Surroundings<'_>) -> Option<Lost> {
    lost_in(syntax, surroundings, DEEPEST)
}

/// How deep operators and calls are looked into.
const DEEPEST: usize = 16;

fn lost_in(syntax: &AstNode, surroundings: &Surroundings<'_>, depth: usize) -> Option<Lost> {
    let inner = |node: &AstNode| lost_in(node, surroundings, depth.checked_sub(1)?);
    match syntax {
        AstNode::Binary { op, lhs, rhs } if needs_both(*op) => inner(lhs).or_else(|| inner(rhs)),
        AstNode::Function { args, .. } => inner(args.first()?),
        _ => lost_on_path(syntax, surroundings),
    }
}

/// Whether an operator gives nothing if one of its operands is nothing.
fn needs_both(op: BinaryOp) -> bool {
    use BinaryOp::{
        Add, Divide, GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual, Modulo, Multiply, Subtract,
    };
    let calculates = matches!(op, Add | Subtract | Multiply | Divide | Modulo);
    calculates || matches!(op, LessThan | LessThanOrEqual | GreaterThan | GreaterThanOrEqual)
}

fn lost_on_path(syntax: &AstNode, surroundings: &Surroundings<'_>) -> Option<Lost> {
    let (variable, steps) = plain_path(syntax)?;
    let shape = match variable {
        "states" => surroundings.states.clone(),
        name => (surroundings.variable)(name),
    };
    let mut value = Value::plain(shape);
    let mut path = format!("${variable}");
    for step in steps {
        let AstNode::Name(name) = &step.node else { return None };
        let next = followed(&value, step)?;
        if next.shape.is_absent() && !value.shape.is_absent() {
            let member = Given::member(&value, name).finish(&Items::one(Value::ABSENT), false);
            return match step.stages.as_slice() {
                // The name may be there, and only what is chosen of it is not.
                [Stage::Filter(predicate)] if !member.shape.is_absent() => {
                    let step = LostStep::Element(literal_index(predicate)?);
                    Some(Lost { step, of: member.shape, path: format!("{path}.{name}") })
                }
                [_, ..] if !member.shape.is_absent() => None,
                _ => Some(Lost { step: LostStep::Name(name.clone()), of: value.shape, path }),
            };
        }
        path.push('.');
        path.push_str(name);
        for stage in &step.stages {
            if let Stage::Filter(predicate) = stage
                && let Some(index) = literal_index(predicate)
            {
                let _ = write!(path, "[{index}]");
            }
        }
        value = next;
    }
    None
}

/// The variable that a path starts with, and its further steps.
pub(super) fn plain_path(syntax: &AstNode) -> Option<(&str, &[PathStep])> {
    match syntax {
        AstNode::Block(parts) => match parts.as_slice() {
            [one] => plain_path(one),
            _ => None,
        },
        AstNode::Path { steps } => match steps.split_first()? {
            (PathStep { node: AstNode::Variable(name), stages, .. }, rest) if stages.is_empty() => {
                Some((name.as_str(), rest)).filter(|(name, _)| !name.is_empty() && *name != "$")
            }
            _ => None,
        },
        _ => None,
    }
}
