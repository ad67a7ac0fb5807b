//! Examples that were definitions before: they mean the same as the originals.

use std::path::{Path, PathBuf};
use std::process::Command;

use stepwright_codegen::compile_plan;

/// The original, in the folder beside the repository, and the name of the workflow.
const ORIGINALS: &[(&str, &str)] = &[
    ("golden/hhvm-build.asl.json", "hhvm-build"),
    ("seeds/asl/sam-single-pass.asl.json", "single-pass"),
    ("seeds/asl/sam-write-to-dynamodb.asl.json", "table-write"),
    ("seeds/asl/codepipeline-approval.asl.json", "release-approval"),
    ("seeds/asl/codebuild-run-tests.asl.json", "codebuild-run-tests"),
    ("seeds/asl/emr-workflow.asl.json", "emr-workflow"),
    ("seeds/asl/calculation-state-machine.asl.json", "calculation-state-machine"),
    ("seeds/asl/zendesk-create-article.asl.json", "zendesk-create-article"),
    ("seeds/asl/parallel-state-machine.asl.json", "parallel-state-machine"),
    ("seeds/asl/parallel-state-machine-with-goto-state.asl.json", "parallel-state-machine-with-go-to-state"),
];

/// Compares by meaning (old and new field names are equal, comments and spelt-out defaults don't count) with the definitions
/// beside the repository; does nothing where there are none, but in CI that is an error.
#[test]
#[expect(clippy::print_stdout, reason = "says how many cases ran")]
fn the_examples_mean_what_their_originals_meant() {
    let shared = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared"));
    if !shared.is_dir() {
        assert_ne!(
            std::env::var("CI").as_deref(),
            Ok("true"),
            "CI needs the folder `shared` beside the repository"
        );
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let differences: Vec<String> = ORIGINALS
        .iter()
        .filter_map(|(original, name)| difference(&shared, original, name, folder.path()))
        .collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    println!("{} definitions compared by meaning", ORIGINALS.len());
}

/// What is different between an original and what the workflow of this name compiles to.
fn difference(shared: &Path, original: &str, name: &str, folder: &Path) -> Option<String> {
    let registry = stepwright_examples::registry();
    let entry = registry.find(name).unwrap_or_else(|| panic!("there is a workflow `{name}`"));
    let compiled = compile_plan(&entry.plan()).unwrap_or_else(|problems| panic!("{name}:\n{problems}"));
    let actual = folder.join(format!("{name}.asl.json"));
    std::fs::write(&actual, compiled.to_json()).expect("the definition can be written");
    let output = Command::new(shared.join("tools/same-meaning"))
        .arg(shared.join(original))
        .arg(&actual)
        .output()
        .expect("the comparison runs");
    (!output.status.success()).then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
