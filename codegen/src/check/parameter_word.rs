//! `SW0246`: where the API takes one of a few words, one of them is given. A warning, because services learn new ones.

use crate::api::Problem;
use crate::asl::nearest;
use crate::check::Report;
use crate::check::index::Index;
use crate::check::parameters::{Misfit, report_misfits};
use crate::diagnostic::{Code, Finding};

/// So many words are listed; more would tell nothing.
const SHOWN: usize = 12;

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    report_misfits(index, report, |misfit, problem| {
        let Problem::UnknownValue { given, known } = problem else { return None };
        Some(finding(misfit, given, known))
    });
}

fn finding(misfit: &Misfit, given: &str, known: &[&str]) -> Finding {
    let message = format!("{} knows no `{given}`", misfit.place());
    let help = match nearest(given, known.iter().copied()) {
        Some(near) => Some(format!("did you mean `{near}`?")),
        None if known.len() <= SHOWN => Some(format!("write one of: `{}`", known.join("`, `"))),
        None => None,
    };
    Finding::warning(Code::ParameterWord, misfit.pointer(), message).maybe_help(help)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_state;

    #[track_caller]
    fn check_method(method: &str, expected: &[&str]) {
        let parameters = json!({ "ApiEndpoint": "e", "Method": method });
        let resource = "arn:aws:states:::apigateway:invoke";
        check_state(
            &json!({ "Type": "Task", "Resource": resource, "Parameters": parameters, "End": true }),
            expected,
        );
    }

    #[test]
    fn a_word_that_the_api_does_not_know_is_reported() {
        check_method(
            "get",
            &["warning[SW0246] /States/A/Parameters/Method: `Method` of `apigateway:invoke` knows no `get`"],
        );
    }

    #[test]
    fn a_word_that_it_knows_is_fine() {
        check_method("GET", &[]);
        check_method("${Method}", &[]);
    }
}
