#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    let _ = s.choice("IsPaid").when(order.paid, |s| s.task(ship(order.id)));
    s.wait("Rest", 1.days());
}
