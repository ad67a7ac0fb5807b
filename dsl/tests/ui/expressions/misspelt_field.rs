use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Order {
    total: f64,
}

#[workflow]
fn check(s: &mut Scope, order: Ref<Order>) {
    s.when("IsLarge", cond!(order.totl > 100.0), |_| ());
    //~^ no field `totl` on type `Ref<Order>`
}

fn main() {}
