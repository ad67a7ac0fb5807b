use stepwright::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema)]
struct Receipt {
    number: u32,
}

#[task(lambda = "${Charge}")]
fn charge(amount: f64) -> Receipt;
//~^ `Receipt` is not a type that states can exchange

fn main() {}
