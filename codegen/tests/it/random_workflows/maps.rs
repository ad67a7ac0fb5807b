//! Maps of random workflows.

use stepwright::prelude::*;

use super::Op;
use super::builder::{Builder, ScopeValue};
use super::data::{Inner, POLICIES, Pair};
use super::picks::Picks;
use super::visible::{Readable, Visible, pick};

impl Builder {
    pub(super) fn map(&self, s: &mut Scope, op: &Op, visible: &mut Visible, picks: &mut Picks) {
        match picks.below(4) {
            0 => self.map_over::<Inner>(s, op, pick(&visible.inner_lists, picks).into_expr(), visible, picks),
            1 => self.map_over::<Vec<String>>(s, op, pick(&visible.rows, picks).into_expr(), visible, picks),
            2 if self.is_jsonata() => {
                self.map_over::<String>(s, op, self.list(visible, picks), visible, picks);
            }
            _ => self.map_over::<String>(s, op, pick(&visible.lists, picks).into_expr(), visible, picks),
        }
    }

    fn map_over<T: Readable>(
        &self,
        s: &mut Scope,
        op: &Op,
        items: Expr<Vec<T>>,
        visible: &mut Visible,
        picks: &mut Picks,
    ) {
        let (name, caught) = (self.name("Map"), self.name("Caught"));
        let policy = picks.of(&POLICIES);
        let seen: &Visible = &visible.inside();
        let mut map = s.map(name, items).retry(policy);
        map = match picks.below(6) {
            0 | 1 => map.max_concurrency(1),
            2 => map.max_concurrency(pick(&seen.delays, picks)),
            _ => map,
        };
        if picks.once_in(3) {
            map = map.item_as(self.name("item"));
        }
        if picks.once_in(3) {
            map = map.catch(States::ALL, |s, error| s.fail_as(caught, error.error, "an item failed"));
        }
        let tolerated = picks.below(2) as u64;
        let mut inner = Picks::new(picks.next());
        let mut more = Picks::new(picks.next());
        let mut pair = |item: Option<Ref<T>>| {
            let record = Visible::new(seen.records[0]);
            let texts = item.map_or(record.clone(), |item| record.with(item)).texts;
            data!(Pair {
                left: pick(&texts, &mut more),
                right: self.text(seen, &mut more),
                count: self.number(seen, &mut more)
            })
        };
        let mut texts = |s: &mut Scope, visible: &Visible| {
            self.body::<String>(s, &op.bodies[0], visible, ScopeValue::Text, &mut inner)
        };
        let values = match picks.below(9) {
            8 => map.each_selecting(|s, item| texts(s, &seen.with(item)), |values| values),
            0 | 1 => map.select(|item| pair(Some(item))).each(|s, pair| texts(s, &seen.with(pair))),
            2 => {
                let rows = map.each(|s, item| {
                    let visible = seen.with(item);
                    self.body::<Vec<String>>(s, &op.bodies[0], &visible, ScopeValue::Other, &mut inner)
                });
                *visible = visible.with(rows);
                return;
            }
            3 => (map.select(|item| pair(Some(item))).distributed())
                .tolerate_failures(tolerated)
                .each(|s, pair| texts(s, &seen.with(pair))),
            4 => map.distributed().each(|s, item| texts(s, &seen.with(item))),
            5 => (map.distributed().batches_of(2).batch_input(pair(None)))
                .each(|s, batch| texts(s, &seen.with(batch.batch_input))),
            6 => map.distributed().batches_of(2).each(|s, batch| {
                let item = batch.items.get(0).assume_some("no batch is empty");
                texts(s, &seen.with(item))
            }),
            _ => map.each(|s, item| texts(s, &seen.with(item))),
        };
        *visible = visible.with(values);
    }
}
