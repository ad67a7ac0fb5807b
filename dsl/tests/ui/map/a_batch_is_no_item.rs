use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Order {
    id: String,
    skus: Vec<String>,
}

#[task(lambda = "${Reserve}")]
fn reserve(sku: String) -> String;

#[workflow]
fn w(s: &mut Scope, order: Ref<Order>) -> Ref<Vec<String>> {
    s.map("All", order.skus).distributed().batches_of(10).each(|s, sku| s.task(reserve(sku)))
    //~^ cannot be used as a
}

fn main() {}
