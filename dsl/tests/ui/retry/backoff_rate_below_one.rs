use stepwright::prelude::*;

pub const SHRINKING: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[States::ALL]).backoff_rate(0.5)]);
//~^ `BackoffRate` must be at least 1.0

fn main() {}
