//! `SW0202`: a state name has 1 to 80 Unicode characters. Spec: "States".

use crate::check::Report;
use crate::check::index::{Index, is_substituted};
use crate::diagnostic::{Code, Finding};

const MAX_CHARACTERS: usize = 80;

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        let length = entry.name.chars().count();
        let message = match length {
            0 => "a state has an empty name".to_owned(),
            1..=MAX_CHARACTERS => continue,
            _ if is_substituted(entry.name) => continue,
            _ => format!("state name `{}` has {length} characters", entry.name),
        };
        let finding = Finding::error(Code::BadStateName, &entry.pointer, message)
            .on_key()
            .help("give the state a name of 1 to 80 characters");
        report.add(entry.number, finding);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_findings;

    #[track_caller]
    fn check_name(name: &str, expected: &[&str]) {
        check_findings(&json!({ "StartAt": name, "States": { name: { "Type": "Succeed" } } }), expected);
    }

    #[test]
    fn names_that_are_empty_or_too_long_are_reported() {
        check_name("", &["error[SW0202] /States/: a state has an empty name"]);
        let long = "é".repeat(81);
        let message = format!("error[SW0202] /States/{long}: state name `{long}` has 81 characters");
        check_name(&long, &[&message]);
    }

    #[test]
    fn eighty_characters_are_fine_whatever_their_bytes() {
        check_name(&"é".repeat(80), &[]);
    }
}
