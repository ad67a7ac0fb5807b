use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Buyer {
    email: String,
}

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Order {
    buyer: Option<Buyer>,
}

#[workflow]
fn address(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
    s.pass("Address", order.buyer.email)
    //~^ no field `email` on type `Ref<Option<Buyer>>`
}

fn main() {}
