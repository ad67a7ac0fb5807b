use stepwright::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema)]
struct Order {
    id: String,
}

#[workflow]
fn ship(_s: &mut Scope, _order: Ref<Order>) {}
//~^ `Order` is not a type that states can exchange

fn main() {}
