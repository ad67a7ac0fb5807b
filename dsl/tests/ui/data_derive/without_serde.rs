use stepwright::prelude::*;

#[derive(Data, Deserialize, JsonSchema)]
struct Order {
    //~^ the trait bound `Order: serde::Serialize` is not satisfied
    id: String,
}

fn main() {}
