use stepwright::prelude::*;

pub const BOTH: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[States::ALL, States::TIMEOUT])]);
//~^ `States.ALL` must stand alone in a Retrier

fn main() {}
