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
    s.map("All", order.skus).tolerate_failures(5).each(|s, sku| s.task(reserve(sku)))
    //~^ no method named
}

fn main() {}
