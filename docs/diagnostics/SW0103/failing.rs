#[workflow(query_language = "JSONPath")]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    s.task(ship(order.id).save_as("$.parcel"));
}
