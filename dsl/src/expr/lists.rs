//! Methods of lists and of objects.

use std::collections::BTreeMap;

use serde_json::Value;

use super::methods::{call, call_or_null, methods};
use super::operators::{Number, Ordered};
use super::{Expr, Fits, IntoExpr, tree};
use crate::data::Data;
use crate::plan::{Function, Kind};
use crate::refs::Ref;

methods! {
    [T: Data] Vec<T> {
        /// How many items there are.
        #[allow(clippy::len_without_is_empty, reason = "compare with 0: `cond!(lines.len() == 0)`")]
        pub fn len(self) -> Expr<u64> {
            call(Function::ArrayLength, [tree::<Vec<T>>(self)])
        }

        /// Whether an item is equal to a value.
        pub fn contains(self, item: impl IntoExpr<T>) -> Expr<bool> {
            call(Function::ArrayContains, [tree::<Vec<T>>(self), tree::<T>(item)])
        }

        /// The item at an index that is computed, counted from 0, if there are so many.
        pub fn nth(self, index: impl Fits<u64>) -> Expr<Option<T>> {
            call_or_null(Function::Item, [tree::<Vec<T>>(self), tree::<u64>(index)])
        }

        /// The last item, if there is one.
        pub fn last(self) -> Expr<Option<T>> {
            call_or_null(Function::Last, [tree::<Vec<T>>(self)])
        }

        /// In reverse. Needs JSONata.
        pub fn reversed(self) -> Expr<Vec<T>> {
            call(Function::Reversed, [tree::<Vec<T>>(self)])
        }

        /// In ascending order. Needs JSONata.
        pub fn sorted(self) -> Expr<Vec<T>>
        where
            T: Ordered,
        {
            let timestamps = T::KIND == Kind::Timestamp;
            let function = if timestamps { Function::SortedTimestamps } else { Function::Sorted };
            call(function, [tree::<Vec<T>>(self)])
        }

        /// Without the items that are equal to another one.
        pub fn distinct(self) -> Expr<Vec<T>> {
            call(Function::Distinct, [tree::<Vec<T>>(self)])
        }

        /// Lists of that many items each, the last perhaps of fewer.
        pub fn chunks(self, size: impl Fits<u64>) -> Expr<Vec<Vec<T>>> {
            call(Function::Chunks, [tree::<Vec<T>>(self), tree::<u64>(size)])
        }

        /// Followed by the items of another list. Needs JSONata.
        pub fn concat(self, other: impl IntoExpr<Vec<T>>) -> Expr<Vec<T>> {
            call(Function::Concat, [tree::<Vec<T>>(self), tree::<Vec<T>>(other)])
        }

        /// The sum; 0 of no items. Needs JSONata.
        pub fn sum(self) -> Expr<T>
        where
            T: Number,
        {
            call(Function::Sum, [tree::<Vec<T>>(self)])
        }

        /// The least number, if there is one. Needs JSONata.
        pub fn min(self) -> Expr<Option<T>>
        where
            T: Number,
        {
            call_or_null(Function::Min, [tree::<Vec<T>>(self)])
        }

        /// The greatest number, if there is one. Needs JSONata.
        pub fn max(self) -> Expr<Option<T>>
        where
            T: Number,
        {
            call_or_null(Function::Max, [tree::<Vec<T>>(self)])
        }

        /// The average, if there is a number. Needs JSONata.
        pub fn average(self) -> Expr<Option<f64>>
        where
            T: Number,
        {
            call_or_null(Function::Average, [tree::<Vec<T>>(self)])
        }
    }

    [] Vec<String> {
        /// One text of all, with a separator between them. Needs JSONata.
        pub fn join(self, separator: impl IntoExpr<String>) -> Expr<String> {
            call(Function::Join, [tree::<Vec<String>>(self), tree(separator)])
        }
    }

    [T: Data] Vec<Vec<T>> {
        /// The items of all lists in one. Needs JSONata.
        pub fn flatten(self) -> Expr<Vec<T>> {
            call(Function::Flatten, [tree::<Vec<Vec<T>>>(self)])
        }
    }
}

impl<T: Data> Ref<Vec<T>> {
    /// The first item; it is optional, because the list may be empty.
    #[must_use]
    pub fn first(self) -> Ref<Option<T>> {
        self.get(0)
    }
}

impl<T: Data> Ref<Option<Vec<T>>> {
    /// The first item, if there is one; a list that is missing has none.
    #[must_use]
    pub fn first(self) -> Ref<Option<T>> {
        self.narrowed().first()
    }
}

impl<T: Data> Expr<Vec<T>> {
    /// The first item, if there is one.
    pub fn first(self) -> Expr<Option<T>> {
        self.nth(0)
    }

    /// The item at an index, counted from 0, if there are so many.
    pub fn get(self, index: impl Fits<u64>) -> Expr<Option<T>> {
        self.nth(index)
    }
}

/// The methods of objects, whose type says nothing of their keys.
macro_rules! object_methods {
    ($([$($generics:tt)*] $ty:ty: $value:ty;)*) => { methods! {$(
        [$($generics)*] $ty {
            /// Its keys. Needs JSONata.
            pub fn keys(self) -> Expr<Vec<String>> {
                call(Function::Keys, [tree::<$ty>(self)])
            }

            /// The values of its keys. Needs JSONata.
            pub fn values(self) -> Expr<Vec<$value>> {
                call(Function::Values, [tree::<$ty>(self)])
            }

            /// The value of a key that is computed, if there is one. Needs JSONata.
            pub fn lookup(self, key: impl IntoExpr<String>) -> Expr<Option<$value>> {
                call_or_null(Function::Lookup, [tree::<$ty>(self), tree(key)])
            }

            /// With the members of another object, which come first where both have a key.
            pub fn merge(self, other: impl IntoExpr<$ty>) -> Expr<$ty> {
                call(Function::Merge, [tree::<$ty>(self), tree::<$ty>(other)])
            }
        }
    )*} };
}

object_methods! {
    [T: Data] BTreeMap<String, T>: T;
    [] Value: Value;
}

#[expect(
    clippy::disallowed_types,
    reason = "users may exchange hash maps; this crate never iterates over one"
)]
mod hash_maps {
    use std::collections::HashMap;

    use super::{Data, Expr, Function, IntoExpr, call, call_or_null, methods, tree};

    object_methods! {
        [T: Data] HashMap<String, T>: T;
    }
}
