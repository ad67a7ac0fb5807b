//! `SW0816`: a Fail state does not make up an Error Name that begins with `States.`.
//!
//! To raise one of the predefined errors again is no mistake. Spec: "Error representation".

use stepwright::States;

use crate::asl::StateKind;
use crate::check::Report;
use crate::check::index::{Index, is_substituted};
use crate::diagnostic::{Code, Finding};

const RESERVED: &str = "States.";

/// What the errors of an HTTP Task begin with; a status code follows.
const HTTP_STATUS: &str = "States.Http.StatusCode.";

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        let StateKind::Fail(fail) = &entry.state.kind else { continue };
        let Some(error) = fail.error.as_deref().filter(|error| is_made_up(error)) else { continue };
        let message = format!("`{error}` begins as only the errors of the service do");
        let finding = Finding::warning(Code::ReservedError, entry.at("/Error"), message);
        report.add(entry.number, finding.help("give it a name of its own, without `States.`"));
    }
}

fn is_made_up(error: &str) -> bool {
    error.starts_with(RESERVED)
        && !error.starts_with(HTTP_STATUS)
        && !is_substituted(error)
        && States::CATALOGUE.iter().all(|facts| facts.name.as_str() != error)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::advise_findings;

    #[track_caller]
    fn check_error(error: &str, expected: &[&str]) {
        let fail = json!({ "Type": "Fail", "Error": error });
        advise_findings(&json!({ "StartAt": "A", "States": { "A": fail } }), expected);
    }

    #[test]
    fn a_reserved_name_that_is_made_up_is_noticed() {
        check_error(
            "States.SoldOut",
            &["SW0816 /States/A/Error: `States.SoldOut` begins as only the errors of the service do"],
        );
        for error in ["SoldOut", "States.Timeout", "States.Http.StatusCode.404", "States.${Error}"] {
            check_error(error, &[]);
        }
    }
}
