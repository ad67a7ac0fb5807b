//! The definitions, as they would be deployed: a change of a snapshot is a change of a state machine.

use stepwright_codegen::compile_plan;

/// Every example compiles without a warning, and to the same JSON as before.
#[test]
fn every_example_emits_its_snapshot() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for entry in stepwright_examples::registry().entries() {
            let compiled = match compile_plan(&entry.plan()) {
                Ok(compiled) => compiled,
                Err(diagnostics) => panic!("{} does not compile:\n{diagnostics}", entry.name),
            };
            assert!(compiled.warnings.is_empty(), "{}:\n{}", entry.name, compiled.warnings);
            insta::assert_snapshot!(entry.slug.as_str(), compiled.to_json());
        }
    });
}

/// Tracing and compiling twice gives the same bytes: nothing depends on identifiers that were counted up meanwhile.
#[test]
fn the_same_workflow_gives_the_same_bytes() {
    for entry in stepwright_examples::registry().entries() {
        let json = || compile_plan(&entry.plan()).map(|compiled| compiled.to_json()).ok();
        assert_eq!(json(), json(), "{}", entry.name);
    }
}
