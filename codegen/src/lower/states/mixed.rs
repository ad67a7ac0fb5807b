//! A state in JSONata in a machine in JSONPath: values are in the document, and its result is merged into it.

use std::borrow::Cow;

use serde_json::{Map, Value, json};
use stepwright::QueryLanguage;
use stepwright::plan::{
    self, Expression, Kept as KeptField, Kind as ValueKind, Presence, Role, Segment, ValueId,
};

use super::Printing;
use crate::asl::{self, State};
use crate::lower::capture::Environment;
use crate::lower::graph::{Catch, Kind, PASS_VALUE, Use};
use crate::lower::jsonata::{member, path, quoted, value, with_segments};
use crate::lower::jsonpath::last_name;
use crate::lower::places::Kept;

/// The document.
const DOCUMENT: &str = "$states.input";

impl<'g> Printing<'g, '_> {
    /// Whether the machine is in JSONPath.
    pub(in crate::lower) fn is_in_json_path(&self) -> bool {
        self.graph.plan.query_language == QueryLanguage::JsonPath
    }

    /// Whether a value is found in the document.
    pub(in crate::lower) fn is_in_document(&self, id: ValueId) -> bool {
        self.is_in_json_path()
            && self.graph.value(id).is_some_and(|value| value.role != Role::Item)
            && self.places.variable(self.graph, self.at.0, id).is_none()
    }

    /// A state in JSONata whose result is merged into the document.
    pub(super) fn mixed_state(&mut self) -> State {
        let mut state = self.jsonata_state();
        state.query_language = Some(asl::QueryLanguage::Jsonata);
        let node = self.node();
        if node.output.is_none() && node.continues() {
            state.output = self.document_after(node.result);
        }
        state
    }

    /// The document as the state leaves it; `None` where that is the default.
    fn document_after(&mut self, result: Option<ValueId>) -> Option<Value> {
        match (&self.node().kind, self.path_of(result)) {
            (Kind::Keep(Some(kept)), _) => Some(self.kept_fields(kept)),
            (_, Some(path)) if let Some((made, what)) = self.made_by_expression() => {
                let made = self.enveloped(made, result);
                Some(match path {
                    [] => value(self, &made, what),
                    path => merged(path, &member(self, &made, what)),
                })
            }
            (Kind::Task(_) | Kind::Parallel { .. } | Kind::Map { .. }, Some(path)) => {
                (!path.is_empty()).then(|| merged(path, "$states.result"))
            }
            // Nobody reads the result.
            (Kind::Task(_) | Kind::Parallel { .. } | Kind::Map { .. }, None) => Some(whole_document()),
            // By themselves all others pass on what they are given.
            _ => None,
        }
    }

    /// A value as it is kept: that which takes the place of a raw result, where that holds it.
    fn enveloped<'e>(&self, value: &'e Expression, kept_as: Option<ValueId>) -> Cow<'e, Expression> {
        match kept_as.and_then(|id| self.graph.envelope(id)) {
            Some(field) => {
                let field = (field.to_owned(), Presence::Always, value.clone());
                Cow::Owned(Expression::Object(vec![field]))
            }
            None => Cow::Borrowed(value),
        }
    }

    /// The document after an error was caught; `None` where that is the default, as it always is in a machine in JSONata.
    pub(super) fn document_after_error(&self, catch: &Catch<'_>) -> Option<Value> {
        if !self.node().in_jsonata {
            return None;
        }
        match self.path_of(Some(catch.catcher.error)) {
            Some([]) => None,
            Some(path) => Some(merged(path, "$states.errorOutput")),
            None => (!self.ends_unread(catch.edge.target)).then(whole_document),
        }
    }

    /// Where in the document a value is kept.
    fn path_of(&self, id: Option<ValueId>) -> Option<&'g [String]> {
        match self.places.kept(self.graph, id?)? {
            Kept::Path(path) => Some(path),
            Kept::Variable(_) => None,
        }
    }

    /// What the end of a scope keeps of the document.
    fn kept_fields(&mut self, kept: &[KeptField]) -> Value {
        let mut fields = Map::new();
        for kept in kept {
            let (name, path) = match kept {
                KeptField::Field(name) => (name.clone(), in_document(std::slice::from_ref(name))),
                KeptField::Value(place) => {
                    let name = last_name(self, place).unwrap_or_else(|| PASS_VALUE.to_owned());
                    (name, path(self, place, Use::Field))
                }
            };
            fields.insert(name, json!(format!("{{% {path} %}}")));
        }
        Value::Object(fields)
    }

    /// `ItemSelector` of a Map whose iterations have documents of their own.
    pub(super) fn mixed_selector(&mut self, map: &plan::Map, processor: usize) -> Option<Value> {
        let selector = map.selector.as_ref();
        let mut selected = match map.batcher() {
            // A batch is handed outer values with its `BatchInput`.
            Some(_) => selector.map(|selector| value(self, selector, Use::Field)),
            None => self.with_captured(selector, processor, 0),
        };
        let input = self.graph.scopes[processor].input;
        if let (None, Some([item])) = (selector, self.path_of(input)) {
            let selected = selected.get_or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(object) = selected {
                object.insert(item.clone(), json!("{% $states.context.Map.Item.Value %}"));
            }
        }
        selected
    }

    /// What an inner scope is given: the template, and beside it the outer values that the states in there read, at the paths that
    /// they have inside, of which the object is this deep.
    pub(super) fn with_captured(
        &mut self,
        template: Option<&Expression>,
        scope: usize,
        depth: usize,
    ) -> Option<Value> {
        let mut fields = match template {
            Some(Expression::Object(fields)) => fields.clone(),
            // Nothing is captured beside any other, which is reported where it is found.
            Some(template) => return Some(value(self, template, Use::Field)),
            None => Vec::new(),
        };
        if let Environment::Own { captured, .. } = &self.environments[scope] {
            for place in captured {
                let Some(inside) = self.places.captured_path(scope, place) else { continue };
                insert_at(&mut fields, &fields_of(&inside[depth..]), Expression::Read(place, ValueKind::Any));
            }
        }
        (template.is_some() || !fields.is_empty())
            .then(|| value(self, &Expression::Object(fields), Use::Field))
    }
}

/// The fields of an object.
type Fields = Vec<(String, Presence, Expression)>;

/// Puts a value into an object of objects.
fn insert_at(object: &mut Fields, names: &[String], value: Expression) {
    let Some((name, rest)) = names.split_first() else { return };
    if rest.is_empty() {
        object.push((name.clone(), Presence::Always, value));
        return;
    }
    let inner = object.iter_mut().find_map(|(field, _, inner)| match inner {
        Expression::Object(inner) if field == name => Some(inner),
        _ => None,
    });
    match inner {
        Some(inner) => insert_at(inner, rest, value),
        None => {
            let mut inner = Vec::new();
            insert_at(&mut inner, rest, value);
            object.push((name.clone(), Presence::Always, Expression::Object(inner)));
        }
    }
}

/// The names of a path; what is handed in is in no list.
fn fields_of(path: &[Segment]) -> Vec<String> {
    let name = |segment: &Segment| match segment {
        Segment::Field(name) => name.to_string(),
        Segment::Index(index) => index.to_string(),
    };
    path.iter().map(name).collect()
}

fn whole_document() -> Value {
    json!(format!("{{% {DOCUMENT} %}}"))
}

fn in_document(path: &[String]) -> String {
    let path: Vec<_> = path.iter().map(|name| Segment::Field(name.clone().into())).collect();
    with_segments(DOCUMENT.to_owned(), &path)
}

/// The document with a value put in at a path; what else it has stays.
fn merged(path: &[String], value: &str) -> Value {
    let mut merged = value.to_owned();
    for (depth, name) in path.iter().enumerate().rev() {
        merged = format!("$merge([{}, {{{}: {merged}}}])", in_document(&path[..depth]), quoted(name));
    }
    json!(format!("{{% {merged} %}}"))
}
