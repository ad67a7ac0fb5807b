//! An example for each code, failing and mended: in `docs/diagnostics/` a folder with two definitions, or with two workflows in Rust,
//! which [`rust`](super::rust) compiles.

use std::fs;
use std::path::PathBuf;

use stepwright_codegen::asl;
use stepwright_codegen::check::{Facts, advise, check};
use stepwright_codegen::diagnostic::{Code, Diagnostics, SourceLocation, Style, in_file, render_each};

use super::rust;

/// What no page can show: a definition of a megabyte, and constants of a quarter of it.
const NOT_SHOWN: &[Code] = &[Code::DefinitionSize, Code::DataSize];

/// What is found first, with the advice that comes of it.
const FOLLOWED: &[(Code, Code)] = &[(Code::MayBeMissing, Code::UncaughtRuntime)];

/// The group of the advice.
const ADVICE: u16 = 8;

/// One of the two files of an example.
struct Sample {
    /// The language of the page's code block.
    language: &'static str,
    text: String,
    found: Diagnostics,
}

/// What the page says about a code by example.
pub(super) fn section(code: Code) -> String {
    let (Some(failing), Some(mended)) = (sample(code, "failing"), sample(code, "mended")) else {
        return String::new();
    };
    let text = failing.text.clone();
    let shown = render_each(&failing.found, &move |_: &str| Some(text.clone()), Style::Plain);
    format!(
        "\n```{}\n{}```\n\n```text\n{}\n```\n\nMended:\n\n```{}\n{}```\n",
        failing.language,
        failing.text,
        shown.trim_end(),
        mended.language,
        mended.text
    )
}

/// What the workflows in Rust have in common, for the end of the page.
pub(super) fn order() -> String {
    let text = fs::read_to_string(folder().join("order.rs")).expect("the order can be read");
    format!("\n## The order of the examples\n\n```rust\n{text}```\n")
}

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/diagnostics"))
}

/// `failing` or `mended`, with what is found in it.
fn sample(code: Code, which: &str) -> Option<Sample> {
    let path = folder().join(code.id()).join(which);
    if let Ok(text) = fs::read_to_string(path.with_extension("asl.json")) {
        let found = in_definition(&text, code.group().number == ADVICE);
        return Some(Sample { language: "json", text, found });
    }
    let text = fs::read_to_string(path.with_extension("rs")).ok()?;
    let found = rust::found(code.id(), which)?;
    Some(Sample { language: "rust", text, found: found.into_iter().map(in_one_file).collect() })
}

/// What is found in a definition; advice is given to who asks for it only.
fn in_definition(text: &str, with_advice: bool) -> Diagnostics {
    let file = Some("order.asl.json");
    match asl::read(text) {
        Ok(document) => {
            let mut findings = check(document.machine());
            if with_advice {
                findings.extend(advise(document.machine(), &Facts::default()));
            }
            document.diagnose(findings, file)
        }
        Err(findings) => in_file(findings, file, text),
    }
}

/// Names the file of an example as if it were one of the reader's.
fn in_one_file(
    mut diagnostic: stepwright_codegen::diagnostic::Diagnostic,
) -> stepwright_codegen::diagnostic::Diagnostic {
    let labels = diagnostic.labels.iter_mut().map(|label| &mut label.location);
    for location in diagnostic.location.iter_mut().chain(labels) {
        if let SourceLocation::Rust { file, .. } = location {
            *file = "src/order.rs".into();
        }
    }
    diagnostic
}

#[test]
fn every_code_has_an_example() {
    for code in Code::ALL {
        assert_eq!(
            section(*code).is_empty(),
            NOT_SHOWN.contains(code),
            "docs/diagnostics/{code}/: a failing and a mended example"
        );
    }
}

#[test]
fn a_failing_example_gives_its_code_and_a_mended_one_nothing() {
    for code in Code::ALL {
        let (Some(failing), Some(mended)) = (sample(*code, "failing"), sample(*code, "mended")) else {
            continue;
        };
        let mut found: Vec<Code> = failing.found.iter().map(|diagnostic| diagnostic.code).collect();
        found.retain(|found| !FOLLOWED.contains(&(*found, *code)));
        assert_eq!(found, [*code], "{code}: {}", failing.found);
        assert!(mended.found.is_empty(), "{code}, mended: {}", mended.found);
    }
}

#[test]
fn every_example_is_of_a_code() {
    for entry in fs::read_dir(folder()).expect("the folder can be listed") {
        let name = entry.expect("the entry can be read").file_name();
        let name = name.to_string_lossy();
        assert!(name == "order.rs" || Code::ALL.iter().any(|code| code.id() == name), "{name} is no code");
    }
}
