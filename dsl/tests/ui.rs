//! What rustc says about wrong workflows, word by word: it is all that a user has to go by when a workflow does not
//! compile.
//!
//! Each case in `ui/` makes one mistake, which its name tells. The `.stderr` file beside it is what rustc prints;
//! `TRYBUILD=overwrite cargo test --test ui` writes it anew. Read the difference as someone who has never seen the inside
//! of this crate. The cases in `ui-pass/` compile without a word, and are then run.

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn wrong_workflows_are_explained() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/**/*.rs");
    cases.pass("tests/ui-pass/*.rs");
    // It is dropping them that runs them.
    drop(cases);
    for case in cases_below(Path::new("tests/ui")) {
        check_announced(&case);
    }
}

/// A comment `//~^ …` in a case says which error to expect above it, `//~| …` that there is one more. An error without a
/// comment is a second complaint about the same mistake, and thus a fault of ours.
#[track_caller]
fn check_announced(case: &Path) {
    let source = fs::read_to_string(case).expect("a case can be read");
    let stderr = fs::read_to_string(case.with_extension("stderr")).expect("a case has its errors beside it");
    let announced: Vec<&str> = source
        .lines()
        .filter_map(|line| line.trim().strip_prefix("//~"))
        .map(|comment| comment.trim_start_matches(['^', '|', ' ']))
        .collect();
    let errors: Vec<&str> = stderr.lines().filter(|line| line.starts_with("error")).collect();
    let case = case.display();
    assert_eq!(announced.len(), errors.len(), "{case}: announces {announced:#?}, but has {errors:#?}");
    for (announced, error) in announced.iter().zip(errors) {
        // Where a name is not unique in all crates, as `Ref` and `String` are not, rustc prints its path.
        let error =
            error.replace("stepwright::", "").replace("std::string::", "").replace("std::option::", "");
        assert!(error.contains(announced), "{case}: announces `{announced}`, but has `{error}`");
    }
}

fn cases_below(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of cases can be read")
        .map(|entry| entry.expect("the folder of cases can be read").path())
        .collect();
    entries.sort();
    let mut cases = Vec::new();
    for entry in entries {
        if entry.is_dir() {
            cases.extend(cases_below(&entry));
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            cases.push(entry);
        }
    }
    cases
}
