use stepwright::prelude::*;

#[task(lambda = "${Charge}")]
fn charge(amount: f64) -> String {
    //~^ a task has no body
    format!("charged {amount}")
}

fn main() {}
