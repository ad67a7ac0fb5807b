#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
    let parcel = s.var("parcel", "none");
    let (shipped, _) =
        s.parallel("Both").branch(|s| s.task(ship(order.id))).branch(|s| s.task(tell(order.id))).join();
    s.set(parcel, shipped);
    *parcel
}
