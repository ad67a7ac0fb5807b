//! What states make themselves, by an expression: the value of a Pass, and what is selected of a result.

use serde_json::{Map, Value};
use stepwright::plan::{BoundId, Expression, Place};

use super::Printing;
use crate::lower::graph::{Kind, PASS_VALUE, Use, root_value};
use crate::lower::jsonata::Local;
use crate::lower::jsonpath::{fields, template};

impl<'g> Printing<'g, '_> {
    /// What the state that is printed gives, where that is an expression, and what this is read for.
    pub(super) fn made_by_expression(&self) -> Option<(&'g Expression, Use)> {
        let node = self.node();
        match (&node.kind, node.selector) {
            (_, Some(selector)) => Some((&selector.value, Use::Exit)),
            (Kind::Pass(value), None) => Some((value, Use::Field)),
            _ => None,
        }
    }

    /// The same, where a place is read for what the state gives.
    pub(in crate::lower) fn own_expression(&self, place: &Place, what: Use) -> Option<(&'g Expression, Use)> {
        let own = self.node().result.map(|own| self.graph.canonical(own));
        let read = root_value(place).map(|read| self.graph.canonical(read));
        let is_own = what == Use::Exit && own.is_some() && read == own;
        self.made_by_expression().filter(|_| is_own)
    }

    /// Whether the parameter of a closure is the raw result of the state that is printed.
    pub(in crate::lower) fn selects_from(&self, parameter: BoundId) -> bool {
        self.node().selector.is_some_and(|selector| selector.parameter == parameter)
    }

    /// The field of the raw result that the task's result is in.
    pub(in crate::lower) fn raw_envelope(&self) -> Option<&'static str> {
        match &self.node().kind {
            Kind::Task(task) => task.result_field,
            _ => None,
        }
    }

    /// JSONata: what stands for the raw result in what is selected of it.
    pub(super) fn raw_result(&self) -> Option<Local> {
        let parameter = self.node().selector?.parameter;
        let text = match self.raw_envelope() {
            Some(field) => format!("$states.result.{field}"),
            None => "$states.result".to_owned(),
        };
        Some(Local::standing_for(parameter, text))
    }

    /// JSONPath: the template that the result is made into. One that is no object stands in a field of one.
    pub(super) fn result_selector(&mut self) -> Option<Value> {
        let selected = &self.node().selector?.value;
        self.selecting = true;
        let template: Map<String, Value> = match selected {
            Expression::Object(object) => {
                let object: Vec<_> = fields(object).collect();
                template(self, object)
            }
            Expression::Literal(Value::Object(object)) => object.clone(),
            value => template(self, [(PASS_VALUE, value)]),
        };
        self.selecting = false;
        Some(Value::Object(template))
    }
}
