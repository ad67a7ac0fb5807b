//! The workflows of a team.

use stepwright::prelude::*;

/// What the night brought.
#[derive(Data, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// How many jobs ran.
    pub jobs: u32,
    /// How many of them failed.
    pub failures: u32,
    /// Where the details are.
    pub link: String,
}

/// Counts the jobs of a day, given as `2027-01-31`.
#[task(lambda = "${CollectReportFunctionArn}", timeout = "5m")]
pub fn collect_report(day: String) -> Report;

/// Throttled or briefly gone: try again.
const LAMBDA: RetryPolicy =
    RetryPolicy::new(&[Retrier::on(&[States::ALL]).interval_seconds(5).max_attempts(5)]);

/// Tells the team about the failures of a night.
#[workflow(conventions = Conventions::new().retry_lambdas(LAMBDA))]
pub fn nightly_report(s: &mut Scope, day: Ref<String>) -> Ref<Report> {
    let report = s.task(collect_report(day));
    s.when("AnyFailures", cond!(report.failures > 0), |s| {
        let message = fmt!("{} of {} jobs failed on {}: {}", report.failures, report.jobs, day, report.link);
        s.task(sns::publish("${TeamTopicArn}", message).named("TellTheTeam"));
    });
    report
}

/// All workflows, in reading order.
pub fn registry() -> Registry {
    registry![nightly_report]
}
