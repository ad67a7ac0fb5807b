//! Points in time.

use super::methods::{call, methods};
use super::{Expr, Fits, tree};
use crate::data::Data;
use crate::plan::Function;

/// Types that are an RFC 3339 text in JSON: `String`, which nothing checks, and with the feature `jiff` the type
/// `jiff::Timestamp`.
///
/// Two `jiff::Timestamp`s are compared as points in time: `2027-01-31T13:00:00+01:00` is before
/// `2027-01-31T12:30:00Z`. As texts they are not.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a point in time",
    label = "expected a timestamp",
    note = "a point in time is a `String` with an RFC 3339 timestamp, or, with the feature `jiff`, a `jiff::Timestamp`"
)]
pub trait Instant: Data {}

#[diagnostic::do_not_recommend]
impl Instant for String {}

#[cfg(feature = "jiff")]
mod jiff {
    use ::jiff::Timestamp;

    use super::Instant;
    use crate::data::{Data, NoFields};
    use crate::expr::{Formattable, Ordered};
    use crate::plan::Kind;
    use crate::refs::Ref;

    #[diagnostic::do_not_recommend]
    impl Data for Timestamp {
        const KIND: Kind = Kind::Timestamp;
        type Refs = NoFields;

        fn refs(_: Ref<Self>) -> NoFields {
            NoFields
        }
    }

    #[diagnostic::do_not_recommend]
    impl Instant for Timestamp {}

    #[diagnostic::do_not_recommend]
    impl Ordered for Timestamp {}

    #[diagnostic::do_not_recommend]
    impl Formattable for Timestamp {}
}

/// The time at which the state is evaluated. Needs JSONata; in JSONPath there is `context().state.entered_time`.
pub fn now<T: Instant>() -> Expr<T> {
    call(Function::Now, [])
}

methods! {
    [T: Data] T {
        /// So many seconds later; earlier if they are negative. Needs JSONata.
        pub fn add_seconds(self, seconds: impl Fits<i64>) -> Expr<T>
        where
            T: Instant,
        {
            call(Function::AddSeconds, [tree::<T>(self), tree::<i64>(seconds)])
        }
    }
}
