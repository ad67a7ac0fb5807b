//! References to values: typed handles that are cheap to copy.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde_json::Value;

use crate::data::Data;
use crate::expr::{Expr, IntoExpr, tree};
use crate::plan::{Expression, Place, Segment};

/// A reference to a value that an execution will have: the input, a state's result, a part of either.
///
/// `Ref` is `Copy`, and dereferences to the fields that `derive(Data)` found, so that `order.buyer.email` is a
/// `Ref<String>` and a misspelt field is rustc's own error. Lists, maps and options have methods instead of fields.
///
/// A `Ref<Option<T>>` is not a `Ref<T>`: it may be missing. Narrow it with
/// [`Scope::when_some`](crate::Scope::when_some), or give a default with [`or`](Ref::or).
///
/// Places live as long as the program: a traced workflow costs a few dozen bytes for each field that it names.
pub struct Ref<T: ?Sized> {
    place: &'static Place,
    ty: PhantomData<fn() -> T>,
}

impl<T: ?Sized> Clone for Ref<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Ref<T> {}

impl<T: ?Sized> fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ref({})", self.place)
    }
}

impl<T: ?Sized> Ref<T> {
    pub(crate) fn to(place: Place) -> Self {
        // Leaked on purpose: `Copy` handles that dereference need a place that outlives them all.
        Self { place: Box::leak(Box::new(place)), ty: PhantomData }
    }

    pub(crate) fn place(self) -> &'static Place {
        self.place
    }

    fn below<U>(self, segment: Segment) -> Ref<U> {
        Ref::to(self.place.child(segment))
    }
}

impl<T: Data> Ref<T> {
    pub(crate) fn field<U>(self, name: impl Into<std::borrow::Cow<'static, str>>) -> Ref<U> {
        self.below(Segment::Field(name.into()))
    }

    /// The same place seen as another type. Its own cache of fields, because their type differs.
    pub(crate) fn retyped<U>(self) -> Ref<U> {
        Ref::to(self.place.clone())
    }
}

impl<T: Data> Deref for Ref<T> {
    type Target = T::Refs;

    fn deref(&self) -> &T::Refs {
        self.place.fields(|| T::refs(*self))
    }
}

impl<T: Data> Ref<Vec<T>> {
    /// The item at an index, counted from 0; it is optional, because the list may be shorter.
    #[must_use]
    pub fn get(self, index: u32) -> Ref<Option<T>> {
        self.below(Segment::Index(index))
    }
}

impl<T: Data> Ref<BTreeMap<String, T>> {
    /// The value of a key; optional, because the key may be missing.
    #[must_use]
    pub fn get(self, key: impl Into<String>) -> Ref<Option<T>> {
        self.field(key.into())
    }
}

#[expect(
    clippy::disallowed_types,
    clippy::implicit_hasher,
    reason = "users may exchange hash maps; this crate never iterates over one, and its hasher is nothing to JSON"
)]
impl<T: Data> Ref<std::collections::HashMap<String, T>> {
    /// The value of a key; optional, because the key may be missing.
    #[must_use]
    pub fn get(self, key: impl Into<String>) -> Ref<Option<T>> {
        self.field(key.into())
    }
}

impl<T: Data> Ref<Option<T>> {
    /// The value, or a default where it is missing or `null`. Needs JSONata.
    pub fn or(self, default: impl IntoExpr<T>) -> Expr<T> {
        Expr::new(Expression::Or { value: self.place, default: Box::new(tree::<T>(default)) })
    }

    /// Whether there is a value: it is present, and not `null`.
    pub fn is_some(self) -> Expr<bool> {
        Expr::new(Expression::IsSome(self.place))
    }

    /// The value, which the workflow knows to be there for a reason that the type does not tell.
    ///
    /// If it is missing after all, the state that reads it fails: with `States.QueryEvaluationError` in JSONata, with
    /// `States.Runtime`, which nothing catches, in JSONPath. The reason is for the reader of the Rust.
    #[must_use]
    pub fn assume_some(self, reason: &'static str) -> Ref<T> {
        let _ = reason;
        self.retyped()
    }

    pub(crate) fn narrowed(self) -> Ref<T> {
        self.retyped()
    }
}

impl Ref<Value> {
    /// The member of an object whose type Rust doesn't know. If it is missing, the state that reads it fails.
    #[must_use]
    pub fn get(self, key: impl Into<String>) -> Ref<Value> {
        self.field(key.into())
    }

    /// The value, taken for a `T`: nothing checks that it is one.
    #[must_use]
    pub fn assume<T: Data>(self) -> Ref<T> {
        self.retyped()
    }
}

impl<T: Data> Ref<T> {
    /// The same value where a `serde_json::Value` is wanted.
    #[must_use]
    pub fn as_value(self) -> Ref<Value> {
        self.retyped()
    }
}
