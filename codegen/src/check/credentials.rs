//! `SW0604`, too: `Credentials` name a role. Developer guide: "Task state".
//!
//! The service rejects the definition without it, but the language does not say what the object holds; a warning.

use crate::asl::{QueryLanguage, StateKind};
use crate::check::Report;
use crate::check::index::{Index, is_substituted};
use crate::diagnostic::{Code, Finding};

const ROLE: &str = "RoleArn";

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        let StateKind::Task(task) = &entry.state.kind else { continue };
        let Some(credentials) = &task.credentials else { continue };
        let is_role = |name: &String| {
            let evaluated =
                entry.language == QueryLanguage::JsonPath && name.strip_suffix(".$") == Some(ROLE);
            name == ROLE || evaluated || is_substituted(name)
        };
        if !credentials.keys().any(is_role) {
            let message = format!("`Credentials` lacks the field `{ROLE}`, which is required");
            report.add(
                entry.number,
                Finding::warning(Code::MissingField, entry.at("/Credentials"), message).on_key(),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::check_state;

    #[track_caller]
    fn check_credentials(credentials: &Value, expected: &[&str]) {
        check_state(
            &json!({ "Type": "Task", "Resource": "${Pack}", "Credentials": credentials, "End": true }),
            expected,
        );
    }

    #[test]
    fn credentials_name_a_role() {
        check_credentials(
            &json!({ "Role": "arn" }),
            &[
                "warning[SW0604] /States/A/Credentials: `Credentials` lacks the field `RoleArn`, which is required",
            ],
        );
        check_credentials(&json!({ "RoleArn.$": "$.role" }), &[]);
        check_credentials(&json!({ "RoleArn": "arn" }), &[]);
    }
}
