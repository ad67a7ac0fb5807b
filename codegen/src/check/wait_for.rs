//! `SW0209`: a Wait state has exactly one of the fields that say how long. Spec: "Wait State".

use crate::asl::StateKind;
use crate::check::Report;
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        let StateKind::Wait(wait) = &entry.state.kind else { continue };
        let given: Vec<&str> = [
            ("Seconds", wait.seconds.is_some()),
            ("Timestamp", wait.timestamp.is_some()),
            ("SecondsPath", wait.seconds_path.is_some()),
            ("TimestampPath", wait.timestamp_path.is_some()),
        ]
        .into_iter()
        .filter_map(|(field, is_given)| is_given.then_some(field))
        .collect();
        let message = match given.as_slice() {
            [_] => continue,
            [] => format!("state `{}` does not say how long to wait", entry.name),
            [first, second, ..] => format!("state `{}` has both `{first}` and `{second}`", entry.name),
        };
        let finding = Finding::error(Code::WaitFor, &entry.pointer, message)
            .on_key()
            .help("give exactly one of `Seconds`, `Timestamp`, `SecondsPath` and `TimestampPath`");
        report.add(entry.number, finding);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_state;

    #[test]
    fn none_and_two_are_reported() {
        check_state(
            &json!({ "Type": "Wait", "End": true }),
            &["error[SW0209] /States/A: state `A` does not say how long to wait"],
        );
        check_state(
            &json!({ "Type": "Wait", "Seconds": 1, "TimestampPath": "$.t", "End": true }),
            &["error[SW0209] /States/A: state `A` has both `Seconds` and `TimestampPath`"],
        );
    }

    #[test]
    fn one_is_fine() {
        check_state(&json!({ "Type": "Wait", "SecondsPath": "$.t", "End": true }), &[]);
    }
}
