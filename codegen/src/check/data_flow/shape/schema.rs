//! The shape that a JSON schema describes, as far as it is one that Rust types have.

use std::rc::Rc;

use serde_json::Value;

use super::{Kinds, Shape};
use crate::check::data_flow::origin::Origin;

/// Types contain themselves.
const DEEPEST: usize = 6;

impl Shape {
    /// Of what a schema lets through. What it says nothing of can be anything, so other members too.
    pub(crate) fn of_schema(schema: &Value) -> Self {
        Schema { root: schema }.shape(schema, DEEPEST)
    }
}

struct Schema<'s> {
    root: &'s Value,
}

impl Schema<'_> {
    fn shape(&self, schema: &Value, depth: usize) -> Shape {
        if depth == 0 {
            return Shape::PRESENT;
        }
        if let Some(constant) = schema.get("const") {
            return Shape::literal(constant);
        }
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            return values.iter().fold(Shape::NEVER, |all, value| all.join(&Shape::literal(value)));
        }
        if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
            // What stands beside it adds to it, and is left open.
            if schema.get("properties").is_some() {
                return Shape::PRESENT;
            }
            let definition = name.strip_prefix('#').and_then(|pointer| self.root.pointer(pointer));
            return definition.map_or(Shape::PRESENT, |schema| self.shape(schema, depth - 1));
        }
        if let Some(cases) = ["anyOf", "oneOf"].iter().find_map(|key| schema.get(key)?.as_array()) {
            // What stands beside the cases adds to each of them, and is left open.
            if schema.get("properties").is_some() {
                return Shape::PRESENT;
            }
            return cases.iter().fold(Shape::NEVER, |all, case| all.join(&self.shape(case, depth)));
        }
        if schema.get("allOf").is_some() {
            return Shape::PRESENT;
        }
        match schema.get("type") {
            Some(Value::String(name)) => self.of_type(name, schema, depth),
            Some(Value::Array(names)) => {
                let names = names.iter().filter_map(Value::as_str);
                names.fold(Shape::NEVER, |all, name| all.join(&self.of_type(name, schema, depth)))
            }
            _ => Shape::PRESENT,
        }
    }

    fn of_type(&self, name: &str, schema: &Value, depth: usize) -> Shape {
        match name {
            "null" => Shape::of(Kinds::NULL),
            "boolean" => Shape::BOOLEAN,
            "integer" | "number" => Shape::NUMBER,
            "string" => Shape::TEXT,
            "array" => match schema.get("items") {
                Some(items) if items.is_object() && schema.get("prefixItems").is_none() => {
                    Shape::list(self.shape(items, depth - 1))
                }
                _ => Shape::ARRAY,
            },
            "object" => self.object(schema, depth),
            _ => Shape::PRESENT,
        }
    }

    fn object(&self, schema: &Value, depth: usize) -> Shape {
        let required: Vec<&str> = schema
            .get("required")
            .and_then(Value::as_array)
            .map(|names| names.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        let members = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        let members = members.map(|(name, schema)| {
            let shape = self.shape(schema, depth - 1);
            (
                Rc::from(name.as_str()),
                if required.contains(&name.as_str()) { shape } else { shape.optional() },
            )
        });
        let rest = match schema.get("additionalProperties") {
            // The names are keys that follow a pattern.
            _ if schema.get("patternProperties").is_some() => Some(Shape::PRESENT),
            Some(Value::Bool(false)) => None,
            Some(schema @ Value::Object(_)) => Some(self.shape(schema, depth - 1)),
            None if schema.get("properties").is_some() => Some(Shape::PRESENT.from(Origin::UNDECLARED)),
            _ => Some(Shape::PRESENT),
        };
        Shape::object_with::<Rc<str>>(members, rest)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn types_of_rust_are_described() {
        let shape = Shape::of_schema(&json!({
            "type": "object",
            "properties": {
                "id": { "type": "string" },
                "note": { "type": ["string", "null"] },
                "lines": { "type": "array", "items": { "$ref": "#/$defs/Line" } },
                "kind": { "enum": ["a", "b"] },
            },
            "required": ["id", "lines", "kind"],
            "$defs": { "Line": { "type": "object", "properties": { "qty": { "type": "integer" } }, "required": ["qty"] } },
        }));
        assert_eq!(shape.member("id"), Shape::TEXT);
        assert_eq!(shape.member("note").kinds, Kinds::TEXT.or(Kinds::NULL).or(Kinds::ABSENT));
        assert_eq!(shape.member("lines").elements().member("qty"), Shape::NUMBER);
        assert_eq!(shape.member("kind"), Shape::text("a").join(&Shape::text("b")));
        assert_eq!(shape.member("other"), Shape::UNKNOWN);
    }

    #[test]
    fn a_type_may_contain_itself() {
        let schema = json!({ "type": "array", "items": { "$ref": "#" } });
        assert_eq!(Shape::of_schema(&schema).kinds, Kinds::ARRAY);
    }
}
