//! Replays what was recorded on the service.
//!
//! The recordings lie beside the repository; where they are not there, nothing is compared, except on CI, where that is
//! an error. `tests/unmet.txt` lists the cases that the simulator does not meet yet, each with the reason. The list
//! must be exact, so that it can only get shorter.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use stepwright_sim::Error;
use stepwright_sim::replay::{Difference, Recording, TestRecording, Unreadable, replay, replay_test};

#[test]
fn recorded_executions_come_out_the_same() {
    check_folder("executions", |text| Ok(vec![replay(&Recording::read(text)?)]));
}

#[test]
fn recorded_executions_with_objects_come_out_the_same() {
    check_folder("needs-s3", |text| Ok(vec![replay(&Recording::read(text)?)]));
}

#[test]
fn recorded_outcomes_come_out_the_same() {
    check_folder("outcome-only", |text| Ok(Recording::read_cases(text)?.iter().map(replay).collect()));
}

#[test]
fn recorded_tests_of_single_states_come_out_the_same() {
    check_folder("test-state", |text| Ok(vec![replay_test(&TestRecording::read(text)?)]));
}

/// What came of each case of a file.
type Replayed = Result<Vec<Result<Vec<Difference>, Error>>, Unreadable>;

/// Compares each recording of a folder and checks the outcome against the list of the unmet.
#[track_caller]
#[expect(clippy::print_stdout, reason = "how many cases ran is to be seen in the log")]
fn check_folder(name: &str, replay: fn(&str) -> Replayed) {
    let folder = recordings().join(name);
    let Ok(entries) = fs::read_dir(&folder) else {
        assert!(std::env::var_os("CI").is_none(), "{} is missing, which CI needs", folder.display());
        return;
    };
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.expect("the folder is readable").path()).collect();
    paths.sort();
    let mut unmet = unmet(name);
    let (mut met, mut problems) = (0, Vec::new());
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "json")) {
        let id = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        match (difference(path, replay), unmet.remove(&id)) {
            (None, None) => met += 1,
            (Some(_), Some(_)) => {}
            (Some(difference), None) => problems.push(format!("{id}: {difference}")),
            (None, Some(_)) => problems.push(format!("{id}: agrees; take it off tests/unmet.txt")),
        }
    }
    problems
        .extend(unmet.keys().map(|id| format!("{id}: listed in tests/unmet.txt, but there is no such case")));
    println!("{name}: {met} of {} agree", paths.len());
    assert!(
        problems.is_empty(),
        "{} of {} agree; {} surprises:\n{}",
        met,
        paths.len(),
        problems.len(),
        problems.join("\n")
    );
}

/// The first difference of a case, or why it could not be run.
fn difference(path: &Path, replay: fn(&str) -> Replayed) -> Option<String> {
    let text = fs::read_to_string(path).expect("the file is readable");
    let cases = match replay(&text) {
        Ok(cases) => cases,
        Err(error) => return Some(error.to_string()),
    };
    cases.into_iter().enumerate().find_map(|(index, replayed)| match replayed {
        Ok(differences) => differences.first().map(|difference| format!("case {index}: {difference}")),
        Err(error) => Some(format!("case {index}: {error}")),
    })
}

fn recordings() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/aws-recordings")
}

/// The cases of a folder that are not met: `folder/case: reason` in each line.
fn unmet(folder: &str) -> BTreeMap<String, String> {
    let list = include_str!("../unmet.txt");
    let lines = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let cases = lines.filter_map(|line| {
        let (case, reason) = line.split_once(": ").expect("a line is `folder/case: reason`");
        let id = case.strip_prefix(folder)?.strip_prefix('/')?;
        Some((id.to_owned(), reason.to_owned()))
    });
    cases.collect()
}
