//! Holds JSON against a shape.

use serde_json::{Map, Value};

use crate::api::mismatch::{Mismatch, Problem};
use crate::api::shape::{Bounds, Member, Shape, ShapeRef, Structure};
use crate::asl::{is_expression, nearest};
use crate::diagnostic::push_token;
use crate::substitutions::is_substituted;

/// How much is asked of the JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// What is there must be right. Members that the shape does not have are let pass, as a service adds some.
    Present,
    /// Besides, what is required must be there.
    Strict,
    /// The JSON is what a Task state hands over: what is required must be there, and nothing that the shape does not have.
    /// Where the shape says text, any JSON may be, since Step Functions writes it as text; a number or a boolean may be given
    /// as text. A member whose name ends in `.$`, a text in `{% %}` and one with `${…}` stand for what is known only when the
    /// state runs or is deployed.
    Request,
}

/// Where JSON does not fit a shape, in the order of the JSON; what is missing comes before what is there. A value `null` counts
/// as not there, but in a [`Request`](Strictness::Request): what Step Functions makes of it there is not known.
///
/// ```
/// use serde_json::json;
/// use stepwright_codegen::api::{Call, Strictness, validate};
///
/// let input = Call::of("arn:aws:states:::sqs:sendMessage").unwrap().operation.input;
/// let parameters = json!({ "QueuUrl": "https://example.com/queue", "MessageBody": { "order": 17 } });
/// let problems: Vec<_> = validate(input, &parameters, Strictness::Request)
///     .iter()
///     .map(|mismatch| mismatch.problem.to_string())
///     .collect();
/// assert_eq!(problems, [
///     "lacks the member `QueueUrl`, which is required",
///     "must not have a member `QueuUrl`; a member with a similar name is `QueueUrl`",
/// ]);
/// ```
pub fn validate(shape: ShapeRef, value: &Value, strictness: Strictness) -> Vec<Mismatch> {
    let mut validator =
        Validator { strictness, pointer: String::new(), member: None, mismatches: Vec::new() };
    validator.value(shape, value);
    validator.mismatches
}

struct Validator {
    strictness: Strictness,
    pointer: String,
    member: Option<&'static str>,
    mismatches: Vec<Mismatch>,
}

impl Validator {
    fn report(&mut self, problem: Problem) {
        self.mismatches.push(Mismatch { pointer: self.pointer.clone(), member: self.member, problem });
    }

    fn wrong_type(&mut self, expected: &'static str) {
        self.report(Problem::WrongType { expected });
    }

    fn value(&mut self, shape: ShapeRef, value: &Value) {
        if value.is_null() || self.is_dynamic(value) {
            return;
        }
        match (shape.shape(), value) {
            (Shape::Structure(structure), Value::Object(object)) => self.structure(structure, object),
            (Shape::List { element, length }, Value::Array(elements)) => {
                self.length(*length, elements.len());
                for (index, value) in elements.iter().enumerate() {
                    self.inside(&index.to_string(), |validator| validator.value(*element, value));
                }
            }
            (Shape::Map { value: shape, length }, Value::Object(object)) => {
                self.length(*length, object.len());
                for (name, value) in object {
                    if !self.is_dynamic_name(name) {
                        self.inside(name, |validator| validator.value(*shape, value));
                    }
                }
            }
            (Shape::Enum(known), Value::String(text)) if !known.contains(&text.as_str()) => {
                self.report(Problem::UnknownValue { given: text.clone(), known });
            }
            (Shape::String(length), Value::String(text)) => self.length(*length, text.chars().count()),
            // Whether the text is the bytes or stands for fewer of them, as Base64 does, is not known.
            (Shape::Blob(length), Value::String(text)) => {
                self.length(Bounds { max: None, ..*length }, text.chars().count());
            }
            (
                Shape::Integer(bounds) | Shape::Long(bounds) | Shape::Float(bounds) | Shape::Double(bounds),
                Value::Number(number),
            ) => self.number(*bounds, number.as_f64()),
            (Shape::Enum(_) | Shape::Timestamp, Value::String(_))
            | (Shape::Boolean, Value::Bool(_))
            | (Shape::Document, _) => {}
            (kind, Value::String(text)) if self.is_written_as_text(kind, text) => {}
            (Shape::Structure(_) | Shape::Map { .. }, _) => self.wrong_type("object"),
            (Shape::List { .. }, _) => self.wrong_type("array"),
            (Shape::Enum(_) | Shape::String(_) | Shape::Blob(_) | Shape::Timestamp, _)
                if self.strictness == Strictness::Request => {}
            (Shape::Enum(_) | Shape::String(_) | Shape::Blob(_), _) => self.wrong_type("string"),
            (Shape::Timestamp, _) => self.wrong_type("timestamp"),
            (Shape::Integer(_) | Shape::Long(_) | Shape::Float(_) | Shape::Double(_), _) => {
                self.wrong_type("number");
            }
            (Shape::Boolean, _) => self.wrong_type("boolean"),
        }
    }

    fn structure(&mut self, structure: &'static Structure, object: &Map<String, Value>) {
        if self.strictness != Strictness::Present && !self.has_unknown_name(object) {
            for member in structure.members.iter().filter(|member| member.is_required) {
                if !self.has(object, member) {
                    self.report(Problem::MissingMember(member.name));
                }
            }
        }
        for (name, value) in object {
            if self.is_filled_in(name) {
                continue;
            }
            let dynamic = self.is_dynamic_name(name);
            let member_name = name.strip_suffix(".$").filter(|_| dynamic).unwrap_or(name);
            match structure.member(member_name) {
                Some(_) if dynamic => {}
                Some(member) => self.member(member, value),
                None if self.strictness == Strictness::Request => {
                    let nearest = nearest(member_name, structure.members.iter().map(|member| member.name));
                    self.report(Problem::UnknownMember { name: name.clone(), nearest });
                }
                None => {}
            }
        }
    }

    fn has(&self, object: &Map<String, Value>, member: &Member) -> bool {
        object.get(member.name).is_some_and(|value| !value.is_null())
            || self.strictness == Strictness::Request
                && (object.contains_key(member.name) || object.contains_key(&format!("{}.$", member.name)))
    }

    /// Whether a name is known only when the machine is deployed.
    fn has_unknown_name(&self, object: &Map<String, Value>) -> bool {
        object.keys().any(|name| self.is_filled_in(name))
    }

    fn member(&mut self, member: &'static Member, value: &Value) {
        let outer = self.member.replace(member.name);
        self.inside(member.name, |validator| validator.value(member.shape, value));
        self.member = outer;
    }

    /// Goes one step into the JSON.
    fn inside(&mut self, token: &str, validate: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        push_token(&mut self.pointer, token);
        validate(self);
        self.pointer.truncate(length);
    }

    #[expect(clippy::cast_precision_loss, reason = "no length comes near what an f64 cannot tell apart")]
    fn length(&mut self, bounds: Bounds, length: usize) {
        match bounds.missed_by(length as f64) {
            Some(Missed::Min(min)) => self.report(Problem::TooShort(min)),
            Some(Missed::Max(max)) => self.report(Problem::TooLong(max)),
            None => {}
        }
    }

    fn number(&mut self, bounds: Bounds, number: Option<f64>) {
        match number.and_then(|number| bounds.missed_by(number)) {
            Some(Missed::Min(min)) => self.report(Problem::TooSmall(min)),
            Some(Missed::Max(max)) => self.report(Problem::TooLarge(max)),
            None => {}
        }
    }

    fn is_dynamic(&self, value: &Value) -> bool {
        value.as_str().is_some_and(|text| {
            self.strictness == Strictness::Request && (is_expression(text) || is_substituted(text))
        })
    }

    /// Whether the text is one that the service may take for a number or a boolean.
    fn is_written_as_text(&self, shape: &Shape, text: &str) -> bool {
        let fits = match shape {
            Shape::Integer(_) | Shape::Long(_) | Shape::Float(_) | Shape::Double(_) => {
                text.trim().parse::<f64>().is_ok()
            }
            Shape::Boolean => ["true", "false"].contains(&text.to_lowercase().as_str()),
            Shape::Structure(_)
            | Shape::List { .. }
            | Shape::Map { .. }
            | Shape::Enum(_)
            | Shape::String(_)
            | Shape::Blob(_)
            | Shape::Timestamp
            | Shape::Document => false,
        };
        self.strictness == Strictness::Request && fits
    }

    fn is_filled_in(&self, name: &str) -> bool {
        self.strictness == Strictness::Request && is_substituted(name)
    }

    fn is_dynamic_name(&self, name: &str) -> bool {
        self.strictness == Strictness::Request && name.ends_with(".$")
    }
}

enum Missed {
    Min(f64),
    Max(f64),
}

impl Bounds {
    fn missed_by(self, number: f64) -> Option<Missed> {
        match (self.min, self.max) {
            (Some(min), _) if number < min => Some(Missed::Min(min)),
            (_, Some(max)) if number > max => Some(Missed::Max(max)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
