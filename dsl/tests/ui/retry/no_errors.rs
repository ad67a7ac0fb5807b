use stepwright::prelude::*;

pub const NOTHING: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[]).max_attempts(5)]);
//~^ a Retrier names at least one error

fn main() {}
