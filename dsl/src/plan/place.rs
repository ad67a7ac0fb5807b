//! Places: where a value is found.

use std::any::Any;
use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use super::closure::BoundId;

/// A value that the workflow names; unique in the program, so that a reference into another workflow is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ValueId(pub(crate) u64);

/// A nested state machine; unique in the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScopeId(pub(crate) u64);

/// A use of a scope's whole document; unique in the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub(crate) u64);

/// The next identifier. They only tell things apart: none reaches the output.
pub(crate) fn fresh_id() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Where a path starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Root {
    /// A value of the workflow.
    Value(ValueId),
    /// The document of a scope, as it is when it is read. JSONPath only.
    Document(DocumentId),
    /// The Context Object.
    Context,
    /// The parameter of a closure in an expression.
    Bound(BoundId),
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// A member of an object.
    Field(Cow<'static, str>),
    /// An item of an array, counted from 0.
    Index(u32),
}

/// A value, or a part of one.
pub struct Place {
    /// Where the path starts.
    pub root: Root,
    /// The path from there.
    pub path: Vec<Segment>,
    fields: OnceLock<Box<dyn Any + Send + Sync>>,
}

impl Place {
    /// The whole of what `root` is.
    pub fn new(root: Root) -> Self {
        Self { root, path: Vec::new(), fields: OnceLock::new() }
    }

    /// A part of this place.
    #[must_use]
    pub fn child(&self, segment: Segment) -> Self {
        let mut child = self.clone();
        child.path.push(segment);
        child
    }

    /// The struct of references to the fields, made at the first use.
    pub(crate) fn fields<F: Send + Sync + 'static>(&self, make: impl FnOnce() -> F) -> &F {
        self.fields
            .get_or_init(|| Box::new(make()))
            .downcast_ref()
            .expect("invariant: a place is seen as one type only, since `retyped` makes a place of its own")
    }
}

impl Clone for Place {
    fn clone(&self) -> Self {
        Self { root: self.root, path: self.path.clone(), fields: OnceLock::new() }
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Place({self})")
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.root {
            Root::Value(id) => write!(f, "value{}", id.0)?,
            Root::Document(_) => f.write_str("document")?,
            Root::Context => f.write_str("context")?,
            Root::Bound(_) => f.write_str("parameter")?,
        }
        for segment in &self.path {
            match segment {
                Segment::Field(name) => write!(f, ".{name}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}
