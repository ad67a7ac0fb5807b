//! Which variables the scopes of a machine have, and which of them have a value where a state is entered.
//!
//! Spec: "State Machine Variables". A variable belongs to the scope whose states assign it, and is visible in the scopes
//! nested in it, but for the child executions of a Distributed Map.

use serde_json::{Map, Value};

use crate::asl::{ProcessorMode, QueryLanguage, State, StateKind};
use crate::check::data_flow::At;
use crate::check::flow::Flow;
use crate::check::hash::TextMap;
use crate::check::index::{Index, StateEntry};

/// The variables of a machine.
pub(crate) struct Variables<'m> {
    /// In the order of the scopes.
    pub(crate) scopes: Vec<ScopeVariables<'m>>,
    /// In the order of the scopes; `None` where it is not known how the scope goes on, and where there are no variables.
    pub(crate) flows: Vec<Option<Flow>>,
}

impl<'m> Variables<'m> {
    pub(crate) fn new(index: &Index<'m>) -> Self {
        let scopes = of_scopes(index);
        let flows = index.scopes.iter().zip(&scopes);
        let flows = flows.map(|(scope, variables)| Flow::new(index, scope, variables)).collect();
        Self { scopes, flows }
    }

    /// Whether some path has assigned a variable of a scope when a state of that scope is entered.
    pub(crate) fn is_assigned_before(
        &self,
        index: &Index<'_>,
        scope: usize,
        state: usize,
        variable: usize,
    ) -> bool {
        let position = index.scopes[scope].numbers.binary_search(&state).ok();
        let flow = self.flows[scope].as_ref();
        flow.zip(position).is_some_and(|(flow, position)| flow.is_possible(position, variable))
    }
}

/// The variables of a scope, by name.
pub(crate) struct ScopeVariables<'m> {
    /// Each with its number, and the state that assigns it first in the text.
    pub(crate) assigned: TextMap<&'m str, (usize, usize)>,
}

/// An `Assign` of a state.
pub(crate) struct Assign<'m> {
    pub(crate) place: AssignPlace,
    /// Its members.
    pub(crate) members: &'m Map<String, Value>,
}

/// What in a state has an `Assign`.
#[derive(Clone, Copy)]
pub(crate) enum AssignPlace {
    /// The state itself.
    State,
    /// A Choice Rule.
    Choice(usize),
    /// A Catcher.
    Catch(usize),
}

impl AssignPlace {
    /// Says where it is.
    pub(crate) fn visit<T>(self, visit: impl FnOnce(&At<'_>) -> T) -> T {
        match self {
            Self::State => visit(&At::field("Assign")),
            Self::Choice(position) => visit(&At::field("Choices").element(position).member("Assign")),
            Self::Catch(position) => visit(&At::field("Catch").element(position).member("Assign")),
        }
    }
}

impl Assign<'_> {
    /// The JSON pointer from the state.
    pub(crate) fn pointer(&self) -> String {
        self.place.visit(|at| at.pointer())
    }
}

/// Every `Assign` of a state.
pub(crate) fn assigns(state: &State) -> impl Iterator<Item = Assign<'_>> {
    let rules = match &state.kind {
        StateKind::Choice(choice) => choice.choices.as_slice(),
        StateKind::Task(_)
        | StateKind::Pass(_)
        | StateKind::Wait(_)
        | StateKind::Succeed(_)
        | StateKind::Fail(_)
        | StateKind::Parallel(_)
        | StateKind::Map(_) => &[],
    };
    let own = std::iter::once((AssignPlace::State, &state.assign));
    let rules = rules.iter().enumerate().map(|(at, rule)| (AssignPlace::Choice(at), &rule.assign));
    let catch =
        state.catch().iter().enumerate().map(|(at, catcher)| (AssignPlace::Catch(at), &catcher.assign));
    let all = own.chain(rules).chain(catch);
    all.filter_map(|(place, assign)| Some(Assign { place, members: assign.as_ref()? }))
}

/// The variable that a member of `Assign` names.
pub(crate) fn variable_of(key: &str, language: QueryLanguage) -> &str {
    match language {
        QueryLanguage::JsonPath => key.strip_suffix(".$").unwrap_or(key),
        QueryLanguage::Jsonata => key,
    }
}

fn of_scopes<'m>(index: &Index<'m>) -> Vec<ScopeVariables<'m>> {
    let mut scopes: Vec<ScopeVariables<'m>> =
        index.scopes.iter().map(|_| ScopeVariables { assigned: TextMap::default() }).collect();
    for entry in &index.states {
        let assigned = &mut scopes[entry.scope].assigned;
        for assign in assigns(entry.state) {
            for key in assign.members.keys() {
                let next = assigned.len();
                assigned.entry(variable_of(key, entry.language)).or_insert((next, entry.number));
            }
        }
    }
    scopes
}

/// Where a name is looked up from a state: its own scope, then those around it.
pub(crate) struct Visible<'i, 'm> {
    index: &'i Index<'m>,
    /// The next scope, with the number of the state in it.
    next: Option<(usize, usize)>,
    /// Whether the border of a child execution has been crossed.
    is_outside: bool,
}

/// A scope from which a state may read.
pub(crate) struct VisibleScope {
    /// Its position.
    pub(crate) scope: usize,
    /// The number of the state in it that reads, or in which the reading state is nested.
    pub(crate) state: usize,
    /// Whether the reading state runs in an execution of its own, and sees nothing of this scope.
    pub(crate) is_outside: bool,
}

impl<'i, 'm> Visible<'i, 'm> {
    pub(crate) fn from(index: &'i Index<'m>, entry: &StateEntry<'_>) -> Self {
        Self { index, next: Some((entry.scope, entry.number)), is_outside: false }
    }
}

impl Iterator for Visible<'_, '_> {
    type Item = VisibleScope;

    fn next(&mut self) -> Option<VisibleScope> {
        let (scope, state) = self.next?;
        let found = VisibleScope { scope, state, is_outside: self.is_outside };
        self.next = self.index.scopes[scope].owner.map(|owner| {
            let owner = &self.index.states[owner];
            self.is_outside |= is_distributed(owner.state);
            (owner.scope, owner.number)
        });
        Some(found)
    }
}

/// Whether the iterations of a state are executions of their own.
pub(crate) fn is_distributed(state: &State) -> bool {
    match &state.kind {
        StateKind::Map(map) => [&map.item_processor, &map.iterator].into_iter().flatten().any(|processor| {
            let config = processor.processor_config.as_ref();
            config.and_then(|config| config.mode) == Some(ProcessorMode::Distributed)
        }),
        StateKind::Task(_)
        | StateKind::Pass(_)
        | StateKind::Choice(_)
        | StateKind::Wait(_)
        | StateKind::Succeed(_)
        | StateKind::Fail(_)
        | StateKind::Parallel(_) => false,
    }
}
