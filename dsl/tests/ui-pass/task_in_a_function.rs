//! Tasks and data may be declared inside of a function.

use stepwright::prelude::*;

fn main() {
    #[derive(Data, Serialize, Deserialize, JsonSchema)]
    struct Order {
        id: String,
        total: f64,
    }

    #[task(lambda = "${Charge}")]
    fn charge(amount: f64, order_id: String) -> String;

    #[workflow]
    fn pay(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        #[task(lambda = "${Thank}")]
        fn thank(receipt: String) -> String;

        let receipt = s.task(charge(order.total, order.id));
        s.task(thank(receipt))
    }

    assert!(pay().plan().problems.is_empty());
}
