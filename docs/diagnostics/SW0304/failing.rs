#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    let mut last = None;
    s.map("All", order.lines).each(|s, line| {
        last = Some(s.task(ship(line.sku)));
    });
    s.task(tell(last.expect("the closure was called")));
}
