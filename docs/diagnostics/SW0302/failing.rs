#[workflow(query_language = "JSONPath")]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    let receipt = s.task(charge(order.id, order.total).save_as("answer"));
    s.task(ship(order.id).save_as("answer"));
    s.task(tell(receipt));
}
