#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    s.map("All", order.lines)
        .distributed()
        .tolerate_failure_percentage(5.0)
        .each(|s, line| s.task(ship(line.sku)));
}
