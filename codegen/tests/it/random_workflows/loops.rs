//! Loops and jumps of random workflows.

use stepwright::prelude::*;

use super::builder::{Builder, ScopeValue};
use super::data::{ask, work};
use super::picks::Picks;
use super::visible::{Visible, pick};
use super::{Op, OpKind};

impl Builder {
    pub(super) fn go_round(
        &self,
        s: &mut Scope,
        op: &Op,
        visible: &mut Visible,
        scope: ScopeValue,
        picks: &mut Picks,
    ) {
        let (name, asked, body) = (self.name("Round"), self.name("Ask"), &op.bodies[0]);
        let seen: &Visible = visible;
        if op.kind == OpKind::Repeat {
            // Only the Choice state at the end of a round can be in JSONata.
            self.in_own_language();
        }
        match op.kind {
            OpKind::Repeat if picks.once_in(2) => {
                let value = s
                    .repeat(|s| {
                        let seen = self.ops(s, body, seen, scope);
                        s.task(work(pick(&seen.texts, picks)).named(asked))
                    })
                    .until(name, |value| cond!(value != "no"));
                *visible = visible.with(value);
            }
            OpKind::Repeat => {
                let inner = self.name("Value");
                let again = s
                    .repeat(|s| {
                        let value = s.pass(inner, self.text(seen, picks));
                        self.ops(s, body, &seen.with(value), scope);
                        s.task(ask().named(asked))
                    })
                    .as_long_as(name, |again| cond!(again));
                *visible = visible.with(again);
            }
            OpKind::Back => {
                let start = s.label();
                let after = self.ops(s, body, seen, scope);
                let again = s.task(ask().named(asked));
                s.when(name, again, |s| s.goto(start));
                *visible = after.with(again);
            }
            _ => {
                let end = s.forward_label();
                s.when(name, self.condition(seen, picks), |s| {
                    self.ops(s, body, seen, scope);
                    s.goto(end)
                });
                let skipped = op.bodies.get(1).map_or(&[][..], Vec::as_slice);
                self.ops(s, skipped, seen, scope);
                s.place(end);
            }
        }
    }
}
