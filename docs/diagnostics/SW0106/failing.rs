#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    s.map("All", order.lines)
        .distributed()
        .tolerate_failure_percentage(f64::INFINITY)
        .each(|s, line| s.task(ship(line.sku)));
}
