#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    let parcels = s.map("All", order.lines).each(|s, line| s.task(ship(line.sku)));
    s.task(tell(parcels.get(0).or("nothing")));
}
