//! `SW0812`: if nothing else ends a loop, it is over before the history is full. For one that nothing else can end, `SW0255` says it.

use crate::check::Report;
use crate::check::full_history::report_loop;
use crate::check::index::Index;
use crate::check::loops::{self, EVENTS};
use crate::diagnostic::Code;

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for counted in loops::too_long(index).iter().filter(|counted| !counted.is_only_way_out) {
        let message = format!(
            "the loop may be run through {} times and write at least {} events each time, but the history holds {EVENTS}",
            counted.rounds, counted.events
        );
        report_loop(index, counted, Code::LongLoop, message, report);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::advise_findings;

    #[track_caller]
    fn check_polls(most: u64, expected: &[&str]) {
        let task = json!({
            "Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sqs:receiveMessage",
            "Parameters": { "QueueUrl": "q" }, "TimeoutSeconds": 60, "Next": "Ready"
        });
        let rules = json!([
            { "Variable": "$.Messages[0]", "IsPresent": true, "Next": "Done" },
            { "Variable": "$polls", "NumericGreaterThanEquals": most, "Next": "Done" },
        ]);
        advise_findings(
            &json!({ "StartAt": "Begin", "States": {
                "Begin": { "Type": "Pass", "Assign": { "polls": 0 }, "Next": "Poll" },
                "Poll": task,
                "Ready": { "Type": "Choice", "Choices": rules, "Default": "Count" },
                "Count": { "Type": "Pass", "Assign": { "polls.$": "States.MathAdd($polls, 1)" }, "Next": "Rest" },
                "Rest": { "Type": "Wait", "Seconds": 60, "Next": "Poll" },
                "Done": { "Type": "Succeed" },
            } }),
            expected,
        );
    }

    #[test]
    fn a_loop_that_may_fill_the_history_is_noticed() {
        check_polls(
            2_274,
            &["SW0812 /States/Ready/Choices/1: the loop may be run through 2273 times \
               and write at least 11 events each time, but the history holds 25000"],
        );
        check_polls(2_000, &[]);
    }
}
