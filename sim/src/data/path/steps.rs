//! A Path, read.

use std::fmt::Write as _;

use crate::data::path::filter::Predicate;

/// Where a Path starts, and its steps.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Path {
    pub(super) root: Root,
    pub(super) steps: Vec<Step>,
}

/// The document a Path looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Root {
    /// `$`; in a filter also `@`.
    Input,
    /// `$$`.
    Context,
    /// `$name`.
    Variable(String),
}

/// One step of a Path.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// `.a`, `['a']`, `['a','b']`.
    Names(Vec<String>),
    /// `[0]`, `[-1]`, `[0,2]`.
    Indices(Vec<i64>),
    /// `[from:to]`, either end open.
    Slice { from: Option<i64>, to: Option<i64> },
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
    pub(super) fn is_definite(&self) -> bool {
        let last = self.steps.len().saturating_sub(1);
        self.steps.iter().enumerate().all(|(index, step)| step.is_definite(index == last))
    }
}

impl Step {
    pub(super) fn is_definite(&self, is_last: bool) -> bool {
        match self {
            Self::Names(names) => names.len() == 1 || is_last,
            Self::Indices(indices) => indices.len() == 1,
            Self::Function(_) => true,
            Self::Slice { .. } | Self::All | Self::Below | Self::Filter(_) => false,
        }
    }

    /// Appends the step in the form in which causes show it.
    pub(super) fn write(&self, out: &mut String) {
        match self {
            Self::Names(names) => {
                let names: Vec<_> = names.iter().map(|name| format!("'{name}'")).collect();
                let _ = write!(out, "[{}]", names.join(","));
            }
            Self::Indices(indices) => {
                let indices: Vec<_> = indices.iter().map(i64::to_string).collect();
                let _ = write!(out, "[{}]", indices.join(","));
            }
            Self::Slice { from, to } => {
                let end = |end: &Option<i64>| end.map(|end| end.to_string()).unwrap_or_default();
                let _ = write!(out, "[{}:{}]", end(from), end(to));
            }
            Self::All => out.push_str("[*]"),
            Self::Below => out.push_str(".."),
            Self::Filter(_) => out.push_str("[?]"),
            Self::Function(name) => {
                let _ = write!(out, ".{name}()");
            }
        }
    }
}

/// Those steps from the root, as causes show them: `$['a'][0]`.
pub(super) fn normal(steps: &[Step]) -> String {
    let mut out = String::from("$");
    steps.iter().for_each(|step| step.write(&mut out));
    out
}
