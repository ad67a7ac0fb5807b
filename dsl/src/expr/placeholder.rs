//! Values that are known when a workflow is deployed.

use super::Expr;
use crate::data::Data;
use crate::plan::{Expression, Kind};

/// A number or a boolean that the deployment fills in: `placeholder::<u32>("SlaSeconds")` stands for `${SlaSeconds}`, which
/// `CloudFormation` and SAM replace by the text of a `DefinitionSubstitutions` entry.
///
/// A text needs no function: `"${TableName}"` may stand anywhere in one. What is filled in is always a text, because a definition is
/// JSON before and after, so this says how it becomes a number:
///
/// | | |
/// |---|---|
/// | JSONata | `{% $number('${SlaSeconds}') %}`, in every field and expression |
/// | JSONPath | `States.StringToJson('${SlaSeconds}')`, in what a Task or Pass is given; where a state takes a number itself (seconds, say), let a Pass state make the value, and use its result |
///
/// ```
/// use stepwright::prelude::*;
///
/// #[workflow]
/// fn escalate(s: &mut Scope) {
///     s.wait("Sla", placeholder::<u32>("SlaSeconds"));
/// }
/// # assert!(escalate().plan().problems.is_empty());
/// ```
///
/// Until it is deployed, a state that reads it fails, in the simulator too.
pub fn placeholder<T: Placeholder>(name: &'static str) -> Expr<T> {
    Expr::new(match T::KIND {
        Kind::String => Expression::Literal(format!("${{{name}}}").into()),
        kind => Expression::Placeholder(name, kind),
    })
}

/// The types that a deployment can fill in: numbers, `bool` and `String`.
#[diagnostic::on_unimplemented(
    message = "a deployment cannot fill in a `{Self}`",
    label = "not a number, a `bool` or a `String`"
)]
pub trait Placeholder: Data {}

macro_rules! placeholders {
    ($($ty:ty)*) => {$(impl Placeholder for $ty {})*};
}

placeholders!(u8 u16 u32 u64 i8 i16 i32 i64 f32 f64 bool String);
