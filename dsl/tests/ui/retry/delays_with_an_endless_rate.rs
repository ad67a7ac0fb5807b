use stepwright::prelude::*;

pub const POLICY: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[States::ALL]).delays([9, 12, 16])]);
//~^ these delays grow by a rate that is no decimal number, so `BackoffRate` cannot hold it exactly

fn main() {}
