use stepwright::prelude::*;

pub const POLICY: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[States::ALL]).delays([60, 30])]);
//~^ delays cannot shrink: `BackoffRate` is at least 1

fn main() {}
