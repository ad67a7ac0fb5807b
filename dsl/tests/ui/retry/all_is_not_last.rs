use stepwright::prelude::*;

pub const SHADOWING: RetryPolicy =
    RetryPolicy::new(&[Retrier::on(&[States::ALL]), Retrier::on(&[States::TIMEOUT])]);
//~^ the Retrier on `States.ALL` must be the last one

fn main() {}
