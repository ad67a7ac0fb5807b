//! The walk over the nodes of an expression, and what is in scope on the way.

use std::collections::BTreeMap;

use jsonata_core::ast::{AstNode, BinaryOp, UnaryOp};

use super::Surroundings;
use super::items::{Given, Items};
use super::names::{Bound, bound};
use super::value::Value;
use crate::check::data_flow::fault::Fault;
use crate::check::data_flow::shape::Shape;
use crate::check::texts::is_function;

/// How deep expressions are followed; what is deeper is unknown.
const DEEPEST: usize = 48;

/// How many nodes are visited.
const MOST_NODES: usize = 20_000;

pub(super) struct Walk<'s> {
    surroundings: &'s Surroundings<'s>,
    report: &'s mut dyn FnMut(Fault),
    bound: BTreeMap<String, Bound>,
    /// The names in scope, the innermost last.
    scope: Vec<(String, Value)>,
    /// `$`, which names are members of.
    pub(super) focus: Value,
    /// Whether the part is evaluated whenever all of it is.
    is_certain: bool,
    /// Whether the part is only asked whether it is there.
    pub(super) is_asked: bool,
    depth: usize,
    nodes: usize,
}

impl<'s> Walk<'s> {
    pub(super) fn new(
        syntax: &AstNode,
        surroundings: &'s Surroundings<'s>,
        report: &'s mut dyn FnMut(Fault),
    ) -> Self {
        Self {
            surroundings,
            report,
            bound: if surroundings.binds { bound(syntax) } else { BTreeMap::new() },
            scope: Vec::new(),
            focus: Value::ABSENT,
            is_certain: true,
            is_asked: false,
            depth: 0,
            nodes: 0,
        }
    }

    pub(super) fn value(&mut self, node: &AstNode) -> Value {
        if self.depth == DEEPEST || self.nodes == MOST_NODES {
            return Value::UNKNOWN;
        }
        self.depth += 1;
        self.nodes += 1;
        let value = self.value_of_kind(node);
        self.depth -= 1;
        value
    }

    fn value_of_kind(&mut self, node: &AstNode) -> Value {
        match node {
            AstNode::String(text) => Value::plain(Shape::text(text)),
            AstNode::Number(number) => Value::plain(Shape::number(*number)),
            AstNode::Boolean(value) => Value::plain(Shape::boolean(*value)),
            AstNode::Null => Value::plain(Shape::literal(&serde_json::Value::Null)),
            AstNode::Undefined => Value::ABSENT,
            AstNode::Name(name) => Given::member(&self.focus, name).finish(&Items::one(Value::ABSENT), false),
            AstNode::Variable(name) => self.variable(name),
            AstNode::Path { steps } => self.path(steps),
            AstNode::Function { name, args, is_builtin } => self.call(name, args, *is_builtin),
            AstNode::Call { procedure, args } => {
                self.value(procedure);
                args.iter().for_each(|argument| drop(self.value(argument)));
                Value::UNKNOWN
            }
            AstNode::Lambda { params, body, .. } => {
                self.body(params, body, &[]);
                Value::UNKNOWN
            }
            AstNode::Binary { op: BinaryOp::ColonEqual, lhs, rhs } => self.bind(lhs, rhs),
            AstNode::Binary { op, lhs, rhs } => self.binary(*op, lhs, rhs),
            AstNode::Unary { op: UnaryOp::Negate, operand } => self.negated(operand),
            AstNode::Unary { op: UnaryOp::Not, operand } => self.inverted(operand),
            AstNode::Array(elements) | AstNode::ArrayGroup(elements) => self.array(elements),
            AstNode::Object(members) => self.object(members),
            AstNode::ObjectTransform { input, .. } => self.grouped(input),
            AstNode::Block(parts) => self.block(parts),
            AstNode::Conditional { condition, then_branch, else_branch } => {
                self.conditional(condition, then_branch, else_branch.as_deref())
            }
            AstNode::FunctionApplication(inner) => self.value(inner),
            AstNode::Sort { input, terms } => self.sorted(input, terms),
            // A function, what only the engine can follow, or what is an error elsewhere.
            AstNode::Placeholder
            | AstNode::Regex { .. }
            | AstNode::ParentVariable(_)
            | AstNode::Wildcard
            | AstNode::Descendant
            | AstNode::Parent(_)
            | AstNode::Transform { .. } => Value::UNKNOWN,
        }
    }

    fn variable(&self, name: &str) -> Value {
        if name.is_empty() {
            return self.focus.clone();
        }
        match (self.bound.get(name), self.scope.iter().rfind(|(known, _)| known == name)) {
            (Some(Bound::Parameter | Bound::Once), Some((_, value))) => value.clone(),
            (Some(_), _) => Value::UNKNOWN,
            (None, _) if name == "states" => Value::plain(self.surroundings.states.clone()),
            (None, _) if name == "$" || is_function(name) => Value::UNKNOWN,
            (None, _) => Value::plain((self.surroundings.variable)(name)),
        }
    }

    /// Whether the expression binds the name somewhere.
    pub(super) fn binds(&self, name: &str) -> bool {
        self.bound.contains_key(name)
    }

    fn bind(&mut self, name: &AstNode, value: &AstNode) -> Value {
        let value = self.value(value);
        if let AstNode::Variable(name) = name {
            self.scope.push((name.clone(), value.clone()));
        }
        value
    }

    fn block(&mut self, parts: &[AstNode]) -> Value {
        let outside = self.scope.len();
        let mut value = Value::ABSENT;
        let mut fails = false;
        for part in parts {
            value = self.value(part);
            fails |= value.is_never();
        }
        self.scope.truncate(outside);
        if fails { Value::NEVER } else { value }
    }

    fn conditional(
        &mut self,
        condition: &AstNode,
        then_branch: &AstNode,
        else_branch: Option<&AstNode>,
    ) -> Value {
        let was_asked = self.is_asked;
        self.is_asked |= matches!(condition, AstNode::Path { .. });
        let condition = self.value(condition);
        self.is_asked = was_asked;
        let truth = condition.truth();
        let otherwise = |walk: &mut Self| else_branch.map_or(Value::ABSENT, |node| walk.value(node));
        match (truth.may_be_true, truth.may_be_false) {
            (false, false) => Value::NEVER,
            (true, false) => self.value(then_branch),
            (false, true) => otherwise(self),
            (true, true) => {
                let value = self.perhaps(|walk| walk.value(then_branch));
                value.join(&self.perhaps(otherwise))
            }
        }
    }

    /// The result of the body of a function, called with such values; what is not given is unknown.
    pub(super) fn body(&mut self, parameters: &[String], body: &AstNode, arguments: &[Value]) -> Value {
        let outside = self.scope.len();
        for (index, name) in parameters.iter().enumerate() {
            let value = arguments.get(index).cloned().unwrap_or(Value::UNKNOWN);
            self.scope.push((name.trim_start_matches('$').to_owned(), value));
        }
        let value = self.perhaps(|walk| walk.with_focus(Value::UNKNOWN, |walk| walk.value(body)));
        self.scope.truncate(outside);
        value
    }

    /// What may not be evaluated.
    pub(super) fn perhaps<T>(&mut self, part: impl FnOnce(&mut Self) -> T) -> T {
        let is_certain = std::mem::replace(&mut self.is_certain, false);
        let result = part(self);
        self.is_certain = is_certain;
        result
    }

    /// With another `$`.
    pub(super) fn with_focus<T>(&mut self, focus: Value, part: impl FnOnce(&mut Self) -> T) -> T {
        let outside = std::mem::replace(&mut self.focus, focus);
        let result = part(self);
        self.focus = outside;
        result
    }

    /// Reports a fault; the part gives no value then.
    pub(super) fn fail(&mut self, fault: Fault) -> Value {
        (self.report)(Fault { is_certain: fault.is_certain && self.is_certain, ..fault });
        Value::NEVER
    }
}
