//! Properties of lowering, over random workflows in both query languages.

use proptest::prelude::*;
use serde_json::Value;
use stepwright::QueryLanguage;
use stepwright::plan::Plan;
use stepwright_codegen::{asl, compile_plan};

use crate::random_workflows::{Words, plan, program};

/// Calls `visit` for each JSONata expression of a definition.
fn each_expression(value: &Value, visit: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) if asl::is_expression(text) => visit(text),
        Value::Array(items) => items.iter().for_each(|item| each_expression(item, visit)),
        Value::Object(fields) => fields.values().for_each(|field| each_expression(field, visit)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Compiles a plan, and reads what comes of it.
fn check_round_trip(plan: &Plan) -> Result<(), TestCaseError> {
    match compile_plan(plan) {
        Ok(compiled) => {
            let json = compiled.to_json();
            match asl::read(&json) {
                Ok(document) => prop_assert_eq!(document.machine(), &compiled.machine),
                Err(findings) => prop_assert!(false, "not readable: {findings:?}\n{json}"),
            }
            each_expression(&asl::to_value(&compiled.machine), &mut |text| {
                let source = text.trim_start_matches("{%").trim_end_matches("%}");
                assert!(jsonata_core::parser::parse(source).is_ok(), "not JSONata: {text}");
            });
        }
        Err(diagnostics) => prop_assert!(false, "a correct workflow is refused:\n{diagnostics}"),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// A workflow that reads only what is visible compiles in both languages, and what it emits reads back as the same model.
    #[test]
    fn a_workflow_that_reads_what_is_visible_compiles(program in program(Words::Both)) {
        let mut plan = plan(&program);
        for language in [QueryLanguage::Jsonata, QueryLanguage::JsonPath] {
            plan.query_language = language;
            check_round_trip(&plan)?;
        }
    }
}
