//! The machine laid out flat, so that each rule is a loop and finds states by name at once.

use std::cell::OnceCell;

use indexmap::IndexMap;

use crate::asl::{Catcher, QueryLanguage, Retrier, Scope, State, StateKind, StateMachine};
use crate::check::graph::Graph;
use crate::check::hash::TextMap;
use crate::check::parameters::{self, Misfit};
use crate::check::resource::{self, ServiceTask};
use crate::check::texts::{self, Text};
use crate::check::variables::Variables;
use crate::diagnostic::push_token;
pub(crate) use crate::substitutions::is_substituted;

/// The field of a scope that has its states, as a JSON pointer.
const STATES: &str = "/States";

/// All states and scopes of a machine.
pub(crate) struct Index<'m> {
    pub(crate) machine: &'m StateMachine,
    /// In document order: a state, then what is nested in it. The position is the state's number.
    pub(crate) states: Vec<StateEntry<'m>>,
    /// The outermost scope first.
    pub(crate) scopes: Vec<ScopeEntry<'m>>,
    /// The numbers of the states, by name; of those with one name the first.
    pub(crate) by_name: TextMap<&'m str, usize>,
    /// The first state with a name, and another one with it, which is a mistake.
    pub(crate) namesakes: Vec<(usize, usize)>,
    /// What the states hold in strings to be evaluated, in the order of the states.
    pub(crate) texts: Vec<Text<'m>>,
    variables: OnceCell<Variables<'m>>,
    services: OnceCell<Vec<ServiceTask<'m>>>,
    misfits: OnceCell<Vec<Misfit>>,
}

/// A state with its surroundings.
pub(crate) struct StateEntry<'m> {
    pub(crate) number: usize,
    pub(crate) name: &'m str,
    pub(crate) state: &'m State,
    /// Its JSON pointer.
    pub(crate) pointer: String,
    /// The position of its scope in [`Index::scopes`].
    pub(crate) scope: usize,
    /// The language it is written in.
    pub(crate) language: QueryLanguage,
}

/// A scope with its transitions.
pub(crate) struct ScopeEntry<'m> {
    /// Its JSON pointer; empty for the machine.
    pub(crate) pointer: String,
    pub(crate) start_at: &'m str,
    pub(crate) states: &'m IndexMap<String, State>,
    /// The number of the state it is nested in.
    pub(crate) owner: Option<usize>,
    /// The numbers of its states, in order.
    pub(crate) numbers: Vec<usize>,
    /// Its transitions, between positions in `numbers`.
    pub(crate) graph: Graph,
}

impl<'m> Index<'m> {
    pub(crate) fn new(machine: &'m StateMachine) -> Self {
        let (states, scopes, by_name, namesakes, texts) = Default::default();
        let (variables, services, misfits) = Default::default();
        let mut index =
            Self { machine, states, scopes, by_name, namesakes, texts, variables, services, misfits };
        index.add_scope(machine.scope(), None);
        index.texts = texts::collect(&index.states);
        index
    }

    // Recursion is as deep as Parallel and Map states are nested, which for definitions that were read is below 128.
    fn add_scope(&mut self, scope: Scope<'m>, owner: Option<usize>) {
        let position = self.scopes.len();
        self.scopes.push(ScopeEntry {
            pointer: scope.pointer,
            start_at: scope.start_at,
            states: scope.states,
            owner,
            numbers: Vec::with_capacity(scope.states.len()),
            graph: Graph::new(scope.start_at, scope.states),
        });
        for (name, state) in scope.states {
            self.add_state(name, state, position);
        }
    }

    fn add_state(&mut self, name: &'m str, state: &'m State, scope: usize) {
        let number = self.states.len();
        let above = &self.scopes[scope].pointer;
        let mut pointer = String::with_capacity(above.len() + STATES.len() + 1 + name.len());
        pointer.push_str(above);
        pointer.push_str(STATES);
        push_token(&mut pointer, name);
        let language = state.effective_query_language(self.machine.default_query_language());
        self.scopes[scope].numbers.push(number);
        let first = *self.by_name.entry(name).or_insert(number);
        if first != number {
            self.namesakes.push((first, number));
        }
        self.states.push(StateEntry { number, name, state, pointer, scope, language });
        for nested in state.scopes() {
            let pointer = format!("{}{}", self.states[number].pointer, nested.pointer);
            self.add_scope(Scope { pointer, ..nested }, Some(number));
        }
    }
}

impl<'m> Index<'m> {
    /// The variables of the machine.
    pub(crate) fn variables(&self) -> &Variables<'m> {
        self.variables.get_or_init(|| Variables::new(self))
    }

    /// The Task states that call a service, in their order.
    pub(crate) fn services(&self) -> &[ServiceTask<'m>] {
        self.services.get_or_init(|| resource::services(&self.states))
    }

    /// The call of a service that a state makes.
    pub(crate) fn service(&self, entry: &StateEntry<'_>) -> Option<&ServiceTask<'m>> {
        let services = self.services();
        services.binary_search_by_key(&entry.number, |service| service.state).ok().map(|at| &services[at])
    }

    /// Where parameters of service integrations do not fit the API.
    pub(crate) fn misfits(&self) -> &[Misfit] {
        self.misfits.get_or_init(|| parameters::misfits(self))
    }

    /// Whether a state can be reached in its scope, as far as that is known.
    pub(crate) fn is_reached(&self, entry: &StateEntry<'_>) -> bool {
        let scope = &self.scopes[entry.scope];
        let position = scope.numbers.binary_search(&entry.number).ok();
        !scope.graph.is_complete || position.is_none_or(|position| scope.graph.rank(position).is_some())
    }

    /// The state that a text stands in.
    pub(crate) fn state_of(&self, text: &Text<'_>) -> &StateEntry<'m> {
        &self.states[text.state]
    }
}

impl<'m> ScopeEntry<'m> {
    /// The entry of the state at a position in this scope.
    pub(crate) fn state<'i>(&self, index: &'i Index<'m>, position: usize) -> &'i StateEntry<'m> {
        &index.states[self.numbers[position]]
    }
}

/// The Retriers or the Catchers of a state, as far as both are alike.
#[derive(Clone, Copy)]
pub(crate) enum Handlers<'m> {
    Retriers(&'m [Retrier]),
    Catchers(&'m [Catcher]),
}

impl<'m> Handlers<'m> {
    /// `Retry` or `Catch`.
    pub(crate) fn field(self) -> &'static str {
        match self {
            Self::Retriers(_) => "Retry",
            Self::Catchers(_) => "Catch",
        }
    }

    /// "Retrier" or "Catcher".
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Retriers(_) => "Retrier",
            Self::Catchers(_) => "Catcher",
        }
    }

    pub(crate) fn count(self) -> usize {
        match self {
            Self::Retriers(retriers) => retriers.len(),
            Self::Catchers(catchers) => catchers.len(),
        }
    }

    /// `ErrorEquals` of each.
    pub(crate) fn error_equals(self) -> impl Iterator<Item = &'m [String]> {
        (0..self.count()).map(move |position| match self {
            Self::Retriers(retriers) => retriers[position].error_equals.as_slice(),
            Self::Catchers(catchers) => catchers[position].error_equals.as_slice(),
        })
    }
}

impl<'m> StateEntry<'m> {
    /// Its Retriers, then its Catchers.
    pub(crate) fn handlers(&self) -> [Handlers<'m>; 2] {
        [Handlers::Retriers(self.state.retry()), Handlers::Catchers(self.state.catch())]
    }

    /// The JSON pointer of one of its fields, given as `/Field`.
    pub(crate) fn at(&self, field: impl std::fmt::Display) -> String {
        format!("{}{field}", self.pointer)
    }

    /// Whether the type needs `Next` or `End`.
    pub(crate) fn has_successor(&self) -> bool {
        match self.state.kind {
            StateKind::Task(_)
            | StateKind::Pass(_)
            | StateKind::Wait(_)
            | StateKind::Parallel(_)
            | StateKind::Map(_) => true,
            StateKind::Choice(_) | StateKind::Succeed(_) | StateKind::Fail(_) => false,
        }
    }
}
