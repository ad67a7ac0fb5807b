//! How a Map runs its iterations, as types: what a body is given, and what comes of it.

use std::marker::PhantomData;

use crate::data::Data;
use crate::items::{Batch, WrittenResults};

/// How a Map runs its iterations: [`Inline`] or [`Distributed`].
pub trait Mode: sealed::Sealed {
    /// What a body is given for an `I`.
    type Given<I: Data>: Data;
    /// What the Map gives, if a body gives an `R`.
    type Results<R: Data>: Data;
    #[doc(hidden)]
    const IS_DISTRIBUTED: bool;
    /// What the input of a body is called, if nobody names it.
    #[doc(hidden)]
    const ITEM: &'static str;
}

/// The iterations run inside of the execution, at most 40 at the same time.
#[derive(Debug, Clone, Copy)]
pub struct Inline;

/// Each iteration, or each batch of items, is a child execution. `G` says what one is given ([`Singly`], [`Batched`]), `W` what
/// becomes of the results ([`Gathered`], [`Written`]).
#[derive(Debug, Clone, Copy)]
pub struct Distributed<G = Singly, W = Gathered>(PhantomData<fn() -> (G, W)>);

/// A child execution is given one item.
#[derive(Debug, Clone, Copy)]
pub struct Singly;

/// A child execution is given a [`Batch`] of items, with a `B`.
#[derive(Debug, Clone, Copy)]
pub struct Batched<B>(PhantomData<fn() -> B>);

/// The results are the value of the state.
#[derive(Debug, Clone, Copy)]
pub struct Gathered;

/// The results are in Amazon S3.
#[derive(Debug, Clone, Copy)]
pub struct Written;

/// What a child execution is given.
pub trait Grouping {
    /// What a body is given for an `I`.
    type Given<I: Data>: Data;
    #[doc(hidden)]
    const ITEM: &'static str;
}

impl Grouping for Singly {
    type Given<I: Data> = I;
    const ITEM: &'static str = "item";
}

impl<B: Data> Grouping for Batched<B> {
    type Given<I: Data> = Batch<I, B>;
    const ITEM: &'static str = "batch";
}

/// What becomes of the results.
pub trait Gathering {
    /// What the Map gives, if a body gives an `R`.
    type Results<R: Data>: Data;
}

impl Gathering for Gathered {
    type Results<R: Data> = Vec<R>;
}

impl Gathering for Written {
    type Results<R: Data> = WrittenResults;
}

impl Mode for Inline {
    type Given<I: Data> = I;
    type Results<R: Data> = Vec<R>;
    const IS_DISTRIBUTED: bool = false;
    const ITEM: &'static str = "item";
}

impl<G: Grouping, W: Gathering> Mode for Distributed<G, W> {
    type Given<I: Data> = G::Given<I>;
    type Results<R: Data> = W::Results<R>;
    const IS_DISTRIBUTED: bool = true;
    const ITEM: &'static str = G::ITEM;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Inline {}
    impl<G, W> Sealed for super::Distributed<G, W> {}
}
