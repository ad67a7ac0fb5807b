//! Properties of lowering, over random workflows in both query languages.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::Value;
use stepwright::QueryLanguage;
use stepwright::plan::Plan;
use stepwright_codegen::{asl, compile_plan};

use crate::random_workflows::{Words, is_refused_rightly, plan, program};

/// Calls `visit` for each JSONata expression of a definition.
fn each_expression(value: &Value, visit: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) if asl::is_expression(text) => visit(text),
        Value::Array(items) => items.iter().for_each(|item| each_expression(item, visit)),
        Value::Object(fields) => fields.values().for_each(|field| each_expression(field, visit)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Adds the variables that the states of an execution assign and read; child executions are checked on their own.
fn variables(value: &Value, assigned: &mut BTreeSet<String>, read: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                if name == "ItemProcessor" && field["ProcessorConfig"]["Mode"] == "DISTRIBUTED" {
                    check_variables(field);
                    continue;
                }
                if let ("Assign", Some(names)) = (name.as_str(), field.as_object()) {
                    // In JSONPath, the name of what is computed ends in `.$`.
                    assigned.extend(names.keys().map(|name| name.trim_end_matches(".$").to_owned()));
                }
                variables(field, assigned, read);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| variables(item, assigned, read)),
        Value::String(text) if asl::is_expression(text) => {
            let names = text.split('$').skip(1).filter_map(|rest| {
                let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                (!rest[end..].starts_with('(')).then(|| rest[..end].to_owned())
            });
            // `$` by itself is the item in a filter, and `$append` is handed to a function.
            let bound = bound(text);
            read.extend(names.filter(|name| {
                !name.is_empty() && name != "states" && name != "append" && !bound.contains(name.as_str())
            }));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The names that an expression gives to the parameters of functions and to values of its own.
fn bound(text: &str) -> BTreeSet<&str> {
    let parameters = text.split("function(").skip(1).filter_map(|rest| rest.split(')').next());
    let locals = text.split(" := ").filter_map(|before| before.rsplit('$').next());
    parameters
        .flat_map(|names| names.split(", ").map(|name| name.trim_start_matches('$')))
        .chain(locals)
        .collect()
}

/// The states of an execution read only variables that one of them assigns: child executions see none of their parent's.
fn check_variables(scope: &Value) {
    let (mut assigned, mut read) = (BTreeSet::new(), BTreeSet::new());
    variables(&scope["States"], &mut assigned, &mut read);
    assert!(read.is_subset(&assigned), "{read:?} are read, {assigned:?} are assigned in {scope:#}");
}

/// Compiles a plan, and reads what comes of it back.
fn check_round_trip(plan: &Plan) -> Result<(), TestCaseError> {
    match compile_plan(plan) {
        Ok(compiled) => {
            let json = compiled.to_json();
            match asl::read(&json) {
                Ok(document) => prop_assert_eq!(document.machine(), &compiled.machine),
                Err(findings) => prop_assert!(false, "not readable: {findings:?}\n{json}"),
            }
            let value = asl::to_value(&compiled.machine);
            check_variables(&value);
            each_expression(&value, &mut |text| {
                let source = text.trim_start_matches("{%").trim_end_matches("%}");
                assert!(jsonata_core::parser::parse(source).is_ok(), "not JSONata: {text}");
            });
        }
        Err(diagnostics) if is_refused_rightly(&diagnostics) => {}
        Err(diagnostics) => prop_assert!(false, "a correct workflow is refused:\n{diagnostics}"),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// A workflow that reads only what is visible compiles in both languages, and what it emits reads back as the same model.
    #[test]
    fn a_workflow_that_reads_what_is_visible_compiles(program in program(Words::Both)) {
        let mut plan = plan(&program);
        for language in [QueryLanguage::Jsonata, QueryLanguage::JsonPath] {
            plan.query_language = language;
            check_round_trip(&plan)?;
        }
    }

    /// So does one that says what only JSONata can.
    #[test]
    fn a_workflow_in_jsonata_compiles(program in program(Words::Jsonata)) {
        let mut plan = plan(&program);
        plan.query_language = QueryLanguage::Jsonata;
        check_round_trip(&plan)?;
    }
}
