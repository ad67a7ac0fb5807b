#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    let skus = s.pass("Skus", order.lines.map(|line| line.sku));
    s.task(ship(skus.get(0).or("nothing")));
}
