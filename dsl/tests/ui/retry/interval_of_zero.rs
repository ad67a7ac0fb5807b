use stepwright::prelude::*;

pub const HASTY: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[States::ALL]).interval_seconds(0)]);
//~^ `IntervalSeconds` must be at least 1

fn main() {}
