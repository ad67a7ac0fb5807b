#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    s.choice("IsPaid").when(order.paid, |s| s.task(ship(order.id))).or_fail();
    s.wait("Rest", 1.days());
}
