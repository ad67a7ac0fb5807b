#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    s.task(charge(order.id, order.total).named("Pay"));
    s.task(ship(StateName::new("Charge")));
}
