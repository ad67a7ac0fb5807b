//! What a state makes of its result.

use super::{BoundId, Expression, TypeFacts};

/// What a Task, Parallel or Map makes of its result before it is kept: `ResultSelector`, in terms of the raw result.
#[derive(Debug)]
pub struct ResultSelector {
    /// What stands for the raw result in [`value`](Self::value).
    pub parameter: BoundId,
    /// What is kept in its place.
    pub value: Expression,
    /// The Rust type of the raw result.
    pub raw: TypeFacts,
}
