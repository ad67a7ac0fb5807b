#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    let receipt = s.task(charge(order.id, order.total).catch(Declined, |s, _| s.wait("Sulk", 9.seconds())));
    s.task(tell(receipt));
}
