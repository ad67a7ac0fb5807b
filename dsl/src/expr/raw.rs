//! Texts in JSONata.

use std::panic::Location;

use super::Expr;
use crate::data::Data;
use crate::plan::{Expression, Jsonata};

/// An expression written in JSONata, taken for a `T`: what the typed functions do not say.
///
/// It reads nothing of the workflow; [`jsonata!`](crate::jsonata!) puts values into it. That it can be parsed is checked when the
/// workflow is compiled (`SW0120`), its type is not. JSONPath has no such thing.
///
/// ```
/// use stepwright::prelude::*;
///
/// let pi: Expr<f64> = jsonata("$round(3.14159, 2)");
/// let days = jsonata::<Vec<u32>>("[1..31]");
/// ```
#[track_caller]
pub fn jsonata<T: Data>(text: &str) -> Expr<T> {
    with_values(vec![text.to_owned()], Vec::new())
}

#[track_caller]
pub(crate) fn with_values<T: Data>(pieces: Vec<String>, values: Vec<(&'static str, Expression)>) -> Expr<T> {
    let location = Location::caller();
    let (names, values) = values.into_iter().unzip();
    Expr::new(Expression::Jsonata(Box::new(Jsonata { pieces, names, values, kind: T::KIND, location })))
}
