//! Where it has been asked whether a variable has a value, so that it depends on the data what is read from there on.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::asl::path::Root;
use crate::check::index::{Index, StateEntry};
use crate::check::texts::{Syntax, Text};
use crate::check::variables::Visible;

/// The states that ask, by the name of the variable.
pub(crate) struct AskedVariables<'i, 'm> {
    index: &'i Index<'m>,
    askers: BTreeMap<&'i str, BTreeSet<usize>>,
    /// The positions in its scope that a state leads to, for those that were looked at.
    reached: RefCell<BTreeMap<usize, Vec<bool>>>,
}

impl<'i, 'm> AskedVariables<'i, 'm> {
    pub(crate) fn new(index: &'i Index<'m>) -> Self {
        let mut askers: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for text in &index.texts {
            for name in asked(text) {
                askers.entry(name).or_default().insert(text.state);
            }
        }
        Self { index, askers, reached: RefCell::default() }
    }

    /// Whether a state that asks for the variable is this one, or leads to it; what is nested in a state counts as that state.
    pub(crate) fn is_asked_before(&self, name: &str, entry: &StateEntry<'m>) -> bool {
        let askers = self.askers.get(name).into_iter().flatten();
        askers.copied().any(|asker| self.leads_to(&self.index.states[asker], entry))
    }

    fn leads_to(&self, from: &StateEntry<'m>, to: &StateEntry<'m>) -> bool {
        Visible::from(self.index, from).any(|from| {
            let to = Visible::from(self.index, to).find(|to| to.scope == from.scope);
            to.is_some_and(|to| from.state == to.state || self.reaches(from.scope, from.state, to.state))
        })
    }

    fn reaches(&self, scope: usize, from: usize, to: usize) -> bool {
        let scope = &self.index.scopes[scope];
        let position = |state: usize| scope.numbers.binary_search(&state).ok();
        let (Some(start), Some(end)) = (position(from), position(to)) else { return true };
        let mut reached = self.reached.borrow_mut();
        let reached =
            reached.entry(from).or_insert_with(|| scope.graph.reach(scope.graph.targets[start].clone()));
        reached[end]
    }
}

/// The variables that a text asks for.
fn asked<'t>(text: &'t Text<'_>) -> Vec<&'t str> {
    match &text.syntax {
        Syntax::Expression(expression, _) => expression.tested.iter().map(String::as_str).collect(),
        Syntax::Path(path) if text.is_test => match &path.root {
            Root::Variable(name) => vec![name],
            Root::Input | Root::Context => Vec::new(),
        },
        _ => Vec::new(),
    }
}
