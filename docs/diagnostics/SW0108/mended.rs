#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    s.task(charge(order.id, order.total));
    s.comment("The money comes first.");
}
