use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Order {
    id: String,
    skus: Vec<String>,
}

#[task(lambda = "${Reserve}")]
fn reserve(sku: String) -> String;

#[workflow]
fn w(s: &mut Scope, order: Ref<Order>) {
    s.map("All", order.skus).distributed().batch_input(order.id).each(|s, sku| s.task(reserve(sku)));
    //~^ no method named
}

fn main() {}
