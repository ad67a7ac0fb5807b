use stepwright::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema)]
struct Buyer {
    email: String,
}

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Order {
    buyer: Buyer,
    //~^ `Buyer` is not a type that states can exchange
}

fn main() {}
