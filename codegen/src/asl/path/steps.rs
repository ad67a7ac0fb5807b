//! A Path, read.

use crate::asl::path::filter::Predicate;

/// Where a Path starts, and its steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// Where it starts.
    pub root: Root,
    /// Its steps in order.
    pub steps: Vec<Step>,
}

/// The document a Path looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Root {
    /// `$`; in a filter also `@`.
    Input,
    /// `$$`.
    Context,
    /// `$name`.
    Variable(String),
}

/// One step of a Path.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// `.a`, `['a']`, `['a','b']`.
    Names(Vec<String>),
    /// `[0]`, `[-1]`, `[0,2]`.
    Indices(Vec<i64>),
    /// `[from:to]`, either end open.
    Slice {
        /// The first index; negative from the end.
        from: Option<i64>,
        /// The index after the last.
        to: Option<i64>,
    },
    /// `.*`, `[*]`.
    All,
    /// `..`: the value and all below it.
    Below,
    /// `[?(…)]`.
    Filter(Predicate),
    /// `.length()` and the like, which the service does not have.
    Function(String),
}

impl Path {
    /// Whether it can match one value at most. More than one name at the end merges members into one object.
    pub fn is_definite(&self) -> bool {
        let last = self.steps.len().saturating_sub(1);
        self.steps.iter().enumerate().all(|(index, step)| step.is_definite(index == last))
    }

    /// Whether it is a Reference Path: names and indices, one at each step.
    pub fn is_reference(&self) -> bool {
        self.steps.iter().all(|step| match step {
            Step::Names(names) => names.len() == 1,
            Step::Indices(indices) => matches!(indices.as_slice(), [index] if *index >= 0),
            Step::Slice { .. } | Step::All | Step::Below | Step::Filter(_) | Step::Function(_) => false,
        })
    }
}

impl Step {
    /// Whether it leads to one value at most; names in the plural do at the end.
    pub fn is_definite(&self, is_last: bool) -> bool {
        match self {
            Self::Names(names) => names.len() == 1 || is_last,
            Self::Indices(indices) => indices.len() == 1,
            Self::Function(_) => true,
            Self::Slice { .. } | Self::All | Self::Below | Self::Filter(_) => false,
        }
    }
}
