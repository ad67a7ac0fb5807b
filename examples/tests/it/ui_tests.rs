//! The suite of UI tests.

use std::time::Duration;

use stepwright::Lambda;
use stepwright_examples::ui_tests::{
    Outcome, Report, Suite, Test, Verdict, merge_report, run_test, ui_test_suite,
};
use stepwright_sim::{TaskError, WorkflowExecution, WorkflowSimulation};

/// A suite whose tests take 39 seconds: every 33rd fails, number 50 crashes.
fn run(tests: u32) -> WorkflowExecution<Report> {
    let test = |n| Test { class: "Cart".to_owned(), method: format!("test{n}") };
    let suite = Suite { run_id: "r-1".to_owned(), tests: (1..=tests).map(test).collect() };
    WorkflowSimulation::of(&ui_test_suite())
        .expect("the example compiles")
        .on::<run_test, _>(|args| {
            let number: u32 = args.method.trim_start_matches("test").parse().expect("it is a number");
            let outcome = match number {
                50 => Err(TaskError::new(Lambda::UNKNOWN, "out of memory")),
                n if n % 33 == 0 => Ok((Verdict::Failed, Some("no button".to_owned()))),
                _ => Ok((Verdict::Passed, None)),
            };
            let name = format!("{}.{}", args.class, args.method);
            (outcome.map(|(verdict, message)| Outcome { name, verdict, message }), Duration::from_secs(39))
        })
        .on::<merge_report, _>(|args| {
            let passed = |outcome: &Outcome| outcome.verdict == Verdict::Passed;
            Ok(Report {
                total: args.outcomes.len(),
                passed: args.outcomes.iter().filter(|outcome| passed(outcome)).count(),
                problems: args.outcomes.into_iter().filter(|outcome| !passed(outcome)).collect(),
                screenshots: format!("screenshots/{}/", args.run_id),
            })
        })
        .run(suite)
        .expect("every task has a stand-in")
}

#[test]
fn failed_and_crashed_tests_are_in_the_report_of_all() {
    let execution = run(100);
    let report = execution.output().expect("the suite has run");
    assert_eq!((report.total, report.passed), (100, 96));
    let problems: Vec<_> = report
        .problems
        .iter()
        .map(|outcome| (outcome.name.as_str(), outcome.verdict, outcome.message.as_deref()))
        .collect();
    assert_eq!(
        problems,
        [
            ("Cart.test33", Verdict::Failed, Some("no button")),
            ("Cart.test50", Verdict::Crashed, Some("out of memory")),
            ("Cart.test66", Verdict::Failed, Some("no button")),
            ("Cart.test99", Verdict::Failed, Some("no button")),
        ]
    );
}

#[test]
fn the_suite_takes_as_long_as_its_slowest_test() {
    let execution = run(40);
    assert_eq!(execution.peak_concurrency, 40);
    execution.assert_succeeded().assert_elapsed(Duration::from_secs(39));
}
