//! Map.

use std::marker::PhantomData;
use std::panic::Location;

use super::Unfinished;
use crate::data::Data;
use crate::expr::{Operand, tree};
use crate::name::StateName;
use crate::outcome::Outcome;
use crate::plan::{self, Expression, Place, Role, Root, RustLocation, Slot, StateKind, ValueId};
use crate::refs::Ref;
use crate::scope::Scope;
use crate::task::{Settings, composite_settings};

/// A Map state to be: states that run for each item of a list of `T`; each iteration is given an `I`.
///
/// Values of the scope around it are simply used in the iterations.
///
/// ```
/// # use stepwright::prelude::*;
/// # #[task(lambda = "${Reserve}")] fn reserve(sku: String) -> String;
/// # #[workflow] fn w(s: &mut Scope, skus: Ref<Vec<String>>) -> Ref<Vec<String>> {
/// s.map("ReserveLines", skus).max_concurrency(10).each(|s, sku| s.task(reserve(sku)))
/// # }
/// # assert!(w().plan().problems.is_empty());
/// ```
#[must_use = "a Map is not added until it is finished: call `.each(…)`"]
pub struct Map<'s, 'c, T, I> {
    pending: Unfinished<'s>,
    settings: Settings<'c>,
    items: Expression,
    item: ValueId,
    item_name: Option<String>,
    selector: Option<Expression>,
    max_concurrency: Option<u32>,
    ty: PhantomData<fn() -> (T, I)>,
}

impl<T, I> std::fmt::Debug for Map<'_, '_, T, I> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Map").field("items", &self.items).finish_non_exhaustive()
    }
}

#[expect(clippy::mismatching_type_param_order, reason = "without a selector, an iteration is given the item")]
impl<'s, 'c, T: Data> Map<'s, 'c, T, T> {
    pub(crate) fn new(
        scope: &'s mut Scope,
        name: StateName,
        items: Expression,
        location: RustLocation,
    ) -> Self {
        let item = scope.value::<T>(Role::Item, Slot::Document { spelt_out: false }, location);
        let pending = Unfinished::new(scope, "map", ".each(…)", Some(name.clone()), location);
        let settings = Settings::new(name, location);
        let ty = PhantomData;
        Self { pending, settings, items, item, item_name: None, selector: None, max_concurrency: None, ty }
    }

    /// What each iteration is given in place of the item: `ItemSelector`.
    pub fn select<E: Operand>(self, select: impl FnOnce(Ref<T>) -> E) -> Map<'s, 'c, T, E::Data> {
        let selector = tree::<E::Data>(select(Ref::to(Place::new(Root::Value(self.item)))));
        let Self { pending, settings, items, item, item_name, max_concurrency, .. } = self;
        Map {
            pending,
            settings,
            items,
            item,
            item_name,
            selector: Some(selector),
            max_concurrency,
            ty: PhantomData,
        }
    }
}

impl<'c, T: Data, I: Data> Map<'_, 'c, T, I> {
    /// Names the item: its field in the document of an iteration, or its variable. `item` if not said.
    pub fn item_as(mut self, name: impl Into<String>) -> Self {
        self.item_name = Some(name.into());
        self
    }

    /// How many iterations run at the same time, at the most; 0 is no limit, 1 is one after the other.
    pub fn max_concurrency(mut self, iterations: u32) -> Self {
        self.max_concurrency = Some(iterations);
        self
    }

    composite_settings!(settings);

    /// Adds the state with what it runs for each item; returns the results, in the order of the items.
    #[track_caller]
    pub fn each<R: Outcome>(mut self, body: impl FnOnce(&mut Scope, Ref<I>) -> R) -> Ref<Vec<R::Data>> {
        let slot = Slot::Auto(self.item_name.clone().unwrap_or_else(|| "item".to_owned()));
        let processor = self.pending.scope.inner_scope::<I, R>(Some(slot), Location::caller(), |s, item| {
            body(s, Ref::to(Place::new(Root::Value(item))))
        });
        let kind = StateKind::Map(plan::Map {
            items: self.items,
            item_name: self.item_name,
            item: self.item,
            selector: self.selector,
            max_concurrency: self.max_concurrency,
            processor,
        });
        let scope = self.pending.finish();
        let default = scope.conventions().composites;
        let result = scope.add_composite::<Vec<R::Data>>(self.settings, default, kind, None);
        Ref::to(Place::new(Root::Value(result)))
    }
}
