//! Durations: `30.seconds()`, and what may stand where a state needs a number of seconds.

use std::time::Duration;

use crate::expr::{Expr, tree};
use crate::plan::Seconds;
use crate::refs::Ref;
use crate::scope::Var;

/// Durations that read well: `30.seconds()`, `5.minutes()`, `4.hours()`, `1.days()`.
///
/// ```
/// use stepwright::DurationExt;
///
/// assert_eq!(4.hours().as_secs(), 14_400);
/// ```
pub trait DurationExt {
    /// This many seconds.
    fn seconds(self) -> Duration;
    /// This many minutes.
    fn minutes(self) -> Duration;
    /// This many hours.
    fn hours(self) -> Duration;
    /// This many days of 24 hours.
    fn days(self) -> Duration;
}

// One impl only, so that the type of a literal is known.
impl DurationExt for u64 {
    fn seconds(self) -> Duration {
        Duration::from_secs(self)
    }

    fn minutes(self) -> Duration {
        Duration::from_secs(self.saturating_mul(60))
    }

    fn hours(self) -> Duration {
        Duration::from_secs(self.saturating_mul(3600))
    }

    fn days(self) -> Duration {
        Duration::from_secs(self.saturating_mul(86_400))
    }
}

/// A number of whole seconds: a [`Duration`] known now, or a value read from the data.
///
/// A constant with a fraction of a second is reported as `SW0102`; Step Functions counts whole seconds.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a number of seconds",
    label = "expected a duration or a reference to a whole number",
    note = "write `30.seconds()`, or pass a `Ref<u32>` or `Ref<u64>` to read the seconds from the data"
)]
pub trait IntoSeconds {
    /// The seconds, as the plan keeps them.
    fn into_seconds(self) -> Seconds;
}

#[diagnostic::do_not_recommend]
impl IntoSeconds for Duration {
    fn into_seconds(self) -> Seconds {
        Seconds::Constant(self)
    }
}

macro_rules! seconds_from_data {
    ($($ty:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl IntoSeconds for Ref<$ty> {
            fn into_seconds(self) -> Seconds {
                Seconds::Data(tree::<$ty>(self))
            }
        }

        #[diagnostic::do_not_recommend]
        impl IntoSeconds for Var<$ty> {
            fn into_seconds(self) -> Seconds {
                Seconds::Data(tree::<$ty>(self))
            }
        }

        #[diagnostic::do_not_recommend]
        impl IntoSeconds for Expr<$ty> {
            fn into_seconds(self) -> Seconds {
                Seconds::Data(self.into_expression())
            }
        }
    )*};
}

seconds_from_data!(u8 u16 u32 u64);
