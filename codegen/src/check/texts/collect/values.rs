//! Finds the texts in values that are written down: templates, and JSON with expressions in it.

use serde_json::{Map, Value};

use super::Collector;
use crate::asl::QueryLanguage;
use crate::check::texts::place::Token;
use crate::check::texts::{Syntax, Takes};

impl<'m> Collector<'_, 'm> {
    pub(super) fn assign(&mut self, assign: Option<&'m Map<String, Value>>) {
        if let Some(assign) = assign {
            self.member("Assign", |this| this.object(assign));
        }
    }

    /// A field of both languages.
    pub(super) fn either(&mut self, name: &'m str, value: Option<&'m Value>) {
        match self.entry.language {
            QueryLanguage::JsonPath => self.template(name, value),
            QueryLanguage::Jsonata => self.value(name, value),
        }
    }

    pub(super) fn object(&mut self, object: &'m Map<String, Value>) {
        match self.entry.language {
            QueryLanguage::JsonPath => self.template_members(object),
            QueryLanguage::Jsonata => {
                for (name, value) in object {
                    self.member(name, |this| this.values(value));
                }
            }
        }
    }

    pub(super) fn value(&mut self, name: &'m str, value: Option<&'m Value>) {
        if let Some(value) = value
            && self.entry.language == QueryLanguage::Jsonata
        {
            self.member(name, |this| this.values(value));
        }
    }

    // Values nest below 128, as JSON that was read.
    fn values(&mut self, value: &'m Value) {
        match value {
            Value::String(text) => self.jsonata(text),
            Value::Array(items) => {
                for (position, item) in items.iter().enumerate() {
                    self.inside(Token::Index(position), |this| this.values(item));
                }
            }
            Value::Object(members) => {
                for (name, value) in members {
                    self.member(name, |this| this.values(value));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    pub(super) fn template(&mut self, name: &'m str, value: Option<&'m Value>) {
        if let Some(value) = value
            && self.entry.language == QueryLanguage::JsonPath
        {
            self.member(name, |this| this.template_value(value));
        }
    }

    fn template_value(&mut self, value: &'m Value) {
        match value {
            Value::Object(members) => self.template_members(members),
            Value::Array(items) => {
                for (position, item) in items.iter().enumerate() {
                    self.inside(Token::Index(position), |this| this.template_value(item));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn template_members(&mut self, members: &'m Map<String, Value>) {
        for (name, value) in members {
            self.member(name, |this| match value {
                Value::String(text) if name.ends_with(".$") => {
                    this.add_read(text, Takes::PathOrCall, Takes::PathOrCall);
                }
                Value::String(text) if text.starts_with('$') || text.starts_with("States.") => {
                    this.add_read(text, Takes::Literal, Takes::PathOrCall);
                }
                Value::Object(members) if is_template_function(members) => {}
                _ if name.ends_with(".$") => this.add("", Takes::PathOrCall, Syntax::Neither),
                value => this.template_value(value),
            });
        }
    }
}

/// Whether an object is a function of `CloudFormation`, so that nobody knows what it will be.
fn is_template_function(members: &Map<String, Value>) -> bool {
    members.len() == 1 && members.keys().all(|name| name == "Ref" || name.starts_with("Fn::"))
}
