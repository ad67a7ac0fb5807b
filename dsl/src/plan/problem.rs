//! What builders find wrong.

use super::{LabelId, RustLocation};
use crate::name::StateName;

/// Something that a builder found wrong while the workflow was traced.
#[derive(Debug, Clone)]
pub struct Problem {
    /// What kind.
    pub kind: ProblemKind,
    /// Where.
    pub location: RustLocation,
}

/// The kinds of [`Problem`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// A `choice`, `parallel`, `map` or `repeat` whose last call is missing.
    Unfinished {
        /// The method that began it.
        began: &'static str,
        /// The state's name, where it has one.
        name: Option<StateName>,
        /// The call that is missing.
        missing: &'static str,
    },
    /// A path for `save_as` that is none.
    BadPath {
        /// As written.
        path: String,
    },
    /// A label that was never placed.
    LabelNotPlaced(LabelId),
    /// A label that was placed twice.
    LabelPlacedTwice(LabelId),
    /// `comment` called where no state was added before.
    NothingToComment,
    /// `ends_as` or `end_with` called a second time in a scope, or outside its outermost body.
    SecondEnd,
    /// A task that only gives a sample, as a Pass state. A warning.
    Prototype {
        /// The state's name.
        name: StateName,
    },
    /// A parameter of a task that is given twice.
    ParameterTwice(&'static str),
    /// A parameter that is added to parameters that are no object written in place.
    ParameterOfNoObject(&'static str),
    /// `.sync` with an Express workflow of this name.
    WaitsForExpress(&'static str),
    /// A variable that was made in another scope is set.
    ForeignVariable {
        /// Its name.
        name: String,
        /// Where it was made.
        made: RustLocation,
    },
    /// A comment for a part of a state that has none yet.
    NoPartToComment {
        /// What there is none of: `rule`.
        part: &'static str,
        /// What adds one: `when`.
        added_by: &'static str,
    },
    /// What is selected of a result is said too late.
    SelectsLate {
        /// The method that it must come before.
        after: &'static str,
    },
}
