//! The types that travel between states.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::expr::Expr;
use crate::plan::Kind;
use crate::refs::Ref;

/// A type of the data that flows between states: what a task takes and gives, or a part of it.
///
/// Derived, together with serde's traits, which say how the type looks as JSON, and schemars' schema:
///
/// ```
/// use stepwright::prelude::*;
///
/// #[derive(Data, Serialize, Deserialize, JsonSchema)]
/// #[serde(rename_all = "camelCase")]
/// struct Order { order_id: String, total: f64, coupon: Option<String> }
/// ```
///
/// A [`Ref<Order>`] then has the fields `order_id`, `total` and `coupon`, each a `Ref` of its own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a type that states can exchange",
    label = "this type does not implement `Data`",
    note = "add `#[derive(Data, Serialize, Deserialize, JsonSchema)]` to `{Self}`"
)]
pub trait Data: Serialize + DeserializeOwned + JsonSchema + 'static {
    /// What kind of JSON value this is.
    #[doc(hidden)]
    const KIND: Kind;

    /// The kind of the value when there is one: `Option<T>` has that of `T`.
    #[doc(hidden)]
    const INNER: Kind = Self::KIND;

    /// What a `Ref<Self>` dereferences to: one `Ref` per field.
    type Refs: Send + Sync + 'static;

    /// The fields of the value at a place.
    #[doc(hidden)]
    fn refs(this: Ref<Self>) -> Self::Refs;
}

/// A struct that [`data!`](crate::data!) can build, field by field.
#[diagnostic::on_unimplemented(
    message = "`data!` cannot build a `{Self}`",
    label = "not a struct with named fields that derives `Data`",
    note = "add `#[derive(Data, Serialize, Deserialize, JsonSchema)]` to the struct"
)]
// No `Data` above it: a type without serde's traits would be reported twice.
pub trait Record: Sized {
    /// One `Expr` per field.
    type Exprs;

    /// The whole, from its fields.
    #[doc(hidden)]
    fn build(fields: Self::Exprs) -> Expr<Self>;
}

/// The `Refs` of a type that has no named fields.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct NoFields;

macro_rules! without_fields {
    ($($kind:ident: $($ty:ty)*;)*) => {$($(
        #[diagnostic::do_not_recommend]
        impl Data for $ty {
            const KIND: Kind = Kind::$kind;
            type Refs = NoFields;

            fn refs(_: Ref<Self>) -> NoFields {
                NoFields
            }
        }
    )*)*};
}

without_fields! {
    String: String char;
    Number: u8 u16 u32 u64 usize i8 i16 i32 i64 isize f32 f64;
    Boolean: bool;
    Null: ();
    Any: serde_json::Value;
}

macro_rules! containers {
    ($($kind:ident: $ty:ty;)*) => {$(
        impl<T: Data> Data for $ty {
            const KIND: Kind = Kind::$kind;
            type Refs = NoFields;

            fn refs(_: Ref<Self>) -> NoFields {
                NoFields
            }
        }
    )*};
}

impl<T: Data> Data for Option<T> {
    const KIND: Kind = Kind::Optional;
    const INNER: Kind = T::INNER;
    type Refs = NoFields;

    fn refs(_: Ref<Self>) -> NoFields {
        NoFields
    }
}

containers! {
    Array: Vec<T>;
    Object: BTreeMap<String, T>;
}

#[expect(
    clippy::disallowed_types,
    clippy::implicit_hasher,
    reason = "users may exchange hash maps; this crate never iterates over one, and its hasher is nothing to JSON"
)]
impl<T: Data> Data for std::collections::HashMap<String, T> {
    const KIND: Kind = Kind::Object;
    type Refs = NoFields;

    fn refs(_: Ref<Self>) -> NoFields {
        NoFields
    }
}

impl<T: Data> Data for Box<T> {
    const KIND: Kind = T::KIND;
    type Refs = T::Refs;

    fn refs(this: Ref<Self>) -> T::Refs {
        T::refs(this.retyped())
    }
}
