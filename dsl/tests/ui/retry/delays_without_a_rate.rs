use stepwright::prelude::*;

pub const POLICY: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[States::ALL]).delays([1, 2, 3, 4])]);
//~^ no `BackoffRate` gives these delays: each is the one before it times the same rate, up to a longest one

fn main() {}
