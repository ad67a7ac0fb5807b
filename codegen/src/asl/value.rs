//! The values of fields: primitive ones, paths that may be `null`, and constants that may be expressions.

use indexmap::IndexMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Number, Value};

use crate::asl::enums::QueryLanguage;
use crate::asl::json::Json;
use crate::asl::object::{Cause, Demands, Shape, Written};
use crate::asl::read::Reader;

/// A Path field for which JSON `null` has a meaning of its own: `InputPath`, `OutputPath`, `ResultPath`.
///
/// `null` drops the input, output or result. Spec: "Using Paths", "`ResultPath`".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NullablePath {
    /// JSON `null`.
    Null,
    /// A Path such as `$.order`.
    Path(String),
}

/// A constant, or in `JSONata` states the `{% … %}` expression that computes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrExpression<T> {
    /// The constant.
    Constant(T),
    /// The whole string, `{%` and `%}` included.
    Expression(String),
}

impl<T> OrExpression<T> {
    /// The constant, if it is one.
    pub fn constant(&self) -> Option<&T> {
        match self {
            Self::Constant(value) => Some(value),
            Self::Expression(_) => None,
        }
    }
}

/// Whether a string is a `JSONata` expression: it starts with `{%` and ends with `%}`, without spaces around.
pub fn is_expression(text: &str) -> bool {
    text.len() >= 4 && text.starts_with("{%") && text.ends_with("%}")
}

impl Shape for NullablePath {
    fn read<'j>(json: &'j Json, reader: &mut Reader<'j>) -> Option<Self> {
        match json {
            Json::Null => Some(Self::Null),
            Json::String(path) => Some(Self::Path(path.clone())),
            Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => {
                reader.mismatch("a string or null", json)
            }
        }
    }

    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => out.serialize_unit(),
            Self::Path(path) => out.serialize_str(path),
        }
    }
}

/// A constant that an expression can stand for, with its name for messages.
pub(crate) trait Constant: Shape {
    /// "an integer".
    const TITLE: &'static str;
}

impl Constant for u64 {
    const TITLE: &'static str = "a whole number";
}

impl Constant for Number {
    const TITLE: &'static str = "a number";
}

impl Constant for bool {
    const TITLE: &'static str = "a boolean";
}

impl<T: Constant> Shape for OrExpression<T> {
    fn read<'j>(json: &'j Json, reader: &mut Reader<'j>) -> Option<Self> {
        match json {
            Json::String(text) if is_expression(text) => Some(Self::Expression(text.clone())),
            Json::String(_) => reader.mismatch(&format!("{} or a `{{% … %}}` expression", T::TITLE), json),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => {
                T::read(json, reader).map(Self::Constant)
            }
        }
    }

    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Constant(value) => value.write(out),
            Self::Expression(text) => out.serialize_str(text),
        }
    }

    fn demands(&self, out: &mut Demands<'_>) {
        if let Self::Expression(_) = self {
            out.add(QueryLanguage::Jsonata, Cause::Expression);
        }
    }
}

impl Shape for String {
    fn read<'j>(json: &'j Json, reader: &mut Reader<'j>) -> Option<Self> {
        let Json::String(text) = json else { return reader.mismatch("a string", json) };
        Some(text.clone())
    }

    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self)
    }
}

impl Shape for bool {
    fn read<'j>(json: &'j Json, reader: &mut Reader<'j>) -> Option<Self> {
        let Json::Bool(value) = json else { return reader.mismatch("a boolean", json) };
        Some(*value)
    }

    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_bool(*self)
    }
}

impl Shape for u64 {
    fn read<'j>(json: &'j Json, reader: &mut Reader<'j>) -> Option<Self> {
        let Json::Number(number) = json else { return reader.mismatch(Self::TITLE, json) };
        number.as_u64().or_else(|| reader.not_whole(number))
    }

    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_u64(*self)
    }
}

impl Shape for Number {
    fn read<'j>(json: &'j Json, reader: &mut Reader<'j>) -> Option<Self> {
        let Json::Number(number) = json else { return reader.mismatch(Self::TITLE, json) };
        Some(number.clone())
    }

    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        self.serialize(out)
    }
}

impl Shape for Value {
    fn read<'j>(json: &'j Json, reader: &mut Reader<'j>) -> Option<Self> {
        Some(reader.payload(json))
    }

    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        self.serialize(out)
    }
}

impl Shape for Map<String, Value> {
    fn read<'j>(json: &'j Json, reader: &mut Reader<'j>) -> Option<Self> {
        match reader.payload(json) {
            Value::Object(map) => Some(map),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                reader.mismatch("an object", json)
            }
        }
    }

    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        self.serialize(out)
    }
}

impl<T: Shape> Shape for Vec<T> {
    fn read<'j>(json: &'j Json, reader: &mut Reader<'j>) -> Option<Self> {
        let Json::Array(items) = json else { return reader.mismatch("an array", json) };
        // A bad item is reported and left out: the reader does not hand out a model with findings.
        Some(reader.elements(items, T::read))
    }

    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_seq(self.iter().map(Written))
    }

    fn demands(&self, out: &mut Demands<'_>) {
        for (index, item) in self.iter().enumerate() {
            out.element(index, |out| item.demands(out));
        }
    }
}

impl<T: Shape> Shape for Box<T> {
    fn read<'j>(json: &'j Json, reader: &mut Reader<'j>) -> Option<Self> {
        T::read(json, reader).map(Box::new)
    }

    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        T::write(self, out)
    }

    fn demands(&self, out: &mut Demands<'_>) {
        T::demands(self, out);
    }
}

/// The `States` of a scope. What they demand is their own affair, so `demands` does not look into them.
impl<T: Shape> Shape for IndexMap<String, T> {
    fn read<'j>(json: &'j Json, reader: &mut Reader<'j>) -> Option<Self> {
        let mut map = Self::new();
        reader
            .members(json, |name, value, reader| {
                if let Some(value) = T::read(value, reader) {
                    map.insert(name.to_owned(), value);
                }
            })
            .then_some(map)
    }

    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map(self.iter().map(|(name, value)| (name, Written(value))))
    }
}
