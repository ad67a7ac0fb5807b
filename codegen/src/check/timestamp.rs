//! `SW0524`: timestamps are written as RFC 3339 says. Spec: "Timestamps".

use crate::asl::{NestedTest, RuleTest, StateKind, Test, is_expression};
use crate::check::Report;
use crate::check::data_flow::At;
use crate::check::index::{Index, StateEntry, is_substituted};
use crate::diagnostic::{Code, Finding};

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for entry in &index.states {
        let mut found = Vec::new();
        match &entry.state.kind {
            StateKind::Wait(wait) => {
                if let Some(time) = wait.timestamp.as_deref().filter(|time| !is_expression(time)) {
                    found.extend(finding(entry.at("/Timestamp"), time));
                }
            }
            StateKind::Choice(choice) => {
                for (position, rule) in choice.choices.iter().enumerate() {
                    if let RuleTest::Test(test) = &rule.test {
                        let choices = At::field("Choices");
                        in_test(entry, test, &choices.element(position), &mut found);
                    }
                }
            }
            StateKind::Task(_)
            | StateKind::Pass(_)
            | StateKind::Succeed(_)
            | StateKind::Fail(_)
            | StateKind::Parallel(_)
            | StateKind::Map(_) => {}
        }
        for finding in found {
            report.add(entry.number, finding);
        }
    }
}

fn in_test(entry: &StateEntry<'_>, test: &Test, at: &At<'_>, found: &mut Vec<Finding>) {
    let mut nested = |tests: &[NestedTest], name: &str| {
        for (position, test) in tests.iter().enumerate() {
            in_test(entry, &test.test, &at.member(name).element(position), found);
        }
    };
    match test {
        Test::And(tests) => nested(tests, "And"),
        Test::Or(tests) => nested(tests, "Or"),
        Test::Not(test) => in_test(entry, &test.test, &at.member("Not"), found),
        Test::Data { comparison, .. } => {
            if let Some(time) = comparison.timestamp() {
                found.extend(finding(entry.at(at.member(comparison.name()).pointer()), time));
            }
        }
    }
}

fn finding(pointer: String, time: &str) -> Option<Finding> {
    (!is_substituted(time) && !is_timestamp(time)).then(|| {
        Finding::error(Code::BadTimestamp, pointer, format!("`{time}` is no timestamp"))
            .help("write date, `T`, time and zone: `2026-03-14T01:59:00Z`, `2026-03-14T02:59:00+01:00`")
    })
}

/// Whether a text is a date and time of RFC 3339, with the upper-case letters that the States Language wants.
pub(crate) fn is_timestamp(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else { return false };
    let Some(zone) = time.find(['Z', '+', '-']) else { return false };
    let (time, zone) = time.split_at(zone);
    let (time, fraction) = time.split_once('.').map_or((time, "0"), |(time, fraction)| (time, fraction));
    let (Some([year, month, day]), Some([hour, minute, second])) = (numbers(date, '-'), numbers(time, ':'))
    else {
        return false;
    };
    let is_date = date.len() == 10 && (1..=12).contains(&month) && (1..=days(year, month)).contains(&day);
    // A leap second is a time too.
    let is_time = time.len() == 8 && hour < 24 && minute < 60 && second <= 60;
    is_date
        && is_time
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
        && is_zone(zone)
}

fn is_zone(zone: &str) -> bool {
    let is_offset = |offset: &str| {
        offset.len() == 5
            && numbers::<2>(offset, ':').is_some_and(|[hours, minutes]| hours < 24 && minutes < 60)
    };
    zone == "Z" || zone.strip_prefix(['+', '-']).is_some_and(is_offset)
}

/// As many numbers, with that between them.
fn numbers<const COUNT: usize>(text: &str, between: char) -> Option<[u32; COUNT]> {
    let parts = text.split(between);
    let is_number = |part: &str| part.len() >= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let numbers: Option<Vec<u32>> =
        parts.map(|part| if is_number(part) { part.parse().ok() } else { None }).collect();
    numbers?.try_into().ok()
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::is_timestamp;
    use crate::check::testing::{check_findings, check_state};

    #[test]
    fn timestamps_follow_rfc_3339() {
        for text in [
            "2016-03-14T01:59:00Z",
            "2016-03-05T21:29:29.243167252Z",
            "2024-02-29T23:59:60+01:00",
            "2024-01-01T00:00:00-12:30",
        ] {
            assert!(is_timestamp(text), "{text}");
        }
        for text in [
            "2016-13-05T21:29:29Z",
            "2016-12-05T25:29:29Z",
            "2023-02-29T00:00:00Z",
            "2016-03-14T01:59:00",
            "2016-03-14t01:59:00z",
            "2016-03-14 01:59:00Z",
            "2016-03-14T01:59:00+0100",
            "2016-3-14T01:59:00Z",
            "2016-03-14T01:59:00.Z",
            "tomorrow",
            "",
        ] {
            assert!(!is_timestamp(text), "{text}");
        }
    }

    #[test]
    fn waits_and_tests_have_timestamps() {
        check_state(
            &json!({ "Type": "Wait", "Timestamp": "noon", "End": true }),
            &["error[SW0524] /States/A/Timestamp: `noon` is no timestamp"],
        );
        check_state(&json!({ "Type": "Wait", "Timestamp": "${Time}", "End": true }), &[]);
        let test = json!({ "Not": { "Variable": "$.t", "TimestampLessThan": "2026-01-01" }, "Next": "B" });
        check_findings(
            &json!({ "StartAt": "A", "States": {
                "A": { "Type": "Choice", "Choices": [test], "Default": "B" },
                "B": { "Type": "Succeed" },
            } }),
            &["error[SW0524] /States/A/Choices/0/Not/TimestampLessThan: `2026-01-01` is no timestamp"],
        );
    }
}
