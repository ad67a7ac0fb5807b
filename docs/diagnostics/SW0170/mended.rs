#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) -> Ref<u32> {
    let count = s.var("parcel_count", 0_u32);
    s.task(ship(order.id));
    s.set(count, 1_u32);
    *count
}
