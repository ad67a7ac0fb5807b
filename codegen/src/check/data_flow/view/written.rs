//! Values that are written down in a definition: templates, and JSON with expressions in it.

use std::rc::Rc;

use jsonata_core::ast::{AstNode, BinaryOp};
use serde_json::{Map, Value};

use super::{Assigned, View};
use crate::asl::OrExpression;
use crate::check::data_flow::expression::{self, LONGEST_QUOTE, Lost, LostStep, Surroundings};
use crate::check::data_flow::fault::Fault;
use crate::check::data_flow::origin::{Maker, Origin};
use crate::check::data_flow::place::At;
use crate::check::data_flow::shape::{Kinds, Shape};
use crate::check::index::is_substituted;
use crate::check::texts::Syntax;
use crate::diagnostic::Code;

/// The fields of a state with values that are written down, by name.
const WRITTEN: [(&str, Maker); 7] = [
    ("Parameters", Maker::Parameters),
    ("ResultSelector", Maker::ResultSelector),
    ("ItemSelector", Maker::ItemSelector),
    ("Arguments", Maker::Arguments),
    ("Output", Maker::Output),
    ("Assign", Maker::Assign),
    ("Items", Maker::Items),
];

impl<'m> View<'_, '_, 'm> {
    /// A Payload Template.
    pub(crate) fn template(&self, template: &Value, input: &Shape, at: &At<'_>) -> Shape {
        match template {
            Value::Object(members) => self.object(members, |name, value| {
                let plain = name.strip_suffix(".$").unwrap_or(name);
                (plain, self.template_member(name, value, input, at))
            }),
            Value::Array(elements) => {
                tuple(elements, |index, element| self.template(element, input, &at.element(index)))
            }
            // What looks like a Path is reported by its own rule, and may well have been meant as one.
            Value::String(text) if ["$.", "$$."].iter().any(|begins| text.starts_with(begins)) => {
                Shape::PRESENT
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Shape::literal(template),
        }
        .or_made(|| self.made_at(at))
    }

    /// An object whose members are given by name. What certainly fails in a part, fails as a whole.
    fn object<'o>(
        &self,
        members: &'o Map<String, Value>,
        member: impl Fn(&'o str, &'o Value) -> (&'o str, Shape),
    ) -> Shape {
        let rest = members.keys().any(|name| is_substituted(name)).then_some(Shape::PRESENT);
        let members = members.iter().map(|(name, value)| {
            let (name, shape) = member(name, value);
            (self.flow.name(name), shape)
        });
        let members: Vec<(Rc<str>, Shape)> = members.collect();
        let fails = members.iter().any(|(_, shape)| shape.is_never());
        if fails { Shape::NEVER } else { Shape::object_with(members, rest) }
    }

    fn template_member(&self, name: &str, value: &Value, input: &Shape, at: &At<'_>) -> Shape {
        match value {
            Value::String(text) if name.ends_with(".$") => self.path(text, input, &at.member(name)),
            value => self.template(value, input, &at.member(name)),
        }
    }

    pub(crate) fn made_at(&self, at: &At<'_>) -> Origin {
        self.made(at.outermost(&WRITTEN).unwrap_or(Maker::Parameters))
    }

    /// A value in JSONata, with expressions anywhere in it.
    pub(crate) fn value(&self, value: &Value, states: &Shape, at: &At<'_>) -> Shape {
        match value {
            Value::String(text) => self.text(text, states, at),
            Value::Array(elements) => {
                tuple(elements, |index, element| self.value(element, states, &at.element(index)))
            }
            Value::Object(members) => {
                self.object(members, |name, value| (name, self.value(value, states, &at.member(name))))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => Shape::literal(value),
        }
        .or_made(|| self.made_at(at))
    }

    /// A text that is an expression or stands for itself; the empty set where an expression fails.
    pub(crate) fn text(&self, text: &str, states: &Shape, at: &At<'_>) -> Shape {
        if !text.starts_with("{%") {
            return if is_substituted(text) { Shape::TEXT } else { Shape::text(text) };
        }
        let Some(Syntax::Expression(reads, syntax)) = self.flow.syntax(text) else { return Shape::PRESENT };
        // What reads an input document, or has another `$states`, is reported by a rule of its own.
        if !reads.input.is_empty() || reads.binds_states() {
            return Shape::PRESENT;
        }
        if expression::gives_function(syntax) {
            let message =
                format!("`{}` takes a value, but {} is a function", at.name(), quoted_expression(text));
            self.fault(at, Fault::new(Code::WrongValue, message).help("call it: `(…)(…)`"));
            return Shape::NEVER;
        }
        let variable = |name: &str| self.variable(name);
        let surroundings =
            Surroundings { states: states.clone(), variable: &variable, binds: !reads.locals.is_empty() };
        let before = self.count();
        let report = &mut |fault| self.fault(at, fault);
        let given = expression::evaluate(syntax, &surroundings, report);
        if given.is_absent() {
            // Says the same, and more.
            self.forget_undeclared(before);
            self.fault(at, nothing_given(text, expression::lost(syntax, &surroundings)));
            return Shape::NEVER;
        }
        given.present()
    }

    /// The left side of a comparison, as it is written, and its value.
    pub(crate) fn compared(&self, condition: &AstNode) -> Option<(String, Shape)> {
        let AstNode::Binary { op: BinaryOp::Equal, lhs, .. } = condition else { return None };
        let variable = |name: &str| self.variable(name);
        let surroundings = Surroundings { states: self.states(None), variable: &variable, binds: true };
        Some((expression::quoted(lhs)?, expression::evaluate(lhs, &surroundings, &mut |_| {})))
    }

    /// A field that is a constant or an expression.
    pub(crate) fn constant<T: Clone + Into<Value>>(
        &self,
        value: &OrExpression<T>,
        states: &Shape,
        at: &At<'_>,
    ) -> Shape {
        match value {
            OrExpression::Constant(constant) => Shape::literal(&constant.clone().into()),
            OrExpression::Expression(text) => self.text(text, states, at),
        }
    }

    /// The variables of an `Assign`; `input` is what `$` is in JSONPath.
    pub(crate) fn assign(
        &self,
        assign: Option<&'m Map<String, Value>>,
        input: &Shape,
        states: &Shape,
        at: &At<'_>,
    ) -> Assigned<'m> {
        let members = assign.into_iter().flatten();
        members
            .map(|(name, value)| {
                if self.is_jsonata() {
                    (name.as_str(), self.value(value, states, &at.member(name)))
                } else {
                    (name.strip_suffix(".$").unwrap_or(name), self.template_member(name, value, input, at))
                }
            })
            .collect()
    }
}

/// An array whose elements are given by their index.
fn tuple(elements: &[Value], element: impl Fn(usize, &Value) -> Shape) -> Shape {
    let elements = elements.iter().enumerate().map(|(index, value)| element(index, value));
    let elements: Vec<Shape> = elements.collect();
    if elements.iter().any(Shape::is_never) { Shape::NEVER } else { Shape::tuple(elements) }
}

/// An expression in backticks, without its marks.
pub(crate) fn quoted_expression(text: &str) -> String {
    let expression = text.trim_start_matches("{%").trim_end_matches("%}").trim();
    let is_long = expression.chars().count() > LONGEST_QUOTE;
    if is_long { "the expression".to_owned() } else { format!("`{expression}`") }
}

fn nothing_given(text: &str, lost: Option<Lost>) -> Fault {
    let quoted = quoted_expression(text);
    let Some(Lost { step, of, path }) = lost else {
        return Fault::new(Code::NothingThere, format!("{quoted} gives nothing"));
    };
    let has_members = of.kinds.has(Kinds::OBJECT.or(Kinds::ARRAY));
    let why = match &step {
        LostStep::Name(name) if has_members => format!("`{path}` has no `{name}`"),
        LostStep::Element(index) if of.kinds.has(Kinds::ARRAY) => format!("`{path}` has no element {index}"),
        LostStep::Element(index) => format!("`{path}` is {}, and there is no element {index}", of.title()),
        LostStep::Name(_) => format!("`{path}` is {}", of.title()),
    };
    let fault =
        Fault::new(Code::NothingThere, format!("{quoted} gives nothing")).because(why).origin(of.origin);
    match step {
        LostStep::Name(_) if of.kinds.without(Kinds::ABSENT) == Kinds::TEXT => {
            fault.help(format!("if the string is JSON, `$parse({path})` reads it"))
        }
        LostStep::Name(name) if of.kinds.has(Kinds::OBJECT) => fault.names(&name, &of.member_names()),
        LostStep::Name(name) => fault.names(&name, &of.elements().member_names()),
        LostStep::Element(_) => fault,
    }
}
