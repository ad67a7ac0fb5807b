use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type")]
enum Payment {
    Card { number: String },
    Invoice,
}

#[workflow]
fn greet(s: &mut Scope, payment: Ref<Payment>) -> Ref<String> {
    s.pass("Greet", fmt!("Paid by {}.", payment))
    //~^ `Payment` cannot be formatted
}

fn main() {}
