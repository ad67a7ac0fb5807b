#[workflow(query_language = "JSONPath")]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    let receipt = s.task(charge(order.id, order.total).save_as("receipt"));
    s.task(ship(order.id).save_as("parcel"));
    s.task(tell(receipt));
}
