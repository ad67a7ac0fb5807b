//! Variables of random workflows, and what is done in any case.

use stepwright::prelude::*;

use super::Op;
use super::builder::{Builder, ScopeValue};
use super::picks::Picks;
use super::visible::Visible;

impl Builder {
    pub(super) fn make_variable(&self, s: &mut Scope, visible: &mut Visible, picks: &mut Picks) {
        if picks.once_in(3) {
            let variable = s.var("number", self.number(visible, picks));
            *visible = visible.with(*variable);
            visible.number_variables.push(variable);
        } else {
            let variable = s.var("variable", self.text(visible, picks));
            *visible = visible.with(*variable);
            visible.text_variables.push(variable);
        }
    }

    /// Gives a variable another value, if there is one that can be set here.
    pub(super) fn set_variable(&self, s: &mut Scope, visible: &Visible, picks: &mut Picks) {
        if !visible.number_variables.is_empty() && picks.once_in(2) {
            let variable = picks.of(&visible.number_variables);
            let value = if picks.once_in(2) { expr!(variable + 1) } else { self.number(visible, picks) };
            s.set(variable, value);
        } else if !visible.text_variables.is_empty() {
            let variable = picks.of(&visible.text_variables);
            let value = if picks.once_in(2) { fmt!("{}!", variable) } else { self.text(visible, picks) };
            s.set(variable, value);
        }
    }

    pub(super) fn ensure(
        &self,
        s: &mut Scope,
        op: &Op,
        visible: &mut Visible,
        scope: ScopeValue,
        picks: &mut Picks,
    ) {
        let name = self.name("Ensure");
        let seen: &Visible = visible;
        let release = op.bodies.get(1).map_or(&[][..], Vec::as_slice);
        let value = s.ensure(
            name,
            |s| self.body::<String>(s, &op.bodies[0], &seen.inside(), ScopeValue::Text, picks),
            |s| {
                self.ops(s, release, seen, scope);
            },
        );
        *visible = visible.with(value);
    }
}
