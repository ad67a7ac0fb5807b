//! The shape of a value that stands in the text.

use std::rc::Rc;

use serde_json::Value;

use super::known::{Known, Object};
use super::{Kinds, Shape};
use crate::check::index::is_substituted;

impl Shape {
    /// Of a JSON value. A text with a substitution can be any.
    // Values nest below 128, as JSON that was read.
    pub(crate) fn literal(value: &Value) -> Self {
        match value {
            Value::Null => Self::of(Kinds::NULL),
            Value::Bool(value) => Self::boolean(*value),
            Value::Number(number) => number.as_f64().map_or(Self::NUMBER, Self::number),
            Value::String(text) if is_substituted(text) => Self::TEXT,
            Value::String(text) => Self::text(text),
            Value::Array(elements) => Self::tuple(elements.iter().map(Self::literal).collect()),
            Value::Object(members) => {
                let rest = members.keys().any(|name| is_substituted(name)).then_some(Self::PRESENT);
                // Sorted already, or else sorting is cheap.
                Self::object_with(
                    members.iter().map(|(name, value)| (Rc::from(name.as_str()), Self::literal(value))),
                    rest,
                )
            }
        }
    }

    /// An answer of a service.
    pub(super) fn answer(answer: crate::api::ShapeRef) -> Self {
        Self::knowing(Known::Object(Object::Answer(answer)))
    }
}
