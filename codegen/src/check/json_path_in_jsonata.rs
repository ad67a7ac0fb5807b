//! `SW0502`: in a machine whose language is `JSONata` no state is `JSONPath`. Spec: "Query Languages".

use crate::asl::QueryLanguage;
use crate::check::Report;
use crate::check::index::Index;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    if index.machine.default_query_language() != QueryLanguage::Jsonata {
        return;
    }
    for entry in index.states.iter().filter(|entry| entry.language == QueryLanguage::JsonPath) {
        let message = format!("state `{}` is JSONPath in a JSONata machine", entry.name);
        let finding = Finding::error(Code::JsonPathInJsonata, entry.at("/QueryLanguage"), message)
            .label("/QueryLanguage", "the machine's query language")
            .help("write the state in JSONata, or make JSONPath the machine's language and JSONata that of states");
        report.add(entry.number, finding);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::{check_findings, check_state};

    #[test]
    fn a_json_path_state_needs_a_json_path_machine() {
        check_findings(
            &json!({ "QueryLanguage": "JSONata", "StartAt": "A", "States": {
                "A": { "Type": "Pass", "QueryLanguage": "JSONPath", "End": true },
            } }),
            &["error[SW0502] /States/A/QueryLanguage: state `A` is JSONPath in a JSONata machine"],
        );
    }

    #[test]
    fn a_jsonata_state_fits_into_any_machine() {
        check_state(&json!({ "Type": "Pass", "QueryLanguage": "JSONata", "Output": 1, "End": true }), &[]);
    }
}
