//! What a state evaluates: the data around it, and what goes wrong on the way.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use jsonata_core::ast::{AstNode, BinaryOp};
use serde_json::{Map, Value};

use crate::asl::path::{Path, Root, Step};
use crate::asl::{OrExpression, QueryLanguage};
use crate::check::data_flow::expression::{self, LONGEST_QUOTE, Lost, LostStep, Surroundings};
use crate::check::data_flow::fault::Fault;
use crate::check::data_flow::machine::DataFlow;
use crate::check::data_flow::origin::{Made, Maker, Origin};
use crate::check::data_flow::place::At;
use crate::check::data_flow::shape::{Kinds, Shape};
use crate::check::data_flow::{call, path};
use crate::check::hash::TextMap;
use crate::check::index::{StateEntry, is_substituted};
use crate::check::texts::Syntax;
use crate::diagnostic::Code;

/// One state with its data.
pub(crate) struct View<'v, 'i, 'm> {
    pub(crate) flow: &'v DataFlow<'i, 'm>,
    pub(crate) entry: &'i StateEntry<'m>,
    /// The raw input.
    pub(crate) input: Shape,
    /// The Context Object.
    pub(crate) context: Shape,
    /// The variables that are better known on the way that is followed.
    route: Option<&'v Variables<'m>>,
    problems: RefCell<Problems>,
}

/// Problems in the order in which they are found.
#[derive(Debug, Default)]
struct Problems {
    all: Vec<Problem>,
    /// Where those with one pointer and one message are, and perhaps where one was that has been taken back.
    known: TextMap<(String, String), Vec<usize>>,
}

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

/// A fault with its place.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    /// The JSON pointer from the state.
    pub(crate) pointer: String,
    pub(crate) fault: Fault,
    /// The path that finds nothing, if it starts at the raw input.
    pub(crate) lost: Option<Path>,
}

/// The variables that a state assigns, by name.
pub(crate) type Assigned<'m> = Vec<(&'m str, Shape)>;

/// The values of variables, by name.
pub(crate) type Variables<'m> = BTreeMap<&'m str, Shape>;

impl Problems {
    /// Adds one; what is evaluated more than once fails more than once.
    fn add(&mut self, problem: Problem) {
        let places = self.known.get(&key(&problem)).map_or(&[][..], Vec::as_slice);
        let mut known = places.iter().filter_map(|place| self.all.get(*place));
        if !known.any(|known| known.pointer == problem.pointer && known.fault == problem.fault) {
            self.push(problem);
        }
    }

    fn push(&mut self, problem: Problem) {
        let (all, places) = (&self.all, self.known.entry(key(&problem)).or_default());
        places.retain(|place| all.get(*place).is_some_and(|known| key(known) == key(&problem)));
        places.push(all.len());
        self.all.push(problem);
    }
}

fn key(problem: &Problem) -> (String, String) {
    (problem.pointer.clone(), problem.fault.message.clone())
}

impl<'v, 'i, 'm> View<'v, 'i, 'm> {
    pub(crate) fn new(
        flow: &'v DataFlow<'i, 'm>,
        entry: &'i StateEntry<'m>,
        input: Shape,
        context: Shape,
    ) -> Self {
        Self { flow, entry, input, context, route: None, problems: RefCell::default() }
    }

    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.problems.into_inner().all
    }

    /// The same state on a narrower input.
    pub(crate) fn with_input(&self, input: Shape) -> Self {
        let view = Self::new(self.flow, self.entry, input, self.context.clone());
        Self { route: self.route, ..view }
    }

    /// The same state with another Context Object.
    pub(crate) fn with_context(&self, context: Shape) -> Self {
        Self { context, ..self.with_input(self.input.clone()) }
    }

    /// On a way where more is known of these variables.
    pub(crate) fn on_route(self, variables: &'v Variables<'m>) -> Self {
        Self { route: Some(variables), ..self }
    }

    fn variable(&self, name: &str) -> Shape {
        let known = self.route.and_then(|variables| variables.get(name));
        known.cloned().unwrap_or_else(|| self.flow.variable(self.entry, name))
    }

    /// Adds the problems of another view.
    pub(crate) fn take_over(&self, other: Self) {
        let mut problems = self.problems.borrow_mut();
        other.into_problems().into_iter().for_each(|problem| problems.push(problem));
    }

    pub(crate) fn is_jsonata(&self) -> bool {
        self.entry.language == QueryLanguage::Jsonata
    }

    pub(crate) fn fault(&self, at: &At<'_>, fault: Fault) {
        self.add(at, fault, None);
    }

    fn add(&self, at: &At<'_>, fault: Fault, lost: Option<Path>) {
        self.problems.borrow_mut().add(Problem { pointer: at.pointer(), fault, lost });
    }

    /// How many problems there are, to be given to [`unsure`](Self::unsure).
    pub(crate) fn count(&self) -> usize {
        self.problems.borrow().all.len()
    }

    /// Whether one of the problems from that count on happens for certain.
    pub(crate) fn fails_since(&self, from: usize) -> bool {
        self.problems.borrow().all[from..].iter().any(|problem| problem.fault.is_certain)
    }

    /// Problems from that count on may not happen, as what they are in may not be evaluated.
    pub(crate) fn unsure(&self, from: usize) {
        self.problems.borrow_mut().all[from..]
            .iter_mut()
            .for_each(|problem| problem.fault.is_certain = false);
    }

    /// Takes back the warnings of names that a type does not have from that count on.
    fn forget_undeclared(&self, from: usize) {
        let mut faults = self.faults.borrow_mut();
        let kept = faults.split_off(from).into_iter();
        faults.extend(kept.filter(|problem| problem.fault.code != Code::UndeclaredField));
    }

    /// Takes back the problems from that count on.
    pub(crate) fn forget(&self, from: usize) {
        self.problems.borrow_mut().all.truncate(from);
    }

    /// A field of this state as what made a value.
    pub(crate) fn made(&self, field: Maker) -> Origin {
        self.origin(Made::Field(field))
    }

    pub(crate) fn origin(&self, made: Made) -> Origin {
        Origin { state: u32::try_from(self.entry.number).unwrap_or(u32::MAX), made }
    }

    /// What a Path or a call of an Intrinsic Function gives; the empty set where it fails.
    pub(crate) fn path(&self, text: &str, input: &Shape, at: &At<'_>) -> Shape {
        let Some(read) = self.flow.text(text) else { return Shape::PRESENT };
        match &read.syntax {
            Syntax::Path(path) => self.found(text, path, input, at),
            Syntax::Call(call) => call::call(self, call, &mut read.arguments.iter(), input, at),
            _ => Shape::PRESENT,
        }
    }

    /// What a Path finds; the empty set where it finds nothing.
    pub(crate) fn found(&self, text: &str, path: &Path, input: &Shape, at: &At<'_>) -> Shape {
        let root = self.root(&path.root, input);
        let found = path::walk(path, &root);
        let is_past_the_end = found.may_be_past_the_end(path);
        let is_raw = || path.root == Root::Input && *input == self.input;
        let start = || if is_raw() { path::INPUT } else { "`$`" };
        if let Some(fault) = path::undeclared(text, path, &found, start) {
            self.add(at, fault, None);
        }
        if !found.shape.is_absent() {
            let present = found.shape.present();
            return if is_past_the_end { present.join(&Shape::of(Kinds::NULL)) } else { present };
        }
        let mut fault = path::nothing(text, path, &found, start()).origin(found.container.origin);
        // The specification does not say what a name finds in an array; the service's library finds nothing.
        let is_name_in_array = found.container.kinds == Kinds::ARRAY && found.is_name(path);
        fault.is_certain = !is_name_in_array && !is_past_the_end;
        let gives = if fault.is_certain { Shape::NEVER } else { Shape::PRESENT };
        self.add(at, fault, is_raw().then(|| path.clone()));
        gives
    }

    /// What a Path starts from.
    pub(crate) fn root(&self, root: &Root, input: &Shape) -> Shape {
        match root {
            Root::Input => input.clone(),
            Root::Context => self.context.clone(),
            Root::Variable(name) => self.variable(name),
        }
    }

    /// A Payload Template.
    pub(crate) fn template(&self, template: &Value, input: &Shape, at: &At<'_>) -> Shape {
        match template {
            Value::Object(members) => {
                let mut rest = None;
                let members: Vec<_> = members
                    .iter()
                    .map(|(name, value)| {
                        if is_substituted(name) {
                            rest = Some(Shape::PRESENT);
                        }
                        (
                            self.flow.name(name.strip_suffix(".$").unwrap_or(name)),
                            self.template_member(name, value, input, at),
                        )
                    })
                    .collect();
                object_unless_one_fails(members, rest)
            }
            Value::Array(elements) => tuple_unless_one_fails(
                elements
                    .iter()
                    .enumerate()
                    .map(|(index, element)| self.template(element, input, &at.element(index)))
                    .collect(),
            ),
            // What looks like a Path is reported by its own rule, and may well have been meant as one.
            Value::String(text) if ["$.", "$$."].iter().any(|begins| text.starts_with(begins)) => {
                Shape::PRESENT
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Shape::literal(template),
        }
        .or_made(|| self.made_at(at))
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
            Value::Array(elements) => tuple_unless_one_fails(
                elements
                    .iter()
                    .enumerate()
                    .map(|(index, element)| self.value(element, states, &at.element(index)))
                    .collect(),
            ),
            Value::Object(members) => {
                let mut rest = None;
                let members: Vec<_> = members
                    .iter()
                    .map(|(name, value)| {
                        if is_substituted(name) {
                            rest = Some(Shape::PRESENT);
                        }
                        (self.flow.name(name), self.value(value, states, &at.member(name)))
                    })
                    .collect();
                object_unless_one_fails(members, rest)
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

    /// `$states` of this state, with another member.
    pub(crate) fn states(&self, more: Option<(&'static str, &Shape)>) -> Shape {
        let members = [("context", &self.context), ("input", &self.input)].into_iter().chain(more);
        let members = members.map(|(name, shape)| (self.flow.name(name), shape.clone()));
        // A member that does not exist is reported by its own rule.
        Shape::object_with(members, Some(Shape::UNKNOWN))
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

/// What certainly fails in a part, fails as a whole.
fn object_unless_one_fails(members: Vec<(Rc<str>, Shape)>, rest: Option<Shape>) -> Shape {
    let fails = members.iter().any(|(_, shape)| shape.is_never());
    if fails { Shape::NEVER } else { Shape::object_with(members, rest) }
}

fn tuple_unless_one_fails(elements: Vec<Shape>) -> Shape {
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

/// The steps of a Reference Path below the input; `None` for other Paths.
pub(crate) fn reference(path: &Path) -> Option<&[Step]> {
    (path.root == Root::Input && path.is_reference()).then_some(&path.steps)
}
