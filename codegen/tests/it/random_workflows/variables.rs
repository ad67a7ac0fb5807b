//! Variables of random workflows, and what is done in any case.

use stepwright::prelude::*;

use super::Op;
use super::builder::{Builder, ScopeValue};
use super::picks::Picks;
use super::visible::{Visible, pick};

impl Builder {
    pub(super) fn make_variable(&self, s: &mut Scope, visible: &mut Visible, picks: &mut Picks) {
        match picks.below(if self.is_jsonata() { 6 } else { 5 }) {
            0 => {
                let variable = s.var("number", self.number(visible, picks));
                *visible = visible.with(*variable);
                visible.variables.numbers.push(variable);
            }
            1 => {
                let variable = s.var("list", self.list(visible, picks));
                *visible = visible.with(*variable);
                visible.variables.lists.push(variable);
            }
            5 => {
                let variable = s.var("maybe", self.give::<Option<String>>(visible, picks));
                *visible = visible.with(*variable);
                visible.variables.maybes.push(variable);
            }
            _ => {
                let variable = s.var("variable", self.text(visible, picks));
                *visible = visible.with(*variable);
                visible.variables.texts.push(variable);
            }
        }
    }

    /// Gives a variable another value, if there is one that can be set here.
    pub(super) fn set_variable(&self, s: &mut Scope, visible: &Visible, picks: &mut Picks) {
        let variables = &visible.variables;
        match picks.below(4) {
            0 if !variables.numbers.is_empty() => {
                let variable = picks.of(&variables.numbers);
                let value = if picks.once_in(2) { expr!(variable + 1) } else { self.number(visible, picks) };
                s.set(variable, value);
            }
            1 if !variables.lists.is_empty() => {
                let variable = picks.of(&variables.lists);
                let value = if self.is_jsonata() && picks.once_in(2) {
                    variable.concat([pick(&visible.texts, picks)])
                } else {
                    self.list(visible, picks)
                };
                s.set(variable, value);
            }
            2 if !variables.maybes.is_empty() => {
                s.set(picks.of(&variables.maybes), self.give::<Option<String>>(visible, picks));
            }
            _ if !variables.texts.is_empty() => {
                let variable = picks.of(&variables.texts);
                let value = if picks.once_in(2) { fmt!("{}!", variable) } else { self.text(visible, picks) };
                s.set(variable, value);
            }
            _ => {}
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
        self.in_own_language();
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
