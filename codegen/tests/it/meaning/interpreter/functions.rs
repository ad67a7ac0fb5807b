//! Functions: what their documentation in Rust promises.

use serde_json::{Value, json};
use stepwright::plan::{Expression, Function, TypeTest};

use super::Missing;
use super::expressions::{Evaluation, number};
use crate::meaning::compare::same;

impl Evaluation<'_> {
    pub(super) fn call(&mut self, function: Function, arguments: &[Expression]) -> Result<Value, Missing> {
        use Function::*;
        Ok(match (function, arguments) {
            (Is(TypeTest::Present), [Expression::Read(place, _)]) => json!(self.find(place).is_some()),
            (Is(test), [value]) => self.is(test, value)?,
            (TextLength, [text]) => json!(self.text(text)?.chars().count()),
            (Uppercase, [text]) => json!(self.text(text)?.to_uppercase()),
            (Lowercase, [text]) => json!(self.text(text)?.to_lowercase()),
            (Trim, [text]) => json!(self.text(text)?.trim()),
            (TextContains, [text, part]) => json!(self.text(text)?.contains(&self.text(part)?)),
            (StartsWith, [text, part]) => json!(self.text(text)?.starts_with(&self.text(part)?)),
            (EndsWith, [text, part]) => json!(self.text(text)?.ends_with(&self.text(part)?)),
            (Tokens, [text, separators]) => {
                let (text, separators) = (self.text(text)?, self.text(separators)?);
                let parts = text.split(|c| separators.contains(c));
                json!(parts.filter(|part| !part.is_empty()).collect::<Vec<_>>())
            }
            (Split, [text, separator]) => {
                let (text, separator) = (self.text(text)?, self.text(separator)?);
                if separator.is_empty() {
                    return Ok(self.foreign("a text that is split at nothing"));
                }
                json!(text.split(&separator).collect::<Vec<_>>())
            }
            (Replace, [text, from, to]) => {
                let (text, from, to) = (self.text(text)?, self.text(from)?, self.text(to)?);
                json!(text.replace(&from, &to))
            }
            (Substring, [text, start, length]) => {
                let (text, start, length) = (self.text(text)?, self.count(start)?, self.count(length)?);
                json!(text.chars().skip(start).take(length).collect::<String>())
            }
            (ToJson, [value]) => json!(self.value(value)?.to_string()),
            (ParseJson, [text]) => match serde_json::from_str(&self.text(text)?) {
                Ok(value) => value,
                Err(_) => self.foreign("a text that is no JSON"),
            },
            (Abs | Floor | Ceil | Round | RoundTiesEven | Sqrt, [value]) => {
                number(rounded(function, self.number(value)?))
            }
            (Power, [base, exponent]) => number(self.number(base)?.powf(self.number(exponent)?)),
            (Uuid | Random, _) => self.foreign("a value of chance"),
            (Now | AddSeconds, _) => self.foreign("the time of day"),
            (Keys | Values | Lookup | Merge, _) => self.call_of_object(function, arguments)?,
            _ => self.call_of_list(function, arguments)?,
        })
    }

    fn call_of_list(&mut self, function: Function, arguments: &[Expression]) -> Result<Value, Missing> {
        use Function::*;
        Ok(match (function, arguments) {
            (ArrayLength, [list]) => json!(self.list(list)?.len()),
            (ArrayContains, [list, item]) => {
                let (list, item) = (self.list(list)?, self.value(item)?);
                json!(list.iter().any(|other| same(other, &item)))
            }
            (Item, [list, index]) => {
                let (mut list, index) = (self.list(list)?, self.count(index)?);
                if index < list.len() { list.swap_remove(index) } else { return Err(Missing) }
            }
            (Last, [list]) => self.list(list)?.pop().ok_or(Missing)?,
            (Reversed, [list]) => self.list(list)?.into_iter().rev().collect(),
            (Sorted, [list]) => {
                let mut list = self.list(list)?;
                if list.iter().all(Value::is_string) {
                    list.sort_by(|one, other| one.as_str().cmp(&other.as_str()));
                } else {
                    list.sort_by(|one, other| {
                        one.as_f64().unwrap_or(0.0).total_cmp(&other.as_f64().unwrap_or(0.0))
                    });
                }
                Value::Array(list)
            }
            (Distinct, [list]) => {
                let mut distinct: Vec<Value> = Vec::new();
                for item in self.list(list)? {
                    if !distinct.iter().any(|other| same(other, &item)) {
                        distinct.push(item);
                    }
                }
                Value::Array(distinct)
            }
            (Chunks, [list, size]) => {
                let (list, size) = (self.list(list)?, self.count(size)?);
                if size == 0 {
                    return Ok(self.foreign("chunks of no items"));
                }
                json!(list.chunks(size).collect::<Vec<_>>())
            }
            (Concat, [list, other]) => [self.list(list)?, self.list(other)?].concat().into(),
            (Flatten, [lists]) => {
                let lists = self.list(lists)?;
                lists.iter().filter_map(Value::as_array).flatten().cloned().collect()
            }
            (Join, [list, separator]) => {
                let (list, separator) = (self.list(list)?, self.text(separator)?);
                json!(list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(&separator))
            }
            (Sum | Min | Max | Average, [list]) => {
                let numbers: Vec<f64> = self.list(list)?.iter().filter_map(Value::as_f64).collect();
                let sum: f64 = numbers.iter().sum();
                let found = match function {
                    Sum => Some(sum),
                    Min => numbers.into_iter().reduce(f64::min),
                    Max => numbers.into_iter().reduce(f64::max),
                    _ => (!numbers.is_empty())
                        .then(|| sum / f64::from(u32::try_from(numbers.len()).unwrap_or(1))),
                };
                number(found.ok_or(Missing)?)
            }
            (Range, [first, last, step]) => {
                let (first, last, step) = (self.number(first)?, self.number(last)?, self.number(step)?);
                if step == 0.0 {
                    return Ok(self.foreign("a range without a step"));
                }
                let at = |index: u32| first + step * f64::from(index);
                let is_within = |at: &f64| if step > 0.0 { *at <= last } else { *at >= last };
                (0..1000).map(at).take_while(is_within).map(number).collect()
            }
            _ => self.foreign("a function that is not interpreted"),
        })
    }

    fn call_of_object(&mut self, function: Function, arguments: &[Expression]) -> Result<Value, Missing> {
        let Value::Object(mut object) = self.value(&arguments[0])? else {
            return Ok(self.foreign("an object that is none"));
        };
        Ok(match (function, arguments) {
            (Function::Keys, _) => object.keys().map(|key| json!(key)).collect(),
            (Function::Values, _) => object.values().cloned().collect(),
            (Function::Lookup, [_, key]) => object.remove(&self.text(key)?).ok_or(Missing)?,
            (_, [_, other]) => {
                if let Value::Object(other) = self.value(other)? {
                    object.extend(other);
                }
                Value::Object(object)
            }
            _ => self.foreign("a function that is not interpreted"),
        })
    }

    fn is(&mut self, test: TypeTest, value: &Expression) -> Result<Value, Missing> {
        let value = self.value(value)?;
        Ok(json!(match test {
            TypeTest::Null => value.is_null(),
            TypeTest::String => value.is_string(),
            TypeTest::Number => value.is_number(),
            TypeTest::Boolean => value.is_boolean(),
            TypeTest::Array => value.is_array(),
            TypeTest::Object => value.is_object(),
            TypeTest::Present | TypeTest::Timestamp => self.foreign("a test that is not interpreted"),
        }))
    }

    fn text(&mut self, expression: &Expression) -> Result<String, Missing> {
        match self.value(expression)? {
            Value::String(text) => Ok(text),
            _ => Ok(self.foreign("a text that is none")),
        }
    }

    fn count(&mut self, expression: &Expression) -> Result<usize, Missing> {
        match self.value(expression)?.as_u64().and_then(|count| usize::try_from(count).ok()) {
            Some(count) => Ok(count),
            None => Ok(self.foreign("a count that is none")),
        }
    }
}

fn rounded(function: Function, value: f64) -> f64 {
    match function {
        Function::Abs => value.abs(),
        Function::Floor => value.floor(),
        Function::Ceil => value.ceil(),
        Function::Round => value.round(),
        Function::RoundTiesEven => value.round_ties_even(),
        _ => value.sqrt(),
    }
}
