#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    let again = s.label();
    s.task(charge(order.id, order.total));
    s.when("IsOpen", cond!(!order.paid), |s| s.goto(again));
    s.task(tell(order.id));
}
