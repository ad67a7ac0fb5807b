use stepwright::prelude::*;

pub const POLICY: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[States::ALL]).delays([])]);
//~^ there is no delay in the list; `Retrier::never` is for no retries

fn main() {}
