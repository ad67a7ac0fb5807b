#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
    s.task(ship(order.id))
}
