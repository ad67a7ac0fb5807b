//! Which state has which policy.

use stepwright_codegen::asl::{OrExpression, State};
use stepwright_codegen::asl::{Scope, StateKind, StateMachine, StateType, Task};

use crate::policies::policy::{Policy, Timeout};

/// The policies of some machines, and the states that have them.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// Each once, in the order of first use.
    pub(crate) policies: Vec<Policy>,
    /// The states that have a policy, and the Task states that have none.
    pub(crate) uses: Vec<Use>,
}

/// A state and its policy.
#[derive(Debug)]
pub(crate) struct Use {
    /// The name of the machine.
    pub(crate) machine: String,
    /// How many of the states above are around it.
    pub(crate) depth: usize,
    pub(crate) name: String,
    pub(crate) state_type: StateType,
    /// The index of the policy; `None` if it is never retried.
    pub(crate) policy: Option<usize>,
    pub(crate) timeout: Timeout,
}

impl Survey {
    /// How many states have the policy of this index; for `None`, how many Task states have none.
    pub(crate) fn users(&self, policy: Option<usize>) -> usize {
        self.uses.iter().filter(|state| state.policy == policy).count()
    }
}

/// Looks at all states of some machines, which have names.
pub(crate) fn survey(machines: &[(String, StateMachine)]) -> Survey {
    let mut survey = Survey::default();
    for (name, machine) in machines {
        add_scope(&mut survey, name, &machine.scope(), 0);
    }
    survey
}

fn add_scope(survey: &mut Survey, machine: &str, scope: &Scope<'_>, depth: usize) {
    for (name, state) in scope.states {
        let policy = policy(survey, state);
        let shown = policy.is_some() || matches!(state.kind, StateKind::Task(_));
        if shown {
            survey.uses.push(Use {
                machine: machine.to_owned(),
                depth,
                name: name.clone(),
                state_type: state.kind.state_type(),
                policy,
                timeout: timeout(state),
            });
        }
        for inner in state.scopes() {
            add_scope(survey, machine, &inner, depth + usize::from(shown));
        }
    }
}

/// The index of the state's policy, which is added if it is new.
fn policy(survey: &mut Survey, state: &State) -> Option<usize> {
    if state.retry().is_empty() {
        return None;
    }
    let policy = Policy::of(state.retry());
    let known = survey.policies.iter().position(|known| *known == policy);
    Some(known.unwrap_or_else(|| {
        survey.policies.push(policy);
        survey.policies.len() - 1
    }))
}

fn timeout(state: &State) -> Timeout {
    let StateKind::Task(Task { timeout_seconds, timeout_seconds_path, .. }) = &state.kind else {
        return Timeout::None;
    };
    match timeout_seconds {
        Some(OrExpression::Constant(seconds)) => Timeout::Seconds(*seconds),
        Some(OrExpression::Expression(_)) => Timeout::Data,
        None if timeout_seconds_path.is_some() => Timeout::Data,
        None => Timeout::None,
    }
}
