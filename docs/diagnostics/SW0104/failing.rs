#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    let rest = s.forward_label();
    s.when("IsOpen", cond!(!order.paid), |s| s.goto(rest));
    s.task(ship(order.id));
    s.wait("Rest", 60.seconds());
}
