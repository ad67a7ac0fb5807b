//! A field is read that a type does not have, though it lets others through.

use serde_json::Value;
use stepwright_codegen::diagnostic::Code;

use super::{known_jsonata, with_reads};
use crate::mutations::Operator;
use crate::mutations::definition::{Definition, State};

pub(in crate::mutations) const OPERATORS: &[Operator] = &[
    Operator::new("a Path takes a field that its type does not have", Code::UndeclaredField, |it| {
        let members = typed(it);
        with_reads(it, |_, text| {
            let is_template = text.field.starts_with("/Parameters") && text.field.ends_with(".$");
            let is_typed = |name: &&str| text.content.starts_with(&format!("$.{name}."));
            let is_path = !text.content.contains(['[', '(']);
            (is_template && is_path && members.iter().any(is_typed))
                .then(|| text.replaced(format!("{}Typo", text.content)))
        })
    })
    .of_open_types(),
    Operator::new("an expression takes a field that its type does not have", Code::UndeclaredField, |it| {
        let members = typed(it);
        let states = known_jsonata(it);
        let texts = states.iter().flat_map(State::expressions);
        let mutants = texts.filter_map(|text| {
            let is_typed = |name: &&str| text.content.starts_with(&format!("$states.input.{name}."));
            let is_path = text.content.chars().all(|it| it.is_ascii_alphanumeric() || "$.".contains(it));
            (is_path && members.iter().any(is_typed))
                .then(|| text.expression(format!("{}Typo", text.content)))
        });
        mutants.collect()
    })
    .of_open_types()
    .at_least(3),
];

/// The members of the input that are objects of a type.
fn typed(it: &Definition) -> Vec<&str> {
    let members =
        it.schema.as_ref().and_then(|schema| schema["properties"].as_object()).into_iter().flatten();
    let objects = members.filter(|(_, schema)| schema.get("properties").is_some_and(Value::is_object));
    objects.map(|(name, _)| name.as_str()).collect()
}
