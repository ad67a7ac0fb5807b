//! What the commands are run on.

use stepwright::prelude::*;

/// Says hello.
///
/// To everyone.
#[workflow]
pub(crate) fn hello(s: &mut Scope, name: Ref<String>) -> Ref<String> {
    s.pass("Greet", fmt!("Hello, {}!", name))
}

const LAMBDA: RetryPolicy =
    RetryPolicy::new(&[Retrier::on(&[States::ALL]).interval_seconds(5).max_attempts(5)]);
const PATIENT: RetryPolicy = RetryPolicy::new(&[
    Retrier::never(&[States::PERMISSIONS]),
    Retrier::on(&[States::TIMEOUT, States::TASK_FAILED])
        .interval_seconds(60)
        .max_attempts(2)
        .backoff_rate(5.0),
]);

/// Builds what is new.
#[task(lambda = "${Build}")]
fn build(name: String) -> String;

#[task(activity = "${Sign}", timeout = "4h")]
fn sign(artifact: String) -> String;

#[task(lambda = "${Announce}", timeout = "30s")]
fn announce(artifact: String);

/// Builds, signs and announces a release.
#[workflow(query_language = "JSONPath", conventions = Conventions::new().retry_lambdas(LAMBDA))]
pub(crate) fn nightly_release(s: &mut Scope, name: Ref<String>) {
    let artifact = s.task(build(name));
    let signed = s.task(sign(artifact).retry(PATIENT));
    s.task(announce(signed));
    s.task(sign(signed).named("SignAgain"));
}

/// Has two states of one name.
#[workflow]
pub(crate) fn broken(s: &mut Scope, name: Ref<String>) {
    for _ in 0..2 {
        s.pass("Twice", name);
    }
}
