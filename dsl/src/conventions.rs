//! What a workflow does by default for each kind of state.

use crate::retry::RetryPolicy;
use crate::task::Integration;

/// What a workflow, or a part of it, does by default: how tasks are retried, where results are kept, what happens to
/// errors, and what a scope's end state keeps. A state's own settings always win.
///
/// Conventions are a constant, so that what is wrong in them does not compile:
///
/// ```
/// use stepwright::prelude::*;
///
/// const LAMBDA: RetryPolicy =
///     RetryPolicy::new(&[Retrier::on(&[States::ALL]).interval_seconds(5).max_attempts(5)]);
///
/// const HOUSE: Conventions = Conventions::new()
///     .retry_lambdas(LAMBDA)
///     .save_tasks("results.{state}.success")
///     .record_failures("results.{state}.failure");
/// ```
///
/// In a template, `{state}` is the state's name, or what [`Task::recorded_as`](crate::Task::recorded_as) says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Conventions {
    lambdas: Option<RetryPolicy>,
    activities: Option<RetryPolicy>,
    services: Option<RetryPolicy>,
    pub(crate) tasks: Option<&'static str>,
    pub(crate) composites: Option<&'static str>,
    pub(crate) failures: Option<&'static str>,
    pub(crate) keep: &'static [&'static str],
    pub(crate) partition: Option<&'static str>,
}

impl Default for Conventions {
    fn default() -> Self {
        Self::new()
    }
}

impl Conventions {
    /// No conventions: no retries, results are kept where they are read, errors end the execution.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            lambdas: None,
            activities: None,
            services: None,
            tasks: None,
            composites: None,
            failures: None,
            keep: &[],
            partition: None,
        }
    }

    /// The partition in the `Resource` of service integrations, `aws` by default: `.partition("${AWS::Partition}")` leaves it to
    /// the deployment.
    #[must_use]
    pub const fn partition(mut self, partition: &'static str) -> Self {
        self.partition = Some(partition);
        self
    }

    /// Retries Lambda tasks so.
    #[must_use]
    pub const fn retry_lambdas(mut self, policy: RetryPolicy) -> Self {
        self.lambdas = Some(policy);
        self
    }

    /// Retries activities so.
    #[must_use]
    pub const fn retry_activities(mut self, policy: RetryPolicy) -> Self {
        self.activities = Some(policy);
        self
    }

    /// Retries calls of other services so.
    #[must_use]
    pub const fn retry_services(mut self, policy: RetryPolicy) -> Self {
        self.services = Some(policy);
        self
    }

    /// Keeps the result of each Task at a path, whether it is read or not.
    ///
    /// # Panics
    ///
    /// If the template is no path that contains `{state}`; for a `const`, that is a compile error.
    #[must_use]
    #[track_caller]
    pub const fn save_tasks(mut self, template: &'static str) -> Self {
        check_template(template);
        self.tasks = Some(template);
        self
    }

    /// Keeps the result of each Parallel and Map at a path, whether it is read or not.
    ///
    /// # Panics
    ///
    /// If the template is no path that contains `{state}`; for a `const`, that is a compile error.
    #[must_use]
    #[track_caller]
    pub const fn save_composites(mut self, template: &'static str) -> Self {
        check_template(template);
        self.composites = Some(template);
        self
    }

    /// In a scope that has an end state ([`Scope::ends_as`](crate::Scope::ends_as)), a Task that fails records its Error Output at a path
    /// and goes on to that state: one failure does not stop the siblings. Elsewhere, errors end the execution.
    ///
    /// # Panics
    ///
    /// If the template is no path that contains `{state}`; for a `const`, that is a compile error.
    #[must_use]
    #[track_caller]
    pub const fn record_failures(mut self, template: &'static str) -> Self {
        check_template(template);
        self.failures = Some(template);
        self
    }

    /// Which fields of the document the end state of a scope keeps.
    #[must_use]
    pub const fn keep_at_end(mut self, fields: &'static [&'static str]) -> Self {
        self.keep = fields;
        self
    }

    pub(crate) fn retry_of(&self, integration: &Integration) -> Option<RetryPolicy> {
        match integration {
            Integration::Lambda(_)
            | Integration::LambdaInvoke(_)
            | Integration::Service("arn:aws:states:::lambda:invoke") => self.lambdas,
            Integration::Activity(_) => self.activities,
            Integration::Service(_) => self.services,
        }
    }
}

/// Fills in a template.
pub(crate) fn fill(template: &str, state: &str) -> Vec<String> {
    template.split('.').map(|segment| segment.replace("{state}", state)).collect()
}

#[track_caller]
const fn check_template(template: &str) {
    let bytes = template.as_bytes();
    let mark = b"{state}";
    let (mut i, mut found) = (0, false);
    while i + mark.len() <= bytes.len() {
        let mut j = 0;
        while j < mark.len() && bytes[i + j] == mark[j] {
            j += 1;
        }
        found |= j == mark.len();
        i += 1;
    }
    assert!(found, "the template must contain `{{state}}`, or all states would write to one place");
    let mut i = 0;
    while i < bytes.len() {
        let at_edge = i == 0 || i + 1 == bytes.len() || bytes[i - 1] == b'.';
        assert!(!(bytes[i] == b'.' && at_edge), "the template has an empty segment");
        assert!(bytes[i] != b'$', "the template is a path without `$`: `results.{{state}}`");
        i += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn templates_name_the_state() {
        assert_eq!(fill("results.{state}.success", "Ship"), ["results", "Ship", "success"]);
        assert_eq!(fill("{state}Result", "Ship"), ["ShipResult"]);
    }
}
