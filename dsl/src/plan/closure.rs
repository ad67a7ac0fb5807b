//! Functions over the items of a list, and texts in JSONata.

use super::place::fresh_id;
use super::{Expression, Kind, RustLocation};

/// The parameter of a closure; unique in the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BoundId(u64);

impl BoundId {
    pub(crate) fn fresh() -> Self {
        Self(fresh_id())
    }
}

/// A closure and what it is called with.
#[derive(Debug, Clone)]
pub struct Closure {
    /// What becomes of its values.
    pub combinator: Combinator,
    /// The list, or the optional value.
    pub over: Expression,
    /// `Fold`: what to start with.
    pub start: Option<Expression>,
    /// Its parameters: the item; for `Fold`, what there is so far and the item.
    pub parameters: Vec<BoundId>,
    /// Its value, in terms of the parameters.
    pub body: Expression,
}

/// What is done with a closure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Combinator {
    /// The list of its values.
    Map,
    /// The list of the items for which it holds.
    Filter,
    /// Whether it holds for an item.
    Any,
    /// Whether it holds for every item.
    All,
    /// One value, from the start and each item in order.
    Fold,
    /// Its value for an optional value, or `null`.
    MapSome,
}

/// A text in JSONata, with values in it: `pieces` has one element more than `values`.
#[derive(Debug, Clone)]
pub struct Jsonata {
    /// The texts around the values.
    pub pieces: Vec<String>,
    /// The names by which the text calls the values.
    pub names: Vec<&'static str>,
    /// The values.
    pub values: Vec<Expression>,
    /// What kind of value the text is taken to give.
    pub kind: Kind,
    /// Where it is written.
    pub location: RustLocation,
}
