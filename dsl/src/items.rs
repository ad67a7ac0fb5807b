//! What a distributed Map runs over, and what it gives: items in Amazon S3, the members of an object, batches, files of
//! results.
//!
//! ```
//! use stepwright::prelude::*;
//!
//! #[derive(Data, Serialize, Deserialize, JsonSchema)]
//! struct Row { sku: String, qty: String }
//!
//! #[task(lambda = "${Import}")]
//! fn import(#[input] rows: Vec<Row>) -> u64;
//!
//! #[workflow]
//! fn nightly(s: &mut Scope, day: Ref<String>) -> Ref<Vec<u64>> {
//!     s.map("ImportRows", items::csv::<Row>("stock", fmt!("{}.csv", day)))
//!         .batches_of(100)
//!         .tolerate_failures(5)
//!         .each(|s, batch| s.task(import(batch.items)))
//! }
//! # assert!(nightly().plan().problems.is_empty());
//! ```

mod data;
mod reader;

use std::collections::BTreeMap;
use std::marker::PhantomData;

pub use self::data::{Batch, Member, NoBatchInput, ResultLocation, S3Object, WrittenResults};
pub use self::reader::{Csv, FileType, Inventory, Json, Jsonl, Listing, Parquet, Reader};
pub use self::reader::{athena, csv, inventory, json, jsonl, objects, parquet};
use crate::data::Data;
use crate::expr::{Expr, IntoExpr, tree};
use crate::plan::{self, Expression};
pub use crate::plan::{Delimiter, OutputType, Transformation};
use crate::refs::Ref;
use crate::state::map::{Distributed, Inline, Mode};

/// What a Map can run over: a list (`Ref<Vec<T>>`), what is in Amazon S3 ([`csv`], [`objects`], …), the [`members`] of an
/// object. The last two need child executions, so the Map is distributed.
#[diagnostic::on_unimplemented(
    message = "a Map cannot run over `{Self}`",
    label = "not a list of items",
    note = "a Map runs over a `Ref<Vec<…>>`, what is in Amazon S3 (`items::csv::<Row>(bucket, key)`), or `items::members(…)` of a `Ref<BTreeMap<String, …>>`"
)]
pub trait IntoItems<T> {
    /// How the Map runs its iterations.
    type Mode: Mode;

    /// The items.
    #[doc(hidden)]
    fn into_items(self) -> Source;
}

/// Items without their type.
#[doc(hidden)]
#[derive(Debug)]
pub struct Source {
    pub(crate) items: plan::Items,
    /// The kind of the values, where the items are the members of an object.
    pub(crate) members: Option<plan::Kind>,
}

impl Source {
    pub(crate) fn data(items: Expression) -> Self {
        Self { items: plan::Items::Data(items), members: None }
    }
}

// Not `E: IntoExpr<Vec<T>>` for all at once: rustc would report a value that is no list twice.

#[diagnostic::do_not_recommend]
impl<T: Data> IntoItems<T> for Ref<Vec<T>> {
    type Mode = Inline;

    fn into_items(self) -> Source {
        Source::data(tree::<Vec<T>>(self))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Data> IntoItems<T> for Expr<Vec<T>> {
    type Mode = Inline;

    fn into_items(self) -> Source {
        Source::data(tree::<Vec<T>>(self))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Data> IntoItems<T> for Vec<T> {
    type Mode = Inline;

    fn into_items(self) -> Source {
        Source::data(tree::<Vec<T>>(self))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Data, E: IntoExpr<T>, const N: usize> IntoItems<T> for [E; N] {
    type Mode = Inline;

    fn into_items(self) -> Source {
        Source::data(tree::<Vec<T>>(self))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Data, F> IntoItems<T> for Reader<T, F> {
    type Mode = Distributed;

    fn into_items(self) -> Source {
        Source { items: plan::Items::Read(Box::new(self.into_reader())), members: None }
    }
}

/// The members of an object: what [`members`] gives.
#[derive(Debug)]
pub struct Members<T> {
    object: Expression,
    ty: PhantomData<fn() -> T>,
}

/// The members of an object, each with its key: a distributed Map can run over them.
///
/// ```
/// use std::collections::BTreeMap;
/// use stepwright::prelude::*;
///
/// #[task(lambda = "${Total}")]
/// fn total(region: String, amounts: Vec<f64>) -> f64;
///
/// #[workflow]
/// fn totals(s: &mut Scope, amounts: Ref<BTreeMap<String, Vec<f64>>>) -> Ref<Vec<f64>> {
///     s.map("EachRegion", items::members(amounts)).each(|s, region| s.task(total(region.key, region.value)))
/// }
/// # assert!(totals().plan().problems.is_empty());
/// ```
pub fn members<T: Data>(object: impl IntoExpr<BTreeMap<String, T>>) -> Members<T> {
    Members { object: tree::<BTreeMap<String, T>>(object), ty: PhantomData }
}

#[diagnostic::do_not_recommend]
impl<T: Data> IntoItems<Member<T>> for Members<T> {
    type Mode = Distributed;

    fn into_items(self) -> Source {
        Source { items: plan::Items::Data(self.object), members: Some(T::KIND) }
    }
}
