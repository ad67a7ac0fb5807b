use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Order {
    id: String,
}

#[workflow]
fn number(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
    s.pass("Number", order.number)
    //~^ no field `number` on type `Ref<Order>`
}

fn main() {}
