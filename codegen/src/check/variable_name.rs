//! `SW0380`: what `Assign` assigns are variables. Spec: "State Machine Variables".

use crate::check::Report;
use crate::check::index::{Index, is_substituted};
use crate::check::variables::{assigns, variable_of};
use crate::diagnostic::{Code, Finding, push_token};

/// The most characters that a name has.
const LONGEST: usize = 80;

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        for assign in assigns(entry.state) {
            for key in assign.members.keys().filter(|key| !is_substituted(key)) {
                let name = variable_of(key, entry.language);
                let Some(problem) = problem(name) else { continue };
                let mut pointer = entry.at(&assign.pointer());
                push_token(&mut pointer, key);
                let finding =
                    Finding::error(Code::BadVariableKey, pointer, format!("variable `{name}` {problem}"));
                report.add(entry.number, finding.on_key());
            }
        }
    }
}

fn problem(name: &str) -> Option<String> {
    // Beyond ASCII the specification goes by Unicode's tables, which nothing else here needs.
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || !letter.is_ascii();
    if name == "states" {
        return Some("has the name of what the service itself gives".to_owned());
    }
    match (name.chars().count(), name.chars().next()) {
        (_, None) => Some("has no name".to_owned()),
        (length, _) if length > LONGEST => {
            Some(format!("has {length} characters, and {LONGEST} are the most"))
        }
        (_, Some(first)) if first.is_ascii_digit() => Some("begins with a digit".to_owned()),
        _ => name
            .chars()
            .find(|letter| !is_part(*letter))
            .map(|letter| format!("contains {letter:?}, which no name of a variable may")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_state;

    #[track_caller]
    fn check_name(name: &str, problem: Option<&str>) {
        let expected = problem
            .map(|problem| format!("error[SW0380] /States/A/Assign/{name}: variable `{name}` {problem}"));
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        check_state(
            &json!({ "Type": "Pass", "QueryLanguage": "JSONata", "Assign": { name: 1 }, "End": true }),
            &expected,
        );
    }

    #[test]
    fn names_are_names() {
        check_name("states", Some("has the name of what the service itself gives"));
        check_name("order.total", Some("contains '.', which no name of a variable may"));
        check_name("lines[0]", Some("contains '[', which no name of a variable may"));
        check_name("2nd", Some("begins with a digit"));
        check_name("", Some("has no name"));
        check_name(&"x".repeat(81), Some("has 81 characters, and 80 are the most"));
        for name in ["x", "größe", "a_1", "_a", "${Name}", &"x".repeat(80)] {
            check_name(name, None);
        }
    }

    #[test]
    fn in_json_path_a_name_may_be_followed_by_a_dollar() {
        check_state(&json!({ "Type": "Pass", "Assign": { "a.$": "$", "b": 1 }, "End": true }), &[]);
    }
}
