//! Paths: steps, predicates and indices.

use jsonata_core::ast::{AstNode, PathStep, Stage, UnaryOp};

use super::items::{Given, Items, MANY};
use super::quote::quoted_path;
use super::value::Value;
use super::walk::Walk;
use crate::check::data_flow::fault::Fault;
use crate::check::data_flow::shape::{Kinds, Shape};

impl Walk<'_> {
    pub(super) fn path(&mut self, steps: &[PathStep]) -> Value {
        let Some((last, _)) = steps.split_last() else { return Value::UNKNOWN };
        if steps.iter().any(binds) {
            return Value::UNKNOWN;
        }
        if let [step] = steps
            && !matches!(step.node, AstNode::Name(_) | AstNode::Sort { .. })
        {
            return self.filtered(step);
        }
        let keeps_array = steps.iter().any(keeps_array);
        let mut items = self.first_items(&steps[0].node);
        // What a constructed array at the start leaves if it is empty: itself.
        let mut empty = Value::NEVER;
        for (position, step) in steps.iter().enumerate() {
            let is_first = position == 0;
            if let AstNode::Name(name) = &step.node {
                self.read(name, &items.item, &steps[..position]);
            }
            let given = self.step(step, &items, is_first);
            if std::ptr::eq(step, last) {
                return empty.join(&given.finish(&items, keeps_array));
            }
            if given.is_never() && items.least > 0 {
                return Value::NEVER;
            }
            items = given.collect(&items);
            if is_first && may_be_constructed(&step.node) {
                items = items.fewer();
                let none = Value { shape: Shape::tuple(Vec::new()), is_plain: false };
                empty = Given::value(none).finish(&Items::one(Value::ABSENT), keeps_array);
            }
            if items.most == 0 {
                return empty.join(&Value::ABSENT);
            }
        }
        Value::ABSENT
    }

    /// Warns of a name that the type of a value does not have, and of one that a value certainly lacks which the machine
    /// made, if it looks misspelt.
    fn read(&mut self, name: &str, of: &Value, before: &[PathStep]) {
        if self.is_asked || !of.shape.kinds.has(Kinds::OBJECT.or(Kinds::ARRAY)) || of.shape.is_open() {
            return;
        }
        let items = Items::of(of);
        let shape = &items.item.shape;
        if !shape.kinds.has(Kinds::OBJECT) {
            return;
        }
        let quoted = || quoted_path(before).filter(|_| !before.is_empty());
        let of_what = || quoted().unwrap_or_else(|| "the value".to_owned());
        if shape.leaves_undeclared(name) {
            let message = format!("the type of {} has no `{name}`", of_what());
            self.fail(Fault::undeclared(message, name, shape));
        } else if shape.origin.is_some() && shape.member(name).is_absent() && shape.has_similar(name) {
            self.fail(Fault::undeclared(format!("{} has no `{name}`", of_what()), name, shape));
        }
    }

    /// What the first step starts from: `$`, of which arrays are mapped over but by variables.
    fn first_items(&self, node: &AstNode) -> Items {
        if self.focus.may_be_array() && !matches!(node, AstNode::Variable(_) | AstNode::Sort { .. }) {
            let items = Items::of(&self.focus);
            let item = if self.focus.may_be_absent() { items.item.optional() } else { items.item };
            return Items { item, ..items };
        }
        Items::one(self.focus.clone())
    }

    /// An expression that is no path, with predicates.
    fn filtered(&mut self, step: &PathStep) -> Value {
        let value = self.value(&step.node);
        if value.is_never() {
            return Value::NEVER;
        }
        let is_made = !matches!(step.node, AstNode::Variable(_));
        let keeps_array = keeps_array(step);
        let has_filter = step.stages.iter().any(|stage| matches!(stage, Stage::Filter(_)));
        if !has_filter {
            if !keeps_array || !is_made {
                return value;
            }
            // A sequence is kept as an array; whether it was one is not known here.
            let present = value.present();
            if present.is_never() {
                return value;
            }
            return value.join(&Items::one(present).value(true));
        }
        let given = self.stages(Given::value(value), step, true);
        let one = Items::one(Value::ABSENT);
        let result = given.finish(&one, false);
        if keeps_array { result.join(&given.finish(&one, true)) } else { result }
    }

    fn step(&mut self, step: &PathStep, items: &Items, is_first: bool) -> Given {
        let is_certain = items.least > 0;
        let given = match &step.node {
            AstNode::Name(name) => Given::member(&items.item, name),
            AstNode::Variable(name) if name.is_empty() => Given::value(items.item.clone()),
            AstNode::Sort { .. } if !is_first => Given::value(Value::UNKNOWN),
            node => {
                let value = |walk: &mut Self| walk.with_focus(items.item.clone(), |walk| walk.value(node));
                let mut value = if is_certain { value(self) } else { self.perhaps(value) };
                // An array that is written down as a step stays whole among others.
                value.is_plain &= !matches!(node, AstNode::Array(_) | AstNode::ArrayGroup(_));
                Given::value(value)
            }
        };
        self.stages(given, step, is_certain)
    }

    fn stages(&mut self, mut given: Given, step: &PathStep, is_certain: bool) -> Given {
        for stage in &step.stages {
            let Stage::Filter(predicate) = stage else { continue };
            if given.is_never() {
                return given;
            }
            given = match literal_index(predicate) {
                Some(index) => Given::value(picked(&given, index)),
                None => self.selected(&given, predicate, is_certain),
            };
        }
        given
    }

    /// The items that a predicate lets through.
    fn selected(&mut self, given: &Given, predicate: &AstNode, is_certain: bool) -> Given {
        let items = given.flat();
        let nothing = if given.value.may_be_absent() { Value::ABSENT } else { Value::NEVER };
        if items.most == 0 {
            return Given { value: nothing, sequence: Some(Items::NONE) };
        }
        let test = self.perhaps(|walk| walk.with_focus(items.item.clone(), |walk| walk.value(predicate)));
        if test.is_never() {
            let fails = is_certain && items.least > 0;
            return Given { value: nothing, sequence: (!fails).then_some(Items::NONE) };
        }
        let truth = test.truth();
        let may_be_index = test.shape.kinds.has(Kinds::NUMBER.or(Kinds::ARRAY));
        let selected = if may_be_index {
            // An item is given as often as its index is in the array.
            Items { least: 0, most: if test.may_be_array() { MANY } else { items.most }, item: items.item }
        } else if !truth.may_be_true {
            Items::NONE
        } else if truth.may_be_false {
            items.fewer()
        } else {
            items
        };
        Given { value: nothing, sequence: Some(selected) }
    }
}

/// The item at an index.
pub(super) fn picked(given: &Given, index: i64) -> Value {
    let is_only = index == 0 || index == -1;
    let value = &given.value;
    let mut picked = if value.may_be_absent() { Value::ABSENT } else { Value::NEVER };
    let single = value.single().present();
    if !single.is_never() {
        picked = picked.join(&if is_only { single } else { Value::ABSENT });
    }
    let arrays = value.arrays();
    if !arrays.is_never() {
        picked = picked.join(&arrays.part(arrays.shape.element(index)));
        if !arrays.is_plain {
            picked = picked.join(&if is_only { arrays } else { Value::ABSENT });
        }
    }
    match &given.sequence {
        Some(sequence) if sequence.least == 0 || !is_only => {
            picked.join(&Value::ABSENT).join(&if sequence.most == 0 || sequence.most == 1 && !is_only {
                Value::NEVER
            } else {
                sequence.item.clone()
            })
        }
        Some(sequence) => picked.join(&sequence.item),
        None => picked,
    }
}

/// The index that a predicate is, if it is written down.
#[expect(clippy::cast_possible_truncation, reason = "a cast to an integer saturates")]
pub(super) fn literal_index(predicate: &AstNode) -> Option<i64> {
    let number = match predicate {
        AstNode::Number(number) => *number,
        AstNode::Unary { op: UnaryOp::Negate, operand } => match **operand {
            AstNode::Number(number) => -number,
            _ => return None,
        },
        _ => return None,
    };
    Some((number.floor() as i64).clamp(-MOST_INDEX, MOST_INDEX))
}

const MOST_INDEX: i64 = 1 << 40;

/// Whether a step binds variables, so that its items are more than values.
fn binds(step: &PathStep) -> bool {
    let of_stage = |stage: &Stage| matches!(stage, Stage::Index(_));
    step.focus.is_some()
        || step.index_var.is_some()
        || step.ancestor_label.is_some()
        || step.is_tuple
        || step.inner_tuple
        || step.stages.iter().any(of_stage)
}

/// Whether a `[]` in a step makes the path give an array.
fn keeps_array(step: &PathStep) -> bool {
    step.stages.iter().any(|stage| matches!(stage, Stage::KeepArray))
}

/// Whether the node starts with an array that is written down. It is taken as the items to go on with, as it is; a
/// single value of a block or group, which stands there for one, is none.
fn may_be_constructed(node: &AstNode) -> bool {
    fn starts_with_array(node: &AstNode) -> bool {
        match node {
            AstNode::Path { steps } => steps
                .first()
                .is_some_and(|step| matches!(step.node, AstNode::Array(_)) || starts_with_array(&step.node)),
            AstNode::Block(_) | AstNode::Sort { .. } => true,
            _ => false,
        }
    }
    match node {
        AstNode::Block(parts) => parts.iter().any(starts_with_array),
        AstNode::Array(_) | AstNode::ObjectTransform { .. } => true,
        _ => false,
    }
}

/// What a path of known names and indices gives, for others to look into.
pub(super) fn followed(value: &Value, step: &PathStep) -> Option<Value> {
    let AstNode::Name(name) = &step.node else { return None };
    if binds(step) {
        return None;
    }
    let mut given = Given::member(value, name);
    for stage in &step.stages {
        match stage {
            Stage::Filter(predicate) => given = Given::value(picked(&given, literal_index(predicate)?)),
            _ => return None,
        }
    }
    Some(given.finish(&Items::one(Value::plain(Shape::ABSENT)), false))
}
