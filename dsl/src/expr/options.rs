//! Methods of optional expressions, and of values whose type Rust does not know.

use serde_json::Value;

use super::methods::{call, methods};
use super::{Expr, IntoExpr, tree};
use crate::data::Data;
use crate::plan::{Expression, Function, TypeTest};
use crate::refs::Ref;

impl<T: Data> Expr<Option<T>> {
    /// The value, or a default where it is missing or `null`. Needs JSONata.
    pub fn or(self, default: impl IntoExpr<T>) -> Expr<T> {
        let value = Box::new(self.into_expression());
        Expr::new(Expression::Default { value, default: Box::new(tree::<T>(default)) })
    }

    /// Whether there is a value: it is present, and not `null`.
    pub fn is_some(self) -> Expr<bool> {
        Expr::new(Expression::HasValue(Box::new(self.into_expression())))
    }

    /// The value, which the workflow knows to be there for a reason that the type does not tell. If it is missing after
    /// all, the state that reads it fails.
    pub fn assume_some(self, reason: &'static str) -> Expr<T> {
        Expr::new(Expression::Assume { value: Box::new(self.into_expression()), reason })
    }
}

methods! {
    [T: Data] Option<T> {
        /// Whether there is no value: it is missing, or `null`.
        pub fn is_none(self) -> Expr<bool> {
            super::operators::not(self.is_some())
        }
    }

    [] Value {
        /// Whether it is a text.
        pub fn is_string(self) -> Expr<bool> {
            call(Function::Is(TypeTest::String), [tree::<Value>(self)])
        }

        /// Whether it is a number.
        pub fn is_number(self) -> Expr<bool> {
            call(Function::Is(TypeTest::Number), [tree::<Value>(self)])
        }

        /// Whether it is `true` or `false`.
        pub fn is_boolean(self) -> Expr<bool> {
            call(Function::Is(TypeTest::Boolean), [tree::<Value>(self)])
        }

        /// Whether it is `null`.
        pub fn is_null(self) -> Expr<bool> {
            call(Function::Is(TypeTest::Null), [tree::<Value>(self)])
        }

        /// Whether it is a text that is an RFC 3339 timestamp.
        pub fn is_timestamp(self) -> Expr<bool> {
            call(Function::Is(TypeTest::Timestamp), [tree::<Value>(self)])
        }

        /// Whether it is a list. Needs JSONata.
        pub fn is_array(self) -> Expr<bool> {
            call(Function::Is(TypeTest::Array), [tree::<Value>(self)])
        }

        /// Whether it is an object. Needs JSONata.
        pub fn is_object(self) -> Expr<bool> {
            call(Function::Is(TypeTest::Object), [tree::<Value>(self)])
        }
    }
}

impl Expr<Value> {
    /// The value, taken for a `T`: nothing checks that it is one.
    pub fn assume<T: Data>(self) -> Expr<T> {
        Expr::new(self.into_expression())
    }
}

impl<T: Data> Expr<T> {
    /// The same value where a `serde_json::Value` is wanted.
    pub fn as_value(self) -> Expr<Value> {
        Expr::new(self.into_expression())
    }
}

impl Ref<Value> {
    /// Whether it is there at all, be it `null`.
    pub fn is_present(self) -> Expr<bool> {
        call(Function::Is(TypeTest::Present), [tree::<Value>(self)])
    }
}

impl<T: Data> Ref<Option<T>> {
    /// Whether it is there at all, be it `null`.
    pub fn is_present(self) -> Expr<bool> {
        call(Function::Is(TypeTest::Present), [Expression::Read(self.place(), T::KIND)])
    }
}
