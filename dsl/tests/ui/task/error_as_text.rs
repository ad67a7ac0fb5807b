use stepwright::prelude::*;

#[task(lambda = "${Charge}", errors = ["CardDeclined"])]
//~^ expected the path of an `ErrorName` constant
fn charge(amount: f64) -> String;

fn main() {}
