//! `SW0606`, too: there is one `Version` of the language. Spec: "Top-level fields".
//!
//! A warning: the specification does not say that there is no other, but no service knows one.

use crate::check::Report;
use crate::check::index::{Index, is_substituted};
use crate::diagnostic::{Code, Finding};

const VERSION: &str = "1.0";

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    let version = index.machine.version.as_deref().filter(|version| *version != VERSION);
    if let Some(version) = version.filter(|version| !is_substituted(version)) {
        let message = format!("there is no `Version` `{version}` of the language");
        let finding = Finding::warning(Code::UnknownWord, "/Version", message);
        report.add(
            None,
            finding
                .help(format!("write `\"{VERSION}\"`, or leave it out: it is no version of this workflow")),
        );
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_findings;

    #[track_caller]
    fn check_version(version: &str, expected: &[&str]) {
        let states = json!({ "A": { "Type": "Succeed" } });
        check_findings(&json!({ "Version": version, "StartAt": "A", "States": states }), expected);
    }

    #[test]
    fn there_is_one_version() {
        check_version("1.0", &[]);
        check_version("${Version}", &[]);
        check_version("2.3.1", &["warning[SW0606] /Version: there is no `Version` `2.3.1` of the language"]);
    }
}
