//! The release build means the same as the definition that its generator script produced.

use std::path::PathBuf;
use std::process::Command;

use stepwright_codegen::compile;
use stepwright_examples::hhvm_build::hhvm_build;

/// Compares by meaning (old and new field names are equal, comments and spelt-out defaults don't count) with the definition
/// beside the repository; does nothing where there is none, but in CI that is an error.
#[test]
#[expect(clippy::print_stdout, reason = "says how many cases ran")]
fn the_release_build_means_what_its_generator_meant() {
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
    let actual = folder.path().join("hhvm-build.asl.json");
    let compiled = compile(&hhvm_build()).expect("the example compiles");
    std::fs::write(&actual, compiled.to_json()).expect("the definition can be written");
    let output = Command::new(shared.join("tools/same-meaning"))
        .arg(shared.join("golden/hhvm-build.asl.json"))
        .arg(&actual)
        .output()
        .expect("the comparison runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    println!("1 definition compared by meaning");
}
