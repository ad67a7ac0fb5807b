use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Buyer {
    email: String,
}

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Order {
    #[serde(flatten)]
    //~^ `flatten` hides which fields there are
    buyer: Buyer,
}

fn main() {}
