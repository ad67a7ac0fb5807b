//! Handing in: what an iteration or child execution is given, and the outer values that it reads.

use serde_json::{Map, Value};
use stepwright::plan::{self, Expression, Segment};

use crate::diagnostic::{Code, Diagnostic};
use crate::lower::capture::Environment;
use crate::lower::graph::Use;
use crate::lower::jsonata::value;
use crate::lower::jsonpath::{Entry, entry, fields, path, say_in_jsonata, template};
use crate::lower::places::Kept;
use crate::lower::states::Printing;

impl Printing<'_, '_> {
    /// `ItemSelector`: what an iteration is given, if not the item. A batch is handed outer values with its `BatchInput`.
    pub(super) fn item_selector(&mut self, map: &plan::Map, processor: usize) -> Option<Value> {
        if self.is_json_path() {
            return self.jsonpath_selector(map, processor);
        }
        if self.is_in_json_path() {
            return self.mixed_selector(map, processor);
        }
        let selector = map.selector.as_ref().map(|selector| value(self, selector, Use::Field));
        let handed = &self.places.handed[processor];
        let Some(item) = handed.item() else { return selector };
        let whole = || Value::from("{% $states.context.Map.Item.Value %}");
        let mut object = Map::from_iter([(item.to_owned(), selector.unwrap_or_else(whole))]);
        for (name, _, field) in handed.fields() {
            object.insert(name, value(self, &field, Use::Field));
        }
        Some(Value::Object(object))
    }

    /// `BatchInput`: what every batch is given beside its items.
    pub(super) fn batch_input(&mut self, input: Option<&Expression>, processor: usize) -> Option<Value> {
        if self.is_json_path() {
            return self.jsonpath_batch_input(input, processor);
        }
        if self.is_in_json_path() {
            return self.with_captured(input, processor, 1);
        }
        let mut handed = self.places.handed[processor].fields().peekable();
        if handed.peek().is_none() {
            return input.map(|input| value(self, input, Use::Field));
        }
        let mut object = match input {
            Some(Expression::Object(fields)) => fields.clone(),
            // Any other is reported where what is read is captured.
            Some(_) | None => Vec::new(),
        };
        object.extend(handed);
        Some(value(self, &Expression::Object(object), Use::Field))
    }

    fn jsonpath_batch_input(&mut self, input: Option<&Expression>, processor: usize) -> Option<Value> {
        let mut object = match input {
            Some(Expression::Object(object)) => {
                let object: Vec<_> = fields(object).collect();
                template(self, object)
            }
            Some(input) => return self.only_object(input),
            None => Map::new(),
        };
        self.add_captured(processor, 1, &mut object);
        (!object.is_empty()).then_some(Value::Object(object))
    }

    fn jsonpath_selector(&mut self, map: &plan::Map, processor: usize) -> Option<Value> {
        let selector = map.selector.as_ref();
        let mut object = match selector {
            Some(Expression::Object(object)) => {
                let object: Vec<_> = fields(object).collect();
                template(self, object)
            }
            Some(selector) => return self.only_object(selector),
            None => Map::new(),
        };
        if map.batcher().is_none() {
            self.add_captured(processor, 0, &mut object);
        }
        let input = self.graph.scopes[processor].input.and_then(|id| self.places.kept(self.graph, id));
        if let (None, Some(Kept::Path(item))) = (selector, input)
            && let [name] = item.as_slice()
        {
            object.insert(format!("{name}.$"), Value::from("$$.Map.Item.Value"));
        }
        (!object.is_empty()).then_some(Value::Object(object))
    }

    /// JSONPath: a template that is no object of expressions.
    fn only_object(&mut self, template: &Expression) -> Option<Value> {
        match entry(self, template) {
            Entry::Plain(plain) => Some(plain),
            Entry::Computed(_) => {
                let help =
                    format!("select an object: `.select(|item| data!(…))`; or {}", say_in_jsonata(self));
                self.problem(
                    Diagnostic::error(
                        Code::NotInJsonPath,
                        "in JSONPath, what an iteration is given is an object",
                    )
                    .help(help),
                );
                None
            }
        }
    }

    /// JSONPath: hands captured values in, at the paths that they have inside, of which the object is this deep.
    pub(in crate::lower::states) fn add_captured(
        &mut self,
        scope: usize,
        depth: usize,
        object: &mut Map<String, Value>,
    ) {
        let Environment::Own { captured, .. } = &self.environments[scope] else { return };
        for place in captured {
            let outside = path(self, place);
            let Some(inside) = self.places.captured_path(scope, place) else { continue };
            let names: Vec<String> = inside[depth..]
                .iter()
                .map(|segment| match segment {
                    Segment::Field(name) => name.to_string(),
                    Segment::Index(index) => index.to_string(),
                })
                .collect();
            insert_at(object, &names, outside);
        }
    }
}

/// Puts a Path into an object of objects.
fn insert_at(object: &mut Map<String, Value>, names: &[String], path: String) {
    match names {
        [] => {}
        [name] => drop(object.insert(format!("{name}.$"), Value::String(path))),
        [name, rest @ ..] => {
            let inner = object.entry(name.clone()).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                insert_at(inner, rest, path);
            }
        }
    }
}
