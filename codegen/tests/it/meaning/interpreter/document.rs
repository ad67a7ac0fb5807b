//! The document of a scope in JSONPath: what it is given, and what the workflow says is kept in it. Results that are kept there for
//! later states only are not: whoever is given the document may find more in it. Source: `Scope::document`, `plan::Slot`.

use serde_json::{Map as Object, Value, json};
use stepwright::QueryLanguage;
use stepwright::plan::{Expression, Kept, Plan, Segment, Slot, State, StateKind, ValueId};

use super::expressions::certain;
use super::{Interpreted, Running, Undecided};

/// A document, or why nothing is known of it.
#[derive(Debug, Clone)]
pub(super) struct Document(Result<Value, &'static str>);

const NO_OBJECT: &str = "a document that is no object";

impl Document {
    /// What a scope is given.
    pub(super) fn given(plan: &Plan, value: &Value) -> Self {
        Self(match (plan.query_language, value) {
            (QueryLanguage::JsonPath, Value::Object(_)) => Ok(value.clone()),
            (QueryLanguage::JsonPath, _) => Err(NO_OBJECT),
            (QueryLanguage::Jsonata, _) => Err("the document"),
        })
    }

    /// Of which nothing is known: what an iteration is given beside its item.
    pub(super) fn unknown() -> Self {
        Self(Err("the document of an iteration"))
    }

    pub(super) fn value(&self) -> Interpreted<&Value> {
        self.0.as_ref().map_err(|reason| Undecided::Foreign(reason))
    }

    fn write(&mut self, path: &[String], value: Value) {
        let Ok(document) = &mut self.0 else { return };
        let mut at = document;
        for name in path {
            let Value::Object(fields) = at else {
                self.0 = Err(NO_OBJECT);
                return;
            };
            at = fields.entry(name).or_insert_with(|| json!({}));
        }
        *at = value;
    }
}

impl Running {
    /// What a state has made is kept where the workflow says.
    pub(super) fn keep(&mut self, plan: &Plan, state: &State, value: &Value) {
        let Some(id) = state.result else { return };
        // Source: `Task::select_result`.
        let selected = state.selector.as_ref().map(|selector| &selector.value);
        let field = match (selected, &state.kind) {
            (Some(Expression::Object(_) | Expression::Literal(Value::Object(_))), _) => None,
            (Some(_), _) => Some("value"),
            (None, StateKind::Pass(made)) if !state.in_jsonata && !is_plain(made) => {
                return self.keep_unknown(plan, id);
            }
            (None, _) => plan.values.get(&id).and_then(|value| value.envelope),
        };
        let value = match field {
            Some(field) => json!({ field: value }),
            None => value.clone(),
        };
        self.keep_value(plan, id, value);
    }

    /// A value is kept where the workflow says.
    pub(super) fn keep_value(&mut self, plan: &Plan, id: ValueId, value: Value) {
        match plan.values.get(&id).map(|value| &value.slot) {
            Some(Slot::Path(path)) => self.document.write(path, value),
            Some(Slot::Document { .. }) if self.document.0 != Err("the document") => {
                self.document.0 = Ok(value);
            }
            Some(Slot::Document { .. } | Slot::Auto(_)) | None => {}
        }
    }

    fn keep_unknown(&mut self, plan: &Plan, id: ValueId) {
        if plan.values.get(&id).is_some_and(|value| !matches!(value.slot, Slot::Auto(_))) {
            self.document.0 = self.document.0.clone().and(Err("a computed value in the document"));
        }
    }

    /// Only some fields of the document are kept.
    pub(super) fn keep_fields(&mut self, plan: &Plan, kept: &[Kept]) -> Interpreted<()> {
        let document = self.document.value()?;
        let mut fields = Object::new();
        for kept in kept {
            let (name, value) = match kept {
                Kept::Field(name) => (name.clone(), document.get(name).cloned()),
                Kept::Value(place) => {
                    let read = Expression::Read(place, stepwright::plan::Kind::Any);
                    (name_of(plan, place)?, Some(certain(self, &read)?))
                }
            };
            let value = value.ok_or(Undecided::Foreign("a field that nobody has kept in the document"))?;
            fields.insert(name, value);
        }
        self.document.0 = Ok(Value::Object(fields));
        Ok(())
    }
}

/// Whether a Pass state in JSONPath gives a value as it is.
fn is_plain(value: &Expression) -> bool {
    matches!(
        value,
        Expression::Literal(_) | Expression::StateName(_) | Expression::Read(..) | Expression::Object(_)
    )
}

/// The name that a value has in the document.
fn name_of(plan: &Plan, place: &stepwright::plan::Place) -> Interpreted<String> {
    if let Some(Segment::Field(name)) = place.path.last() {
        return Ok(name.to_string());
    }
    let slot = match place.root {
        stepwright::plan::Root::Value(id) => plan.values.get(&id).map(|value| &value.slot),
        _ => None,
    };
    match slot {
        Some(Slot::Path(path)) => path.last().cloned(),
        Some(Slot::Auto(name)) => Some(name.clone()),
        _ => None,
    }
    .ok_or(Undecided::Foreign("a value without a name in the document"))
}
