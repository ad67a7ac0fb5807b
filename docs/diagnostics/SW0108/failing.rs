#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    s.comment("The money comes first.");
    s.task(charge(order.id, order.total));
}
