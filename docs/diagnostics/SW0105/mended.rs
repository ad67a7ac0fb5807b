#[workflow(query_language = "JSONPath")]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    s.ends_as("Ended").keep(order.id);
    s.when("IsPaid", order.paid, |s| {
        s.task(ship(order.id));
    });
}
