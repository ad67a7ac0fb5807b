#[workflow(query_language = "JSONPath")]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    s.ends_as("Delivered").keep(order.id);
    s.when("IsOpen", cond!(!order.paid), |s| {
        s.ends_as("Refused").keep(order.id);
    });
    s.task(ship(order.id));
}
