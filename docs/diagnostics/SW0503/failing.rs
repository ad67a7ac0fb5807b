#[workflow(query_language = "JSONPath")]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    s.task(charge(order.id, expr!(order.total * 1.25)));
}
