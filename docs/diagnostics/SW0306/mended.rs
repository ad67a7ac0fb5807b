#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
    s.when("IsOpen", cond!(!order.paid), |s| s.succeed_with("NothingToDo", "no parcel"));
    s.task(ship(order.id))
}
