//! Retry and catch: what is tried again, and what is done instead.
//!
//! A policy is a constant, and may say its delays one by one. A handler gives a value in the place of the result; errors are names
//! that are declared once, so a misspelt one does not compile.
//!
//! ```
//! use std::time::Duration;
//! use stepwright::Lambda;
//! use stepwright_examples::ideas::errors::{NoRate, convert, rate_of};
//! use stepwright_sim::{TaskError, WorkflowSimulation};
//!
//! let convert = WorkflowSimulation::of(&convert())?;
//! let unknown = convert.clone().on::<rate_of, _>(|_| -> Result<f64, _> { Err(NoRate.into()) });
//! unknown.run("XAU".into())?.assert_succeeded_with(1.0).assert_retries("RateOf", []);
//!
//! let busy = convert.on::<rate_of, _>(|_| -> Result<f64, TaskError> { Err(Lambda::TOO_MANY_REQUESTS_EXCEPTION.into()) });
//! let delays = [1, 5, 25].map(Duration::from_secs);
//! busy.run("EUR".into())?.assert_failed_with("RatesAreDown").assert_retries("RateOf", delays);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use stepwright::prelude::*;

errors! {
    /// There is no rate of this currency.
    pub NoRate;
}

/// The rate of a currency.
#[task(lambda = "${RateOfArn}", errors = [NoRate], timeout = "10s")]
pub fn rate_of(currency: String) -> f64;

const PATIENTLY: RetryPolicy =
    RetryPolicy::new(&[Retrier::never(&[NoRate]), Retrier::on(&[States::ALL]).delays([1, 5, 25])]);

/// Finds the rate of a currency; one without a rate is worth as much as ours.
#[workflow]
pub fn convert(s: &mut Scope, currency: Ref<String>) -> Ref<f64> {
    let rate = rate_of(currency)
        .retry(PATIENTLY)
        .catch(NoRate, |_, _| expr!(1.0))
        .catch(States::ALL, |s, error| s.fail("RatesAreDown", error.cause));
    s.task(rate)
}
