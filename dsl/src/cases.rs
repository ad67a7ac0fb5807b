//! Enums that [`choose!`](crate::choose) takes apart.

use crate::data::Data;
use crate::expr::{Expr, tree};
use crate::plan::{Comparison, Expression, Kind, Logic};
use crate::refs::Ref;
use crate::scope::Var;

/// An enum whose variants a Choice state can tell apart: one of plain names, or one that says its variant in a field
/// (`#[serde(tag = "type")]`). Derived, as a part of [`Data`].
#[diagnostic::on_unimplemented(
    message = "`choose!` cannot take a `{Self}` apart",
    label = "not an enum that derives `Data`",
    note = "add `#[derive(Data, Serialize, Deserialize, JsonSchema)]` to the enum; if its variants hold data, `#[serde(tag = \"type\")]` too"
)]
pub trait Cases: Data {
    /// What the patterns are matched with: the variants, holding references.
    #[doc(hidden)]
    type Case;

    /// Where the name of the variant is found.
    #[doc(hidden)]
    fn tag(this: Ref<Self>) -> Ref<String>;

    /// Every variant, with how it is told.
    #[doc(hidden)]
    fn cases(this: Ref<Self>) -> Vec<(Wire, Self::Case)>;
}

/// How a variant is told in JSON.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub enum Wire {
    /// By this name.
    Name(String),
    /// By none of the others: `#[serde(other)]`.
    Other,
    /// Not at all: it is never written.
    Never,
}

impl Wire {
    /// How serde writes a variant that is a plain name.
    pub fn of<T: Data>(variant: &T) -> Self {
        match serde_json::to_value(variant) {
            Ok(serde_json::Value::String(name)) => Self::Name(name),
            Ok(_) | Err(_) => Self::Never,
        }
    }
}

/// A value that [`choose!`](crate::choose) takes apart as an `E`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the patterns are those of `{E}`, but the value is a `{Self}`",
    label = "expected a `Ref<{E}>`",
    note = "a `Ref<Option<…>>` may have no value: narrow it with `s.when_some(…)`; an expression is kept by a state first: `s.pass(…)`"
)]
pub trait Chosen<E: Cases> {
    fn chosen(self) -> Ref<E>;
}

#[diagnostic::do_not_recommend]
impl<E: Cases> Chosen<E> for Ref<E> {
    fn chosen(self) -> Ref<E> {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<E: Cases> Chosen<E> for Var<E> {
    fn chosen(self) -> Ref<E> {
        *self
    }
}

/// The arms of a [`choose!`](crate::choose), each with the variants that it is for.
#[derive(Debug)]
pub struct Arms<C> {
    tag: Ref<String>,
    names: Vec<String>,
    cases: Vec<(usize, Wire, C)>,
}

/// Sorts the variants of an enum by arms; `arm` is the match that the user wrote.
pub fn arms<E: Cases>(value: impl Chosen<E>, arm: impl Fn(&E::Case) -> usize) -> Arms<E::Case> {
    let value = value.chosen();
    let cases = E::cases(value);
    let name = |(wire, _): &(Wire, E::Case)| match wire {
        Wire::Name(name) => Some(name.clone()),
        Wire::Other | Wire::Never => None,
    };
    let names = cases.iter().filter_map(name).collect();
    let cases = cases.into_iter().map(|(wire, case)| (arm(&case), wire, case)).collect();
    Arms { tag: E::tag(value), names, cases }
}

impl<C> Arms<C> {
    /// The condition of an arm, and one of its variants. `None` if it has none: rustc has warned then.
    pub fn take(&mut self, arm: usize) -> Option<(Expr<bool>, C)> {
        let (own, others) =
            std::mem::take(&mut self.cases).into_iter().partition(|(number, ..)| *number == arm);
        self.cases = others;
        let own: Vec<(usize, Wire, C)> = own;
        let conditions = own.iter().filter_map(|(_, wire, _)| self.condition(wire));
        let condition = conditions.reduce(|left, right| logic(Logic::Or, left, right))?;
        let (_, _, case) = own.into_iter().next()?;
        Some((Expr::new(condition), case))
    }

    fn condition(&self, wire: &Wire) -> Option<Expression> {
        match wire {
            Wire::Name(name) => Some(self.is(Comparison::Equal, name)),
            Wire::Other => {
                let differs = self.names.iter().map(|name| self.is(Comparison::NotEqual, name));
                let any = Expression::Literal(true.into());
                Some(differs.reduce(|left, right| logic(Logic::And, left, right)).unwrap_or(any))
            }
            Wire::Never => None,
        }
    }

    fn is(&self, operator: Comparison, name: &str) -> Expression {
        let name = Expression::Literal(name.into());
        let left = Box::new(tree::<String>(self.tag));
        Expression::Compare { operator, kind: Kind::String, left, right: Box::new(name) }
    }
}

fn logic(operator: Logic, left: Expression, right: Expression) -> Expression {
    Expression::Logic { operator, left: Box::new(left), right: Box::new(right) }
}
