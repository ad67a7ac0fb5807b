//! `SW0255`: a loop that only a counter ends is over before the history is full. Developer guide: "Service quotas".
//!
//! A warning, as the definition does not say whether it is deployed as an Express workflow, whose history has no limit.

use crate::check::Report;
use crate::check::index::Index;
use crate::check::loops::{self, CountedLoop, EVENTS};
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for counted in loops::too_long(index).iter().filter(|counted| counted.is_only_way_out) {
        let message = format!(
            "the loop is run through {} times and writes at least {} events each time, but the history holds {EVENTS}",
            counted.rounds, counted.events
        );
        report_loop(index, counted, Code::FullHistory, message, report);
    }
}

/// Reports a loop at the rule that counts its rounds.
pub(super) fn report_loop(
    index: &Index<'_>,
    counted: &CountedLoop<'_>,
    code: Code,
    message: String,
    report: &mut Report,
) {
    let entry = &index.states[counted.choice];
    let pointer = entry.at(format_args!("/Choices/{}", counted.rule));
    let finding = Finding::warning(code, pointer, message)
        .note(format!("the variable `{}` counts the rounds", counted.variable))
        .help("let an execution of its own do a part of the rounds: `states:startExecution.sync`, or a Distributed Map");
    report.add(entry.number, finding);
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::testing::check_findings;

    /// A loop of a Choice, a Pass that counts, and what else is in it; in JSONata.
    #[track_caller]
    fn check_loop(condition: &str, leads_on: bool, more: &Value, expected: &[&str]) {
        let (on, otherwise) = if leads_on { ("Count", "Done") } else { ("Done", "Count") };
        let condition = format!("{{% {condition} %}}");
        let mut states = json!({
            "Begin": { "Type": "Pass", "Assign": { "round": 0 }, "Next": "Again" },
            "Again": { "Type": "Choice", "Choices": [{ "Condition": condition, "Next": on }], "Default": otherwise },
            "Count": { "Type": "Pass", "Assign": { "round": "{% $round + 1 %}" }, "Next": "Again" },
            "Done": { "Type": "Succeed" },
        });
        for (name, state) in more.as_object().into_iter().flatten() {
            states[name] = state.clone();
        }
        check_findings(
            &json!({ "QueryLanguage": "JSONata", "StartAt": "Begin", "States": states }),
            expected,
        );
    }

    /// What is said of a loop of Choice and Pass.
    fn too_long(rounds: u64) -> String {
        format!(
            "warning[SW0255] /States/Again/Choices/0: the loop is run through {rounds} times \
             and writes at least 4 events each time, but the history holds 25000"
        )
    }

    #[test]
    fn a_loop_is_counted_whichever_way_its_rule_leads() {
        check_loop("$round < 6252", true, &json!({}), &[&too_long(6_251)]);
        check_loop("$round < 6251", true, &json!({}), &[]);
        check_loop("$round >= 6252", false, &json!({}), &[&too_long(6_251)]);
        check_loop("6251 < $round", false, &json!({}), &[&too_long(6_251)]);
        check_loop("$round = 6252", false, &json!({}), &[&too_long(6_251)]);
        check_loop("$round != 6252", true, &json!({}), &[&too_long(6_251)]);
        // A test that is the wrong way round is no counted loop.
        check_loop("$round > 6252", true, &json!({}), &[]);
    }

    #[test]
    fn steps_and_starts_are_minded() {
        let by_two = json!({ "Type": "Pass", "Assign": { "round": "{% 2 + $round %}" }, "Next": "Again" });
        check_loop("$round < 12503", true, &json!({ "Count": by_two }), &[&too_long(6_251)]);
        let late = json!({ "Type": "Pass", "Assign": { "round": 100 }, "Next": "Again" });
        check_loop("$round < 6252", true, &json!({ "Begin": late }), &[]);
        let unknown =
            json!({ "Type": "Pass", "Assign": { "round": "{% $states.input.round %}" }, "Next": "Again" });
        check_loop("$round < 99999", true, &json!({ "Begin": unknown }), &[]);
    }

    #[test]
    fn another_way_out_may_end_it() {
        let task = json!({
            "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": { "FunctionName": "f" },
            "Assign": { "round": "{% $round + 1 %}" },
            "Catch": [{ "ErrorEquals": ["Done"], "Next": "Done" }], "Next": "Again"
        });
        check_loop("$round < 99999", true, &json!({ "Count": task }), &[]);
    }

    #[test]
    fn what_is_nested_is_counted_too() {
        let branch = json!({ "StartAt": "A", "States": {
            "A": { "Type": "Wait", "Seconds": 1, "Next": "B" }, "B": { "Type": "Pass", "End": true },
        } });
        let parallel = json!({
            "Type": "Parallel", "Branches": [branch], "Assign": { "round": "{% $round + 1 %}" }, "Next": "Again"
        });
        check_loop(
            "$round < 2502",
            true,
            &json!({ "Count": parallel }),
            &["warning[SW0255] /States/Again/Choices/0: the loop is run through 2501 times \
               and writes at least 10 events each time, but the history holds 25000"],
        );
    }

    #[test]
    fn json_path_counts_too() {
        let rule = json!({ "Variable": "$round", "NumericGreaterThanEquals": 6252, "Next": "Done" });
        let states = json!({
            "Begin": { "Type": "Pass", "Assign": { "round": 0 }, "Next": "Again" },
            "Again": { "Type": "Choice", "Choices": [rule], "Default": "Count" },
            "Count": { "Type": "Pass", "Assign": { "round.$": "States.MathAdd($round, 1)" }, "Next": "Again" },
            "Done": { "Type": "Succeed" },
        });
        check_findings(&json!({ "StartAt": "Begin", "States": states }), &[&too_long(6_251)]);
    }
}
