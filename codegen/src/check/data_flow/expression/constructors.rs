//! Arrays and objects that an expression writes down, and groups.

use jsonata_core::ast::{AstNode, Stage};

use super::items::{Items, MANY};
use super::value::Value;
use super::walk::Walk;
use crate::check::data_flow::fault::Fault;
use crate::check::data_flow::shape::{Kinds, Shape};
use crate::diagnostic::Code;

impl Walk<'_> {
    /// `[…]`: what is nothing vanishes, and arrays that are not written down within come apart.
    pub(super) fn array(&mut self, elements: &[AstNode]) -> Value {
        let mut known = Some(Vec::new());
        let mut all = Items { item: Value::plain(Shape::NEVER), least: 0, most: 0 };
        let mut fails = false;
        for element in elements {
            let value = self.value(element);
            fails |= value.is_never();
            let is_whole = is_written_down(element);
            let items = if is_whole { whole(&value) } else { Items::of(&value.with_plain()) };
            let certain = match (is_whole, value.shape.known_elements()) {
                (false, Some(elements)) => Some(elements.to_vec()),
                _ if items.most == 0 => Some(Vec::new()),
                _ if items.least == 1 && items.most == 1 && (is_whole || !value.may_be_array()) => {
                    Some(vec![value.shape.clone()])
                }
                _ => None,
            };
            known = known.zip(certain).map(|(mut known, more)| {
                known.extend(more);
                known
            });
            if items.most > 0 {
                all = Items { item: all.item.join(&items.item), least: 0, most: MANY };
            }
            all.item.is_plain &= value.is_plain;
        }
        if fails {
            return Value::NEVER;
        }
        let shape = match known {
            Some(known) => Shape::tuple(known),
            None => Shape::list(all.item.shape.clone()),
        };
        Value { shape, is_plain: all.item.is_plain }
    }

    /// `{…}`: what is nothing is left out.
    pub(super) fn object(&mut self, members: &[(AstNode, AstNode)]) -> Value {
        // Of an array, the members with one name are put together.
        if self.focus.may_be_array() {
            return self.perhaps(|walk| walk.with_focus(Value::UNKNOWN, |walk| walk.members(members)));
        }
        self.members(members)
    }

    fn members(&mut self, members: &[(AstNode, AstNode)]) -> Value {
        let mut known = Vec::new();
        let mut others: Option<Shape> = None;
        let mut is_plain = true;
        for (name, value) in members {
            let name = self.value(name);
            let value = self.member_value(&name, value);
            if name.shape.is_none_of(Kinds::TEXT.or(Kinds::ABSENT)) {
                let message = format!("a name in an object is a string, not {}", name.shape.kinds.title());
                return self.fail(Fault::new(Code::WrongOperand, message).origin(name.shape.origin));
            }
            if name.is_never() || value.is_never() {
                return Value::NEVER;
            }
            is_plain &= value.is_plain;
            match name.shape.known_texts() {
                Some([name]) => known.push((name.clone(), value.shape)),
                _ => others = Some(others.unwrap_or(Shape::NEVER).join(&value.shape.present())),
            }
        }
        Value { shape: Shape::object_with(known, others), is_plain }
    }

    /// The value of a member, which is not evaluated if the name is nothing.
    fn member_value(&mut self, name: &Value, value: &AstNode) -> Value {
        if !name.may_be_absent() {
            return self.value(value);
        }
        if name.shape.is_absent() { Value::ABSENT } else { self.perhaps(|walk| walk.value(value)).optional() }
    }

    /// `input{…}`.
    pub(super) fn grouped(&mut self, input: &AstNode) -> Value {
        let input = self.value(input);
        if input.is_never() {
            return Value::NEVER;
        }
        let group = Value { shape: Shape::OBJECT, is_plain: false };
        let may_be_empty = Items::of(&input).least == 0;
        if may_be_empty { group.optional() } else { group }
    }

    /// `input^(…)`.
    pub(super) fn sorted(&mut self, input: &AstNode, terms: &[(AstNode, bool)]) -> Value {
        let input = self.value(input);
        if input.is_never() {
            return Value::NEVER;
        }
        let items = Items::of(&input);
        self.perhaps(|walk| {
            walk.with_focus(items.item.clone(), |walk| {
                terms.iter().for_each(|(term, _)| drop(walk.value(term)));
            });
        });
        let mut sorted = Value::made(Shape::list(items.item.shape.clone())).join(&items.value(false));
        if !input.may_be_absent() && items.least > 0 {
            sorted = sorted.present();
        }
        sorted
    }
}

/// Whether it is an array constructor, with or without predicates.
fn is_written_down(node: &AstNode) -> bool {
    match node {
        AstNode::Array(_) | AstNode::ArrayGroup(_) => true,
        AstNode::Path { steps } => match steps.as_slice() {
            [step] => {
                let is_index = |stage: &Stage| matches!(stage, Stage::Index(_));
                is_written_down(&step.node) && step.index_var.is_none() && !step.stages.iter().any(is_index)
            }
            _ => false,
        },
        _ => false,
    }
}

/// An array that does not come apart.
fn whole(value: &Value) -> Items {
    Items {
        item: value.present(),
        least: usize::from(!value.may_be_absent()),
        most: usize::from(!value.shape.is_absent()),
    }
}

impl Value {
    /// In an array that is written down, it does not matter how an array was made.
    fn with_plain(&self) -> Self {
        Self::plain(self.shape.clone())
    }
}
