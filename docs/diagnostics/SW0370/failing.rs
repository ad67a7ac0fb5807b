#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
    let parcel = s.var("parcel", "none");
    s.parallel("Both")
        .branch(|s| {
            let shipped = s.task(ship(order.id));
            s.set(parcel, shipped);
        })
        .branch(|s| s.task(tell(order.id)))
        .join();
    *parcel
}
