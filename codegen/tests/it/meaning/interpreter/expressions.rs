//! Expressions: what their Rust types promise.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use stepwright::plan::{
    Arithmetic, BoundId, Closure, Combinator, Comparison, Expression, Kind, Logic, Place, Presence,
    ResultSelector, Root, Segment,
};

use super::{Interpreted, Missing, Running, Undecided};
use crate::meaning::compare::same;

/// The value of an expression where nothing can be missing.
pub(super) fn certain(running: &Running, expression: &Expression) -> Interpreted<Value> {
    evaluate(running, expression)?.map_err(|Missing| Undecided::Foreign("a value that is missing"))
}

/// What is selected of a result.
pub(super) fn select(running: &Running, selector: &ResultSelector, raw: Value) -> Interpreted<Value> {
    let bound = BTreeMap::from([(selector.parameter, raw)]);
    let mut evaluation = Evaluation { running, bound, foreign: None };
    let value = evaluation.value(&selector.value);
    match evaluation.foreign {
        Some(undecided) => Err(undecided),
        None => value.map_err(|Missing| Undecided::Foreign("a value that is missing")),
    }
}

/// The value of an expression.
pub(super) fn evaluate(running: &Running, expression: &Expression) -> Interpreted<Result<Value, Missing>> {
    let mut evaluation = Evaluation { running, bound: BTreeMap::new(), foreign: None };
    let value = evaluation.value(expression);
    match evaluation.foreign {
        Some(undecided) => Err(undecided),
        None => Ok(value),
    }
}

pub(super) struct Evaluation<'r> {
    running: &'r Running,
    /// The parameters of the closures around.
    bound: BTreeMap<BoundId, Value>,
    foreign: Option<Undecided>,
}

impl Evaluation<'_> {
    pub(super) fn foreign<T: Default>(&mut self, what: &'static str) -> T {
        self.foreign.get_or_insert(Undecided::Foreign(what));
        T::default()
    }

    /// What is at a place, if anything is.
    pub(super) fn find(&mut self, place: &Place) -> Option<Value> {
        let mut known = 0;
        let root = match place.root {
            Root::Value(id) => self.running.values.get(&id).cloned()?,
            Root::Document(_) => match self.running.document.value() {
                Ok(document) => document.clone(),
                Err(undecided) => {
                    self.foreign.get_or_insert(undecided);
                    return None;
                }
            },
            Root::Bound(id) => self.bound.get(&id).cloned()?,
            Root::Context => match self.running.context(&place.path) {
                Ok((value, path)) => {
                    known = path;
                    value
                }
                Err(reason) => return self.foreign(reason),
            },
        };
        let mut at = &root;
        for segment in &place.path[known..] {
            at = match segment {
                Segment::Field(name) => at.get(name.as_ref())?,
                Segment::Index(index) => at.get(usize::try_from(*index).ok()?)?,
            };
        }
        Some(at.clone())
    }

    pub(super) fn value(&mut self, expression: &Expression) -> Result<Value, Missing> {
        Ok(match expression {
            Expression::Literal(value) => value.clone(),
            Expression::Unprintable(_) => self.foreign("a value that is no JSON"),
            Expression::StateName(name) => json!(name.as_str()),
            Expression::Placeholder(name, Kind::String) => json!(format!("${{{name}}}")),
            Expression::Placeholder(..) => self.foreign("a placeholder that is no text"),
            Expression::Jsonata(_) => self.foreign("a text in JSONata"),
            Expression::OrNull(found) => self.value(found).unwrap_or_default(),
            Expression::HasValue(value) => json!(!self.value(value)?.is_null()),
            Expression::Default { value, default } => match self.value(value)? {
                Value::Null => self.value(default)?,
                value => value,
            },
            Expression::Assume { value, .. } => {
                Some(self.value(value)?).filter(|value| !value.is_null()).ok_or(Missing)?
            }
            Expression::Closure(closure) => self.closure(closure)?,
            Expression::Read(place, Kind::Optional) => self.find(place).unwrap_or_default(),
            Expression::Read(place, _) => self.find(place).ok_or(Missing)?,
            Expression::IsSome(place) => json!(self.find(place).is_some_and(|value| !value.is_null())),
            Expression::Or { value, default } => match self.find(value) {
                None | Some(Value::Null) => self.value(default)?,
                Some(value) => value,
            },
            Expression::Object(fields) => {
                let mut object = Map::new();
                for (name, presence, field) in fields {
                    let is_missing =
                        matches!(field, Expression::Read(place, _) if self.find(place).is_none());
                    let field = self.value(field)?;
                    let is_omitted = match presence {
                        Presence::Always => false,
                        Presence::OmitNone => field.is_null(),
                        Presence::OmitMissing => is_missing,
                    };
                    if !is_omitted {
                        object.insert(name.clone(), field);
                    }
                }
                Value::Object(object)
            }
            Expression::Array(items) => Value::Array(self.values(items)?),
            Expression::Not(inner) => json!(!self.holds(inner)?),
            Expression::Negate(inner) => number(-self.number(inner)?),
            Expression::Logic { operator: Logic::And, left, right } => {
                json!(self.holds(left)? && self.holds(right)?)
            }
            Expression::Logic { operator: Logic::Or, left, right } => {
                json!(self.holds(left)? || self.holds(right)?)
            }
            Expression::Compare { operator, left, right, .. } => {
                let (left, right) = (self.value(left)?, self.value(right)?);
                json!(self.compare(*operator, &left, &right))
            }
            Expression::Arithmetic { operator, left, right, .. } => {
                let (left, right) = (self.number(left)?, self.number(right)?);
                number(match operator {
                    Arithmetic::Add => left + right,
                    Arithmetic::Sub => left - right,
                    Arithmetic::Mul => left * right,
                    Arithmetic::Div => left / right,
                    Arithmetic::Rem => left % right,
                })
            }
            Expression::IfElse { condition, then, otherwise } => {
                if self.holds(condition)? {
                    self.value(then)?
                } else {
                    self.value(otherwise)?
                }
            }
            Expression::Format { pieces, values } => {
                let mut text = pieces.first().cloned().unwrap_or_default();
                for (value, piece) in values.iter().zip(&pieces[1..]) {
                    match self.value(value)? {
                        Value::String(value) => text.push_str(&value),
                        value => text.push_str(&value.to_string()),
                    }
                    text.push_str(piece);
                }
                json!(text)
            }
            Expression::Call(function, arguments) => self.call(*function, arguments)?,
        })
    }

    fn closure(&mut self, closure: &Closure) -> Result<Value, Missing> {
        let Closure { combinator, over, start, parameters, body } = closure;
        if *combinator == Combinator::MapSome {
            let value = self.value(over)?;
            return if value.is_null() { Ok(value) } else { self.bind(parameters, &[&value], body) };
        }
        let mut so_far = start.as_ref().map(|start| self.value(start)).transpose()?.unwrap_or_default();
        let mut results = Vec::new();
        for item in self.list(over)? {
            match combinator {
                Combinator::Fold => so_far = self.bind(parameters, &[&so_far, &item], body)?,
                Combinator::Filter => {
                    if self.bind(parameters, &[&item], body)? == json!(true) {
                        results.push(item);
                    }
                }
                _ => results.push(self.bind(parameters, &[&item], body)?),
            }
        }
        Ok(match combinator {
            Combinator::Any => json!(results.contains(&json!(true))),
            Combinator::All => json!(!results.contains(&json!(false))),
            Combinator::Fold => so_far,
            Combinator::Map | Combinator::Filter | Combinator::MapSome => Value::Array(results),
        })
    }

    /// The value of a closure's body, called with arguments.
    fn bind(
        &mut self,
        parameters: &[BoundId],
        arguments: &[&Value],
        body: &Expression,
    ) -> Result<Value, Missing> {
        self.bound.extend(parameters.iter().copied().zip(arguments.iter().map(|value| (*value).clone())));
        self.value(body)
    }

    fn values(&mut self, items: &[Expression]) -> Result<Vec<Value>, Missing> {
        items.iter().map(|item| self.value(item)).collect()
    }

    pub(super) fn list(&mut self, expression: &Expression) -> Result<Vec<Value>, Missing> {
        match self.value(expression)? {
            Value::Array(items) => Ok(items),
            _ => Ok(self.foreign("a list that is none")),
        }
    }

    fn holds(&mut self, expression: &Expression) -> Result<bool, Missing> {
        match self.value(expression)? {
            Value::Bool(holds) => Ok(holds),
            _ => Ok(self.foreign("a condition that is none")),
        }
    }

    pub(super) fn number(&mut self, expression: &Expression) -> Result<f64, Missing> {
        match self.value(expression)?.as_f64() {
            Some(number) => Ok(number),
            None => Ok(self.foreign("a number that is none")),
        }
    }

    fn compare(&mut self, operator: Comparison, left: &Value, right: &Value) -> bool {
        match operator {
            Comparison::Equal => return same(left, right),
            Comparison::NotEqual => return !same(left, right),
            Comparison::Less | Comparison::LessOrEqual | Comparison::Greater | Comparison::GreaterOrEqual => {
            }
        }
        let ordering = match (left, right) {
            (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
            (left, right) => match (left.as_f64(), right.as_f64()) {
                (Some(left), Some(right)) => left.partial_cmp(&right),
                _ => self.foreign("an order between other values than numbers and texts"),
            },
        };
        match operator {
            Comparison::Less => ordering == Some(Ordering::Less),
            Comparison::LessOrEqual => matches!(ordering, Some(Ordering::Less | Ordering::Equal)),
            Comparison::Greater => ordering == Some(Ordering::Greater),
            _ => matches!(ordering, Some(Ordering::Greater | Ordering::Equal)),
        }
    }
}

/// A number as JSON: whole where it is.
#[expect(clippy::cast_possible_truncation, reason = "it was found to be whole and small")]
pub(super) fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 9e15 { json!(value as i64) } else { json!(value) }
}
