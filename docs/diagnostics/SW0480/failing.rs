#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    s.task(
        charge(order.id, order.total).catch(OutOfStock, |s, _| s.fail("NotPaid", "the card was declined")),
    );
}
