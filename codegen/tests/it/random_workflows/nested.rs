//! Decisions and nested scopes of random workflows.

use stepwright::prelude::*;

use super::builder::{Builder, Given, ScopeValue};
use super::data::{Declined, POLICIES, Pair, Record, begin};
use super::picks::Picks;
use super::visible::{Visible, pick};
use super::{Op, OpKind};

impl Builder {
    /// A body that leads nowhere further: it ends the scope.
    fn dead_end(&self, s: &mut Scope, visible: &Visible, scope: ScopeValue, picks: &mut Picks) -> Never {
        let name = self.name("Dead");
        if picks.once_in(3) {
            let _: &mut Scope = s.in_jsonata();
        }
        match (picks.below(3), scope) {
            (0, _) => s.fail_as(name, "Declined", pick(&visible.texts, picks)),
            (1, _) => s.fail_as(name, pick(&visible.texts, picks), "on \"purpose\""),
            (_, ScopeValue::Text) => s.succeed_with(name, pick(&visible.texts, picks)),
            (_, ScopeValue::Other) => s.fail_as(name, "Busy", fmt!("{}", pick(&visible.numbers, picks))),
            (_, ScopeValue::Record) => s.succeed_with(name, pick(&visible.records, picks)),
        }
    }

    pub(super) fn decide(
        &self,
        s: &mut Scope,
        op: &Op,
        visible: &mut Visible,
        scope: ScopeValue,
        picks: &mut Picks,
    ) {
        match op.kind {
            OpKind::When => {
                let (name, condition) = (self.name("When"), self.condition(visible, picks));
                if picks.once_in(5) {
                    s.unless(name, condition, |s| {
                        self.ops(s, &op.bodies[0], visible, scope);
                        self.dead_end(s, visible, scope, picks)
                    });
                } else {
                    s.when(name, condition, |s| {
                        self.ops(s, &op.bodies[0], visible, scope);
                    });
                }
            }
            OpKind::WhenSome => {
                let name = self.name("WhenSome");
                match picks.below(4) {
                    0 => {
                        return s.when_some(name, pick(&visible.maybe_lists, picks), |s, texts| {
                            self.ops(s, &op.bodies[0], &visible.with(texts), scope);
                        });
                    }
                    1 => {
                        return s.when_some(name, pick(&visible.maybe_inners, picks), |s, inner| {
                            self.ops(s, &op.bodies[0], &visible.with(inner), scope);
                        });
                    }
                    _ => {}
                }
                let maybe = if picks.once_in(2) {
                    pick(&visible.maybes, picks)
                } else {
                    pick(&visible.lists, picks).get(0)
                };
                s.when_some(name, maybe, |s, text| {
                    self.ops(s, &op.bodies[0], &visible.with(text), scope);
                });
            }
            _ => match picks.below(if self.is_jsonata() { 5 } else { 4 }) {
                4 => self.choice::<Option<String>>(s, op, visible, scope, picks),
                0 => self.choice::<Record>(s, op, visible, scope, picks),
                1 => self.choice::<i64>(s, op, visible, scope, picks),
                2 => self.choice::<Vec<String>>(s, op, visible, scope, picks),
                _ => self.choice::<String>(s, op, visible, scope, picks),
            },
        }
    }

    fn choice<T: Given>(
        &self,
        s: &mut Scope,
        op: &Op,
        visible: &mut Visible,
        scope: ScopeValue,
        picks: &mut Picks,
    ) {
        let name = self.name("Choice");
        let seen: &Visible = visible;
        let list = pick(&seen.lists, picks);
        let (first, second) = (self.condition(seen, picks), self.condition(seen, picks));
        let choice = s.choice(name).when(first, |s| self.body::<T>(s, &op.bodies[0], seen, scope, picks));
        let choice = if picks.once_in(2) {
            choice.when(second, |s| self.dead_end(s, seen, scope, picks))
        } else {
            choice
        };
        let choice = match op.bodies.get(1) {
            Some(body) => choice.when(list.get(0).is_some(), |s| {
                let item = list.get(0).assume_some("the rule says so");
                self.body::<T>(s, body, &seen.with(item), scope, picks)
            }),
            None => choice,
        };
        let value = match op.bodies.get(2) {
            Some(body) => choice.otherwise(|s| self.body::<T>(s, body, seen, scope, picks)),
            None if picks.once_in(4) => choice.or_fail(),
            None => choice.otherwise(|_| self.give::<T>(seen, picks)),
        };
        *visible = visible.with(value);
    }

    pub(super) fn parallel(&self, s: &mut Scope, op: &Op, visible: &mut Visible, picks: &mut Picks) {
        let (name, caught) = (self.name("Parallel"), self.name("Caught"));
        let (policy, catches, fails) = (picks.of(&POLICIES), picks.once_in(3), picks.once_in(2));
        let seen: &Visible = &visible.inside();
        let (left, right) = (&op.bodies[0], op.bodies.last().expect("there is one body at least"));
        /// Adds Retriers and a Catcher.
        macro_rules! with_settings {
            ($composite:expr) => {{
                let composite = $composite.retry(policy);
                match (catches, fails) {
                    (false, _) => composite,
                    (true, true) => {
                        composite.catch(States::ALL, |s, error| s.fail_as(caught, error.error, "stopped"))
                    }
                    (true, false) => composite.catch([Declined], |s, _| s.wait(caught, 1.seconds())),
                }
            }};
        }
        let has_value = !catches || fails;
        match picks.below(4) {
            0 => {
                let given =
                    data!(Pair { left: self.text(seen, picks), right: pick(&seen.texts, picks), count: 3 });
                let mut more = Picks::new(picks.next());
                let parallel = s
                    .parallel(name)
                    .input(given)
                    .branch(|s, pair| {
                        self.body::<Record>(s, left, &seen.with(pair), ScopeValue::Record, picks)
                    })
                    .branch(|s, pair| {
                        self.body::<String>(s, right, &seen.with(pair), ScopeValue::Text, &mut more)
                    });
                let parallel = with_settings!(parallel);
                if picks.once_in(2) {
                    let select = |(record, text)| {
                        self.give::<Record>(&Visible::new(record).with::<String>(text), picks)
                    };
                    let selected = parallel.join_selecting(select);
                    *visible = if has_value { visible.with(selected) } else { visible.clone() };
                    return;
                }
                let (record, text) = parallel.join();
                if has_value {
                    *visible = visible.with(record).with(text);
                }
            }
            1 => {
                let mut more = Picks::new(picks.next());
                let parallel = s
                    .parallel(name)
                    .branch(|s| {
                        self.ops(s, left, seen, ScopeValue::Other);
                    })
                    .branch(|s| self.body::<Vec<String>>(s, right, seen, ScopeValue::Other, &mut more))
                    .branch(|s| self.body::<String>(s, &[], seen, ScopeValue::Text, picks));
                let (_, texts, text) = with_settings!(parallel).join();
                if has_value {
                    *visible = visible.with(texts).with(text);
                }
            }
            2 => {
                // In JSONPath, nothing else can be handed in beside a text.
                let parallel = s
                    .parallel(name)
                    .input(pick(&seen.texts, picks))
                    .branch(|s, text| {
                        let record = s.task(begin(text).named(self.name("Begin")));
                        self.body::<String>(
                            s,
                            left,
                            &Visible::new(record).with(text),
                            ScopeValue::Text,
                            picks,
                        )
                    })
                    .branch(|_, text| text);
                let (one, other) = with_settings!(parallel).join();
                if has_value {
                    *visible = visible.with(one).with(other);
                }
            }
            _ => {
                let seeds: Vec<u64> = op.bodies.iter().map(|_| picks.next()).collect();
                let branches = op.bodies.iter().zip(seeds).map(|(body, seed)| {
                    move |s: &mut Scope| {
                        self.body::<String>(s, body, seen, ScopeValue::Text, &mut Picks::new(seed))
                    }
                });
                let texts = with_settings!(s.parallel(name).branches(branches)).join();
                if has_value {
                    *visible = visible.with(texts);
                }
            }
        }
    }
}
