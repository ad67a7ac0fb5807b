#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
    s.when("IsOpen", cond!(!order.paid), |s| s.succeed("NothingToDo"));
    s.task(ship(order.id))
}
