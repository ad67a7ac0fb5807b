//! `SW0481`: `States.Runtime` is neither retried nor caught. Developer guide: "Handling errors".
//!
//! A warning, and only where no Fail state of the machine raises the name itself.

use stepwright::error::{Handling, States};

use crate::check::Report;
use crate::check::index::Index;
use crate::check::unknown_error_name::report_names;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    report_names(index, report, nobody_handles, |pointer, error| {
        let message = format!("`{error}` can be neither retried nor caught");
        Finding::warning(Code::UncatchableError, pointer, message)
            .help("remove it, and prevent the error instead")
    });
}

fn nobody_handles(error: &str) -> bool {
    States::CATALOGUE.iter().any(|facts| facts.handling == Handling::Nobody && facts.name.as_str() == error)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_state;

    #[test]
    fn runtime_errors_are_reported() {
        let retry = json!([{ "ErrorEquals": ["Busy", "States.Runtime"] }]);
        check_state(
            &json!({ "Type": "Task", "Resource": "arn:x", "Retry": retry, "End": true }),
            &[
                "warning[SW0481] /States/A/Retry/0/ErrorEquals/1: `States.Runtime` can be neither retried nor caught",
            ],
        );
    }
}
