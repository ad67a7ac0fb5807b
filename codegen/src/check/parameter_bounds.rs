//! `SW0247`: a parameter that is written out keeps the limits of the API. A warning, because services raise them.

use crate::api::Problem;
use crate::check::Report;
use crate::check::index::Index;
use crate::check::parameters::report_misfits;
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    report_misfits(index, report, |misfit, problem| {
        let limit = match problem {
            Problem::TooSmall(min) => format!("takes a number of at least {min}"),
            Problem::TooLarge(max) => format!("takes a number of at most {max}"),
            Problem::TooShort(min) => format!("takes a length of at least {min}"),
            Problem::TooLong(max) => format!("takes a length of at most {max}"),
            Problem::WrongType { .. }
            | Problem::UnknownValue { .. }
            | Problem::MissingMember(_)
            | Problem::UnknownMember { .. } => return None,
        };
        let message = format!("{} {limit}", misfit.place());
        Some(Finding::warning(Code::ParameterBounds, misfit.pointer(), message))
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_state;

    #[track_caller]
    fn check_name(name: &str, expected: &[&str]) {
        let parameters = json!({ "StateMachineArn": "arn", "Name": name });
        let resource = "arn:aws:states:::states:startExecution";
        check_state(
            &json!({ "Type": "Task", "Resource": resource, "Parameters": parameters, "End": true }),
            expected,
        );
    }

    #[test]
    fn a_name_that_is_too_long_is_reported() {
        check_name(
            &"n".repeat(81),
            &["warning[SW0247] /States/A/Parameters/Name: \
               `Name` of `states:startExecution` takes a length of at most 80"],
        );
    }

    #[test]
    fn a_name_within_the_limit_is_fine() {
        check_name(&"n".repeat(80), &[]);
    }
}
