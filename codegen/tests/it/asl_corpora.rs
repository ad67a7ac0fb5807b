//! Definitions that others wrote, and that the service has run: all are read, written again without loss, and no rule
//! reports an error on what is fine.
//!
//! They stand in `shared/`, beside the workspace. Where that folder is missing the tests do nothing, except in CI.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use stepwright_codegen::asl;
use stepwright_codegen::check::{Finding, check};
use stepwright_codegen::diagnostic::Severity;

use crate::data_corpora::failed_over_data;

/// The folder of `shared/` with that name.
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(name);
    if folder.exists() {
        return Some(folder);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{} is missing", folder.display());
    None
}

/// The JSON files in a folder, by name.
pub(crate) fn json_files(folder: &Path) -> Vec<(String, Value)> {
    let entries = fs::read_dir(folder).expect("the folder can be listed");
    let mut files: Vec<(String, Value)> = entries
        .map(|entry| entry.expect("the entry can be read"))
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "json"))
        .map(|entry| {
            let text = fs::read_to_string(entry.path()).expect("the file can be read");
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, serde_json::from_str(&text).expect("the file is JSON"))
        })
        .collect();
    files.sort_by(|(a, _), (b, _)| a.cmp(b));
    files
}

fn errors(findings: Vec<Finding>) -> Vec<String> {
    let errors = findings.into_iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| format!("{} {}: {}", finding.code, finding.pointer, finding.message)).collect()
}

/// What is wrong with a definition, or that it is not written as it was read.
fn problems(definition: &Value) -> Vec<String> {
    let document = match asl::read(&definition.to_string()) {
        Ok(document) => document,
        Err(findings) => return errors(findings),
    };
    let text = asl::to_json(document.machine());
    if asl::read(&text).as_ref() != Ok(&document) {
        return vec!["what is written is read as another machine".to_owned()];
    }
    // `Value` compares objects without regard to the order of their members.
    if serde_json::from_str::<Value>(&text).expect("JSON is written") != *definition {
        return vec!["what is written differs from what was read".to_owned()];
    }
    errors(check(document.machine()))
}

/// Compares the problems of all definitions with those that are expected: `(name, problem)`.
#[track_caller]
fn check_corpus(title: &str, definitions: &[(String, Value)], expected: &[(&str, &str)]) {
    let found: Vec<(&str, String)> = definitions
        .iter()
        .flat_map(|(name, definition)| {
            problems(definition).into_iter().map(move |problem| (name.as_str(), problem))
        })
        .collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(name, problem)| (*name, problem.as_str())).collect();
    report(&format!("{title}: {} definitions", definitions.len()));
    assert_eq!(found, expected, "{title}");
}

#[expect(clippy::print_stdout, reason = "how many cases ran is to be seen in the log")]
pub(crate) fn report(text: &str) {
    println!("{text}");
}

#[test]
fn the_golden_definition_is_fine() {
    let Some(folder) = shared("golden") else { return };
    check_corpus("golden", &json_files(&folder), &[]);
}

/// Mistakes in samples that others published.
const PUBLISHED_MISTAKES: [(&str, &str); 1] = [
    // The Map iterates over numbers, and its Catcher puts the error into the item.
    (
        "sam__app-control-concurrency-with-dynamodb__statemachines__test-run-semaphore.asl.json",
        "SW0707 /States/StartInParallel/Iterator/States/RunChildStateMachine/Catch/0/ResultPath: \
         `$.stateoutput.RunChildStateMachine` leads into a value that is no object: the input is a number",
    ),
];

#[test]
fn published_samples_are_fine() {
    let Some(folder) = shared("corpora/aws-stepfunctions-examples") else { return };
    check_corpus("json", &json_files(&folder.join("json")), &PUBLISHED_MISTAKES);
    for form in ["from-yaml", "from-template"] {
        check_corpus(form, &json_files(&folder.join(form)), &[]);
    }
}

/// The definitions of a folder of recordings.
fn recorded(folder: &str) -> Option<Vec<(String, Value)>> {
    let files = json_files(&shared("aws-recordings")?.join(folder));
    Some(files.into_iter().map(|(name, mut case)| (name, case["definition"].take())).collect())
}

/// A mistake in what no execution came to.
const RECORDED_MISTAKES: [(&str, &str); 1] = [(
    "error-output-parallel-catch-error-parallel-catch-error-variable-sampling.json",
    "SW0382 /States/Finish/Output/result: nothing assigns `$resultVar`",
)];

/// What was recorded to see it fail.
const MISTAKES_WITH_S3: [(&str, &str); 1] = [(
    "base-scenarios-map-item-reader-csv-headers-decl-duplicate-headers.json",
    "SW0251 /States/MapState/ItemReader/ReaderConfig/CSVHeaders/1: two columns have the name `H1`",
)];

#[test]
fn what_the_service_has_run_is_fine() {
    let Some(folder) = shared("aws-recordings/executions") else { return };
    // What failed over its data has mistakes; `data_corpora` looks at those.
    let fine = json_files(&folder).into_iter().filter(|(_, case)| !failed_over_data(case));
    let executions: Vec<_> = fine.map(|(name, mut case)| (name, case["definition"].take())).collect();
    check_corpus("recorded executions", &executions, &RECORDED_MISTAKES);
    let Some(needs_s3) = recorded("needs-s3") else { return };
    check_corpus("recorded executions with S3", &needs_s3, &MISTAKES_WITH_S3);
}

#[test]
fn outcomes_without_history_are_fine_too() {
    let Some(folder) = shared("aws-recordings") else { return };
    let cases = json_files(&folder.join("outcome-only")).into_iter().flat_map(|(name, file)| {
        let cases = file["cases"].as_array().cloned().unwrap_or_default();
        cases.into_iter().map(move |mut case| (name.clone(), case["definition"].take()))
    });
    check_corpus("recorded outcomes", &cases.collect::<Vec<_>>(), &[]);
}

#[test]
fn what_the_service_accepted_is_fine() {
    let Some(folder) = shared("aws-recordings") else { return };
    let accepted = json_files(&folder.join("definitions")).into_iter();
    let accepted = accepted.filter(|(_, case)| case["accepted"] == true);
    let accepted: Vec<_> = accepted.map(|(name, mut case)| (name, case["definition"].take())).collect();
    check_corpus("accepted definitions", &accepted, &[]);
}

/// The statelint cases with that verdict.
fn statelint(verdict: &str) -> Option<Vec<(String, Value)>> {
    let folder = shared("corpora/statelint")?;
    let index = fs::read_to_string(folder.join("index.json")).expect("the index can be read");
    let index: Value = serde_json::from_str(&index).expect("the index is JSON");
    let verdicts = index["cases"].as_array().expect("the index has cases");
    let is_wanted = |name: &str| {
        let file = format!("cases/{name}");
        verdicts.iter().any(|case| case["file"] == *file && case["verdict"] == verdict)
    };
    let files = json_files(&folder.join("cases")).into_iter();
    Some(files.filter(|(name, _)| is_wanted(name)).collect())
}

#[test]
fn what_statelint_calls_valid_is_fine() {
    let Some(valid) = statelint("valid") else { return };
    check_corpus("statelint, valid", &valid, &[]);
}

#[test]
fn what_statelint_calls_invalid_is_reported() {
    let Some(invalid) = statelint("invalid") else { return };
    let missed: Vec<&str> = invalid
        .iter()
        .filter(|(_, definition)| problems(definition).is_empty())
        .map(|(name, _)| name.as_str())
        .collect();
    report(&format!("statelint, invalid: {} of {} reported", invalid.len() - missed.len(), invalid.len()));
    assert!(missed.is_empty(), "{missed:?}");
}
