//! A state machine made ready to run: names resolved once, scopes and states by number.

use std::sync::Arc;

use indexmap::IndexMap;
use stepwright_codegen::asl::{QueryLanguage, Scope, State, StateKind, StateMachine, TransitionField};

use crate::error::Error;
use crate::history::Text;

/// The number of a scope: the machine, a branch, or an item processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ScopeId(usize);

/// The number of a state in the whole machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StateId(usize);

/// A machine whose transitions all lead somewhere.
#[derive(Debug)]
pub(crate) struct Program<'m> {
    scopes: Vec<StateId>,
    states: Vec<Prepared<'m>>,
    linked: Vec<Linked>,
}

/// A machine that tasks of the machine, or of other linked ones, start executions of.
#[derive(Debug)]
pub(crate) struct Linked {
    /// Its ARN, as tasks name it.
    pub(crate) arn: String,
    /// Its outermost scope.
    pub(crate) scope: ScopeId,
    /// `TimeoutSeconds`.
    pub(crate) timeout: Option<u64>,
}

/// A state with what its names stand for.
#[derive(Debug)]
pub(crate) struct Prepared<'m> {
    /// Its name.
    pub(crate) name: Text,
    /// The state.
    pub(crate) state: &'m State,
    /// The language it is written in.
    pub(crate) language: QueryLanguage,
    /// The states it can lead to, with the field that says so.
    transitions: Vec<(TransitionField, StateId)>,
    /// Branches, or the item processor.
    pub(crate) scopes: Vec<ScopeId>,
}

impl<'m> Program<'m> {
    /// The outermost scope.
    pub(crate) const MACHINE: ScopeId = ScopeId(0);

    /// Resolves a machine.
    ///
    /// # Errors
    ///
    /// The machine has a transition to nowhere, a state that does not lead on, or a container without anything in it.
    pub(crate) fn new(
        machine: &'m StateMachine,
        linked: &[(String, &'m StateMachine)],
    ) -> Result<Self, Error> {
        let mut program = Self { scopes: Vec::new(), states: Vec::new(), linked: Vec::new() };
        program.add(machine)?;
        for (arn, machine) in linked {
            let scope = ScopeId(program.scopes.len());
            program.add(machine).map_err(|error| error.within(arn))?;
            let timeout = machine.timeout_seconds;
            program.linked.push(Linked { arn: arn.clone(), scope, timeout });
        }
        Ok(program)
    }

    fn add(&mut self, machine: &'m StateMachine) -> Result<(), Error> {
        let language = machine.default_query_language();
        // Scopes are numbered when they are found and resolved in that order: no recursion, however deep they nest.
        let first = self.scopes.len();
        let mut found = vec![machine.scope()];
        let mut index = 0;
        while index < found.len() {
            let scope = found[index].clone();
            self.resolve(&scope, language, &mut found, first)?;
            index += 1;
        }
        Ok(())
    }

    /// The machine that an ARN stands for, if one was linked.
    pub(crate) fn linked(&self, arn: &str) -> Option<&Linked> {
        self.linked.iter().find(|linked| linked.arn == arn)
    }

    /// Whether any machine was linked.
    pub(crate) fn has_links(&self) -> bool {
        !self.linked.is_empty()
    }

    fn resolve(
        &mut self,
        scope: &Scope<'m>,
        language: QueryLanguage,
        found: &mut Vec<Scope<'m>>,
        first_scope: usize,
    ) -> Result<(), Error> {
        let first = self.states.len();
        let ids: IndexMap<&str, StateId> = scope
            .states
            .keys()
            .enumerate()
            .map(|(index, name)| (name.as_str(), StateId(first + index)))
            .collect();
        let at = || if scope.pointer.is_empty() { "its top level".to_owned() } else { scope.pointer.clone() };
        let start = ids.get(scope.start_at);
        let start = start.ok_or_else(|| {
            Error::broken(at(), format!("there is no state `{}` to start at", scope.start_at))
        })?;
        self.scopes.push(*start);
        for (name, state) in scope.states {
            let mut prepared = Prepared {
                name: Arc::from(name.as_str()),
                state,
                language: state.effective_query_language(language),
                transitions: Vec::new(),
                scopes: Vec::new(),
            };
            for transition in state.transitions() {
                let target = ids.get(transition.target).ok_or_else(|| {
                    Error::broken(format!("`{name}`"), format!("there is no state `{}`", transition.target))
                })?;
                prepared.transitions.push((transition.field, *target));
            }
            for nested in state.scopes() {
                prepared.scopes.push(ScopeId(first_scope + found.len()));
                found.push(nested);
            }
            complete(name, &prepared)?;
            self.states.push(prepared);
        }
        Ok(())
    }

    /// The state that a scope starts with.
    pub(crate) fn start(&self, scope: ScopeId) -> StateId {
        self.scopes[scope.0]
    }

    /// A state by its number.
    pub(crate) fn state(&self, id: StateId) -> &Prepared<'m> {
        &self.states[id.0]
    }

    /// All states, in the order of the text, outer ones first.
    pub(crate) fn states(&self) -> impl Iterator<Item = &Prepared<'m>> {
        self.states.iter()
    }
}

impl Prepared<'_> {
    /// Where a field leads; `None` when the state has no such field.
    pub(crate) fn target(&self, field: TransitionField) -> Option<StateId> {
        self.transitions.iter().find(|(other, _)| *other == field).map(|(_, target)| *target)
    }
}

/// Checks that a state can be left, and that a container holds something.
fn complete(name: &str, prepared: &Prepared<'_>) -> Result<(), Error> {
    let leads_on = match &prepared.state.kind {
        StateKind::Choice(choice) => !choice.choices.is_empty() || choice.default.is_some(),
        StateKind::Task(_)
        | StateKind::Pass(_)
        | StateKind::Wait(_)
        | StateKind::Succeed(_)
        | StateKind::Fail(_)
        | StateKind::Parallel(_)
        | StateKind::Map(_) => {
            prepared.state.is_terminal() || prepared.target(TransitionField::Next).is_some()
        }
    };
    if !leads_on {
        return Err(Error::broken(format!("`{name}`"), "the state neither ends nor leads on"));
    }
    let is_container = matches!(prepared.state.kind, StateKind::Parallel(_) | StateKind::Map(_));
    if is_container && prepared.scopes.is_empty() {
        return Err(Error::broken(format!("`{name}`"), "the state has nothing to run"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use stepwright_codegen::asl;

    use super::*;

    #[track_caller]
    fn check_error(definition: &str, message: &str) {
        let document = asl::read(definition).expect("the definition is well-formed");
        let error = Program::new(document.machine(), &[]).map(|_| ()).expect_err("the machine is broken");
        assert_eq!(error.to_string(), message);
        assert!(error.is_broken_machine());
    }

    #[test]
    fn a_transition_to_nowhere_is_an_error() {
        check_error(
            r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}}}"#,
            "the state machine is broken at `A`: there is no state `B`",
        );
    }

    #[test]
    fn a_missing_start_state_is_an_error() {
        check_error(
            r#"{"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true,
                "Branches": [{"StartAt": "A", "States": {}}]}}}"#,
            "the state machine is broken at /Branches/0: there is no state `A` to start at",
        );
    }

    #[test]
    fn a_state_without_a_way_on_is_an_error() {
        check_error(
            r#"{"StartAt": "A", "States": {"A": {"Type": "Pass"}}}"#,
            "the state machine is broken at `A`: the state neither ends nor leads on",
        );
    }
}
