//! A suite of UI tests, each in a Lambda function of its own: scatter, gather, report.
//!
//! A runner that took three hours one by one takes as long as its slowest test. What to look at:
//!
//! * **A failed test is a result, a crashed function is an error.** Both end in the report: the handler of the error gives an [`Outcome`] like any
//!   test, so that the Map always comes to a list of the same type and nothing stops the others.
//! * **A limit.** A thousand functions at once would eat up the account's concurrency: the Map has a `MaxConcurrency`.

use stepwright::prelude::*;

/// What is to be tested.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Suite {
    /// Under which files of the run are kept.
    pub run_id: String,
    /// The tests, by class and method.
    pub tests: Vec<Test>,
}

/// A test.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Test {
    /// Its class.
    pub class: String,
    /// Its method.
    pub method: String,
}

/// What came of a test.
#[derive(Data, Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// The test: class and method.
    pub name: String,
    /// What it says of itself.
    pub verdict: Verdict,
    /// Why it has not passed.
    pub message: Option<String>,
}

/// What a test says of itself.
#[derive(Data, Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// It has passed.
    Passed,
    /// It has failed.
    Failed,
    /// It said nothing: its function has crashed or taken too long.
    Crashed,
}

/// What came of a suite.
#[derive(Data, Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// How many tests there were.
    pub total: usize,
    /// How many have passed.
    pub passed: usize,
    /// Those that have not.
    pub problems: Vec<Outcome>,
    /// Where the screenshots of the run are.
    pub screenshots: String,
}

/// Runs a test in a browser.
#[task(lambda = "${RunTestArn}", timeout = "5m", rename_all = "camelCase")]
pub fn run_test(class: String, method: String, run_id: String) -> Outcome;

/// Puts the report together.
#[task(lambda = "${MergeReportArn}", rename_all = "camelCase")]
pub fn merge_report(run_id: String, outcomes: Vec<Outcome>) -> Report;

/// Browsers that run at the same time: what an inline Map has room for.
const BROWSERS: u32 = 40;

/// Runs all tests of a suite at the same time, and reports.
#[workflow]
pub fn ui_test_suite(s: &mut Scope, suite: Ref<Suite>) -> Ref<Report> {
    let outcomes = s.map("EachTest", suite.tests).max_concurrency(BROWSERS).each(|s, test| {
        s.task(run_test(test.class, test.method, suite.run_id).catch(States::ALL, |_, error| {
            let name = fmt!("{}.{}", test.class, test.method);
            data!(Outcome { name, verdict: Verdict::Crashed, message: error.cause })
        }))
    });
    s.task(merge_report(suite.run_id, outcomes))
}
