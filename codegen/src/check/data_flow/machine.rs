//! Carries shapes along the transitions until nothing changes any more.
//!
//! States are taken in the order of the flow, so that those without loops are evaluated once. What a loop changes again
//! and again is given up after some visits and is unknown then, so the work is linear in the size of the machine.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::rc::Rc;

use crate::asl::{State, StateKind, TransitionField, is_expression};
use crate::check::data_flow::facts::Facts;
use crate::check::data_flow::problems::Problem;
use crate::check::data_flow::shape::Shape;
use crate::check::data_flow::state::{self, Leave};
use crate::check::data_flow::view::{Assigned, View};
use crate::check::hash::TextMap;
use crate::check::index::{Index, StateEntry};
use crate::check::texts::{Syntax, Takes, Text};
use crate::check::variables::{Visible, VisibleScope};

/// After so many visits what is deep inside the input of a state is given up.
const EXACT_VISITS: u8 = 4;
/// After so many visits the input of a state is taken for unknown.
const MOST_VISITS: u8 = 12;
/// After so many rounds the variables are taken for unknown.
const MOST_ROUNDS: usize = 6;

/// What is known of the data of a machine.
pub(crate) struct DataFlow<'i, 'm> {
    pub(crate) index: &'i Index<'m>,
    pub(crate) facts: &'i Facts,
    texts: TextMap<&'m str, &'i Text<'m>>,
    /// What services answer, by the resource.
    answers: RefCell<TextMap<&'m str, Option<Shape>>>,
    /// The names of members, shared by all shapes.
    names: RefCell<TextMap<Rc<str>, ()>>,
    /// In the order of the states.
    pub(crate) states: Vec<StateData<'m>>,
    /// In the order of the scopes.
    scopes: Vec<ScopeData<'m>>,
    /// Whether a variable changed that was read before.
    is_stale: Cell<bool>,
}

/// A way on which a state is reached.
pub(crate) struct Arrival<'m> {
    /// The number of the state that it comes from.
    pub(crate) from: usize,
    /// The transition.
    pub(crate) by: TransitionField,
    pub(crate) output: Shape,
    /// The variables that it assigns.
    pub(crate) assigned: Assigned<'m>,
}

/// What is known of a state.
#[derive(Default)]
pub(crate) struct StateData<'m> {
    /// Its raw input; `None` while nothing leads to it.
    pub(crate) input: Option<Shape>,
    pub(crate) problems: Vec<Problem>,
    /// The ways on which it is reached; one that was evaluated again comes again.
    pub(crate) arrivals: Vec<Arrival<'m>>,
    /// The scopes nested directly in it.
    scopes: Vec<usize>,
    visits: u8,
    /// The round in which it was evaluated.
    round: usize,
}

struct ScopeData<'m> {
    /// The states that are still to be evaluated, by their rank in the flow; each once.
    open: BinaryHeap<Reverse<usize>>,
    is_open: Vec<bool>,
    context: Shape,
    /// What it ends with; `None` while it does not.
    output: Option<Shape>,
    variables: TextMap<&'m str, Variable>,
}

struct Variable {
    shape: Shape,
    was_read: Cell<bool>,
}

/// Whether the output of a state is that of its scope. One that neither goes on nor ends is reported by its own rule.
fn ends_scope(state: &State) -> bool {
    state.end == Some(true) || matches!(state.kind, StateKind::Succeed(_))
}

/// Whether it makes no difference what a state gets, as for a Fail state that names the error itself. Most handlers lead to
/// one, and what they bring need not be put together.
fn ignores_input(state: &State) -> bool {
    let StateKind::Fail(fail) = &state.kind else { return false };
    let is_given = |text: &Option<String>| text.as_deref().is_some_and(is_expression);
    fail.error_path.is_none() && fail.cause_path.is_none() && !is_given(&fail.error) && !is_given(&fail.cause)
}

impl<'i, 'm> DataFlow<'i, 'm> {
    pub(crate) fn new(index: &'i Index<'m>, facts: &'i Facts) -> Self {
        let mut texts = TextMap::with_capacity_and_hasher(index.texts.len(), <_>::default());
        let evaluated = index.texts.iter().filter(|text| text.takes != Takes::Literal);
        texts.extend(evaluated.map(|text| (text.content, text)));
        let scopes = index.scopes.iter().map(|scope| ScopeData {
            open: BinaryHeap::new(),
            is_open: vec![false; scope.graph.forward().len()],
            context: Shape::UNKNOWN,
            output: None,
            variables: TextMap::default(),
        });
        let scopes = scopes.collect();
        let mut states: Vec<StateData<'m>> = index.states.iter().map(|_| StateData::default()).collect();
        for (scope, entry) in index.scopes.iter().enumerate() {
            entry.owner.into_iter().for_each(|owner| states[owner].scopes.push(scope));
        }
        let mut flow = Self {
            names: RefCell::default(),
            index,
            facts,
            texts,
            answers: RefCell::default(),
            states,
            scopes,
            is_stale: Cell::new(false),
        };
        flow.run();
        flow
    }

    fn run(&mut self) {
        let input = self.facts.input.clone().unwrap_or(Shape::PRESENT);
        let context = state::context(&input);
        for round in 1..=MOST_ROUNDS {
            self.is_stale.set(false);
            self.scopes
                .iter()
                .flat_map(|scope| scope.variables.values())
                .for_each(|variable| variable.was_read.set(false));
            self.enter(0, &input, context.clone(), round);
            if !self.is_stale.get() {
                return;
            }
            if round + 1 == MOST_ROUNDS {
                let variables = self.scopes.iter_mut().flat_map(|scope| scope.variables.values_mut());
                variables.for_each(|variable| variable.shape = Shape::PRESENT);
            }
        }
    }

    /// Runs a scope on an input, and gives what it ends with.
    // Recursion is as deep as Parallel and Map states are nested.
    fn enter(&mut self, scope: usize, input: &Shape, context: Shape, round: usize) -> Option<Shape> {
        let entry = &self.index.scopes[scope];
        let Some(start) = entry.graph.start else { return Some(Shape::PRESENT) };
        let data = &mut self.scopes[scope];
        let known = data.context.clone();
        let context = if known == Shape::UNKNOWN { context } else { known.join(&context) };
        if context != data.context {
            data.context = context;
        }
        self.reach(scope, start, input);
        for (position, number) in entry.numbers.iter().enumerate() {
            let state = &self.states[*number];
            if state.input.is_some() && state.round != round {
                self.open(scope, position);
            }
        }
        while let Some(Reverse(rank)) = self.scopes[scope].open.pop() {
            self.scopes[scope].is_open[rank] = false;
            self.visit(scope, self.index.scopes[scope].graph.forward()[rank], round);
        }
        self.scopes[scope].output.clone()
    }

    /// Adds to the input of a state.
    fn reach(&mut self, scope: usize, position: usize, input: &Shape) {
        let state = &mut self.states[self.index.scopes[scope].numbers[position]];
        let input = match &state.input {
            None => input.clone(),
            Some(known) if *known == Shape::UNKNOWN => return,
            Some(known) if state.visits < EXACT_VISITS => known.join(input),
            Some(known) if state.visits < MOST_VISITS => known.widen(input),
            Some(known) if *known == known.widen(input) => known.clone(),
            Some(_) => Shape::UNKNOWN,
        };
        if state.input.as_ref() != Some(&input) {
            state.input = Some(input);
            self.open(scope, position);
        }
    }

    fn open(&mut self, scope: usize, position: usize) {
        let Some(rank) = self.index.scopes[scope].graph.rank(position) else { return };
        let data = &mut self.scopes[scope];
        if !std::mem::replace(&mut data.is_open[rank], true) {
            data.open.push(Reverse(rank));
        }
    }

    fn visit(&mut self, scope: usize, position: usize, round: usize) {
        let entry = &self.index.states[self.index.scopes[scope].numbers[position]];
        let Some(input) = self.states[entry.number].input.clone() else { return };
        let context = self.scopes[scope].context.clone();
        let view = View::new(self, entry, input.clone(), context.clone());
        let nested = state::nested(&view);
        let mut problems = view.into_problems();
        let outputs = nested.map(|nested| {
            let count = self.states[entry.number].scopes.len();
            let mut outputs = Vec::with_capacity(count);
            for position in 0..count {
                let scope = self.states[entry.number].scopes[position];
                let runs = !nested.input.is_never();
                outputs.push(
                    runs.then(|| self.enter(scope, &nested.input, nested.context.clone(), round)).flatten(),
                );
            }
            outputs
        });
        let view = View::new(self, entry, input, context);
        let leave = state::leave(&view, outputs.as_deref());
        problems.extend(view.into_problems());
        let state = &mut self.states[entry.number];
        state.problems = problems;
        state.visits = state.visits.saturating_add(1);
        state.round = round;
        self.go_on(scope, position, entry, leave);
    }

    fn go_on(&mut self, scope: usize, position: usize, entry: &'i StateEntry<'m>, leave: Vec<Leave<'m>>) {
        let transitions = entry.state.transitions().zip(self.index.scopes[scope].graph.ways(position));
        let ways: Vec<_> = transitions.map(|(transition, target)| (transition.field, *target)).collect();
        // Both are in the same order, but for ways that are not taken.
        let mut last = 0;
        for Leave { by, output, assigned } in leave {
            for (name, shape) in &assigned {
                self.set(scope, name, shape);
            }
            let by_field = by.unwrap_or(TransitionField::Next);
            let way = (last..ways.len()).chain(0..last).find(|way| ways[*way].0 == by_field);
            last = way.unwrap_or(last);
            match way.map(|way| ways[way].1) {
                Some(Some(target)) => {
                    let reached = self.index.scopes[scope].numbers[target];
                    if ignores_input(self.index.states[reached].state) {
                        self.reach(scope, target, &Shape::PRESENT);
                        continue;
                    }
                    self.reach(scope, target, &output);
                    let arrival = Arrival { from: entry.number, by: by_field, output, assigned };
                    self.states[reached].arrivals.push(arrival);
                }
                None if by.is_none() && ends_scope(entry.state) => {
                    let known = self.scopes[scope].output.take();
                    self.scopes[scope].output =
                        Some(known.map_or(output.clone(), |known| known.join(&output)));
                }
                // One that leads nowhere is reported by its own rule.
                Some(None) | None => {}
            }
        }
    }

    fn set(&mut self, scope: usize, name: &'m str, shape: &Shape) {
        match self.scopes[scope].variables.get_mut(name) {
            Some(variable) => {
                let joined = variable.shape.join(shape);
                if joined != variable.shape {
                    variable.shape = joined;
                    self.is_stale.set(self.is_stale.get() || variable.was_read.get());
                }
            }
            None => {
                let variable = Variable { shape: shape.clone(), was_read: Cell::new(false) };
                self.scopes[scope].variables.insert(name, variable);
            }
        }
    }

    /// The value of a variable where a state is entered, whichever state assigned it. Where none has
    /// yet, which is reported by its own rule, nothing is known.
    pub(crate) fn variable(&self, entry: &StateEntry<'m>, name: &str) -> Shape {
        let visible = Visible::from(self.index, entry).filter(|visible| !visible.is_outside);
        for visible in visible {
            let Some(variable) = self.scopes[visible.scope].variables.get(name) else { continue };
            variable.was_read.set(true);
            let shape = variable.shape.clone();
            return if self.is_sure(&visible, name) { shape } else { shape.optional() };
        }
        Shape::UNKNOWN
    }

    /// Whether every way to a state has assigned a variable of its scope.
    fn is_sure(&self, visible: &VisibleScope, name: &str) -> bool {
        let variables = self.index.variables();
        let number = variables.scopes[visible.scope].assigned.get(name);
        let position = self.index.scopes[visible.scope].numbers.binary_search(&visible.state).ok();
        let flow = variables.flows[visible.scope].as_ref();
        match (flow, number, position) {
            (Some(flow), Some((number, _)), Some(position)) => flow.is_sure(position, *number),
            _ => false,
        }
    }

    /// What the service that a state calls answers, as far as it is known.
    pub(crate) fn answer(&self, entry: &StateEntry<'m>) -> Option<Shape> {
        let service = self.index.service(entry)?;
        let mut answers = self.answers.borrow_mut();
        let answer = answers.entry(&service.task.resource);
        answer.or_insert_with(|| state::answer(service)).clone()
    }

    /// The name of a member.
    pub(crate) fn name(&self, name: &str) -> Rc<str> {
        let mut names = self.names.borrow_mut();
        if let Some((known, ())) = names.get_key_value(name) {
            return Rc::clone(known);
        }
        let name: Rc<str> = Rc::from(name);
        names.insert(Rc::clone(&name), ());
        name
    }

    /// The Context Object in the scope of a state.
    pub(crate) fn context(&self, entry: &StateEntry<'m>) -> Shape {
        self.scopes[entry.scope].context.clone()
    }

    /// What the scopes nested in a state end with.
    pub(crate) fn outputs_within(&self, entry: &StateEntry<'m>) -> Vec<Option<Shape>> {
        let scopes = self.states[entry.number].scopes.iter();
        scopes.map(|scope| self.scopes[*scope].output.clone()).collect()
    }

    /// What a text of a state is.
    pub(crate) fn syntax(&self, text: &str) -> Option<&'i Syntax> {
        self.text(text).map(|text| &text.syntax)
    }

    /// A text of a state, read.
    pub(crate) fn text(&self, text: &str) -> Option<&'i Text<'m>> {
        self.texts.get(text).copied()
    }
}
