//! Map.

mod distributed;
mod mode;

use std::marker::PhantomData;
use std::panic::Location;

pub use self::mode::{Batched, Distributed, Gathered, Gathering, Grouping, Inline, Mode, Singly, Written};
use super::Unfinished;
use crate::context::MapContext;
use crate::data::Data;
use crate::expr::{Fits, Operand, tree};
use crate::items::{IntoItems, Source};
use crate::name::StateName;
use crate::outcome::Outcome;
use crate::plan::{
    self, Expression, Kind, Place, Presence, ProblemKind, Role, Root, RustLocation, Segment, Slot, StateKind,
    TypeFacts, ValueId,
};
use crate::refs::Ref;
use crate::scope::Scope;
use crate::task::{Settings, composite_settings};

/// A Map state to be: states that run for each item of a list of `T`; each iteration is given an `I`. `M` says how they run:
/// inline, or as [child executions](Map::distributed).
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
pub struct Map<'s, 'c, T, I, M = Inline> {
    pending: Unfinished<'s>,
    settings: Settings<'c>,
    draft: Draft,
    item: Ref<T>,
    ty: PhantomData<fn() -> (I, M)>,
}

/// What a Map has beside its processor.
#[derive(Debug)]
struct Draft {
    items: plan::Items,
    item: ValueId,
    item_name: Option<String>,
    selector: Option<Expression>,
    max_concurrency: Option<Expression>,
    distributed: Option<Box<plan::Distributed>>,
    processor_comment: Option<String>,
}

impl<T, I, M> std::fmt::Debug for Map<'_, '_, T, I, M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Map").field("items", &self.draft.items).finish_non_exhaustive()
    }
}

#[expect(clippy::mismatching_type_param_order, reason = "without a selector, an iteration is given the item")]
impl<'s, 'c, T: Data, M: Mode> Map<'s, 'c, T, T, M> {
    pub(crate) fn new<S: IntoItems<T, Mode = M>>(
        scope: &'s mut Scope,
        name: StateName,
        items: S,
        location: RustLocation,
    ) -> Self {
        let Source { items, members } = items.into_items();
        let id = scope.value::<T>(Role::Item, Slot::Document { spelt_out: false }, location);
        let item = match members {
            Some(_) => Place::new(Root::Context)
                .child(Segment::Field("Map".into()))
                .child(Segment::Field("Item".into())),
            None => Place::new(Root::Value(id)),
        };
        let item = Ref::to(item);
        let pending = Unfinished::new(scope, "map", ".each(…)", Some(name.clone()), location);
        let draft = Draft {
            items,
            item: id,
            item_name: None,
            selector: members.map(|kind| member(item, kind)),
            max_concurrency: None,
            distributed: M::IS_DISTRIBUTED.then(Box::default),
            processor_comment: None,
        };
        Self { pending, settings: Settings::new(name, location), draft, item, ty: PhantomData }
    }

    /// What each iteration is given in place of the item: `ItemSelector`.
    pub fn select<E: Operand>(self, select: impl FnOnce(Ref<T>) -> E) -> Map<'s, 'c, T, E::Data, M> {
        self.select_with(|item, _| select(item))
    }

    /// The same, with what is known of the item: its index, and where it comes from.
    ///
    /// ```
    /// # use stepwright::prelude::*;
    /// # #[derive(Data, Serialize, Deserialize, JsonSchema)] struct Numbered { sku: String, number: u64 }
    /// # #[task(lambda = "${Reserve}")] fn reserve(#[input] line: Numbered) -> String;
    /// # #[workflow] fn w(s: &mut Scope, skus: Ref<Vec<String>>) -> Ref<Vec<String>> {
    /// s.map("ReserveLines", skus)
    ///     .select_with(|sku, context| data!(Numbered { sku, number: context.item.index }))
    ///     .each(|s, line| s.task(reserve(line)))
    /// # }
    /// # assert!(w().plan().problems.is_empty());
    /// ```
    pub fn select_with<E: Operand>(
        mut self,
        select: impl FnOnce(Ref<T>, Ref<MapContext>) -> E,
    ) -> Map<'s, 'c, T, E::Data, M> {
        self.draft.selector = Some(tree::<E::Data>(select(self.item, MapContext::here())));
        self.retyped()
    }
}

impl<'s, 'c, T: Data, I: Data, M: Mode> Map<'s, 'c, T, I, M> {
    fn retyped<J, N>(self) -> Map<'s, 'c, T, J, N> {
        let Self { pending, settings, draft, item, .. } = self;
        Map { pending, settings, draft, item, ty: PhantomData }
    }

    /// Names the item: its field in the document of an iteration, or its variable. `item` if not said, `batch` for a batch.
    pub fn item_as(mut self, name: impl Into<String>) -> Self {
        self.draft.item_name = Some(name.into());
        self
    }

    /// How many iterations run at the same time, at the most: a constant, or read from the data (a `Ref<u32>`). 0 is no limit, 1
    /// is one after the other.
    pub fn max_concurrency(mut self, iterations: impl Fits<u32>) -> Self {
        self.draft.max_concurrency = Some(tree(iterations));
        self
    }

    composite_settings!(settings);

    /// Sets the `Comment` of the item processor: what is done with each item.
    pub fn processor_comment(mut self, comment: impl Into<String>) -> Self {
        self.draft.processor_comment = Some(comment.into());
        self
    }

    #[track_caller]
    fn no_part_to_comment(&mut self, part: &'static str, added_by: &'static str) {
        self.pending.scope.problem(ProblemKind::NoPartToComment { part, added_by }, Location::caller());
    }

    /// Adds the state with what it runs for each item; returns the results, in the order of the items.
    #[track_caller]
    pub fn each<R: Outcome>(
        self,
        body: impl FnOnce(&mut Scope, Ref<M::Given<I>>) -> R,
    ) -> Ref<M::Results<R::Data>> {
        let result = self.add::<R, M::Results<R::Data>>(body);
        Ref::to(Place::new(Root::Value(result)))
    }

    /// The same, but keeps only what is selected of the results: `ResultSelector`. Returns what is selected.
    ///
    /// The results of many items are large, and few of them are read further on.
    ///
    /// ```
    /// # use stepwright::prelude::*;
    /// # #[derive(Data, Serialize, Deserialize, JsonSchema)] struct Summary { reserved: u64 }
    /// # #[task(lambda = "${Reserve}")] fn reserve(sku: String) -> String;
    /// # #[workflow] fn w(s: &mut Scope, skus: Ref<Vec<String>>) -> Ref<Summary> {
    /// s.map("ReserveLines", skus)
    ///     .each_selecting(|s, sku| s.task(reserve(sku)), |parcels| data!(Summary { reserved: parcels.len() }))
    /// # }
    /// # assert!(w().plan().problems.is_empty());
    /// ```
    ///
    /// See [`Task::select_result`](crate::Task::select_result).
    #[track_caller]
    pub fn each_selecting<R: Outcome, E: Operand>(
        mut self,
        body: impl FnOnce(&mut Scope, Ref<M::Given<I>>) -> R,
        select: impl FnOnce(Ref<M::Results<R::Data>>) -> E + 'c,
    ) -> Ref<E::Data> {
        let raw = TypeFacts::of::<M::Results<R::Data>>();
        self.settings.select(raw, |results| select(Ref::to(Place::new(results))));
        let result = self.add::<R, E::Data>(body);
        Ref::to(Place::new(Root::Value(result)))
    }

    #[track_caller]
    fn add<R: Outcome, V: Data>(mut self, body: impl FnOnce(&mut Scope, Ref<M::Given<I>>) -> R) -> ValueId {
        let Draft { items, item, item_name, selector, max_concurrency, distributed, processor_comment } =
            self.draft;
        let name = item_name.clone().unwrap_or_else(|| M::ITEM.to_owned());
        let mut processor = self.pending.scope.inner_scope::<M::Given<I>, R>(
            Some(Slot::Auto(name)),
            Location::caller(),
            |s, item| body(s, Ref::to(Place::new(Root::Value(item)))),
        );
        processor.comment = processor_comment;
        let kind = StateKind::Map(plan::Map {
            items,
            item_name,
            item,
            selector,
            max_concurrency,
            distributed,
            processor,
        });
        let scope = self.pending.finish();
        let default = scope.conventions().composites;
        scope.add_composite::<V>(self.settings, default, kind, None)
    }
}

/// A member of an object, as an iteration is given it.
fn member<T: Data>(item: Ref<T>, kind: Kind) -> Expression {
    let read = |name: &'static str, kind| {
        let place = Ref::<T>::to(item.place().child(Segment::Field(name.into()))).place();
        (name.to_owned(), Presence::Always, Expression::Read(place, kind))
    };
    Expression::Object(vec![read("Key", Kind::String), read("Value", kind)])
}
