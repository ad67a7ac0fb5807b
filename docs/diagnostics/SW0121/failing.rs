#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    let mut first = None;
    s.pass(
        "Skus",
        order.lines.map(|line| {
            first = Some(line.sku);
            line.sku
        }),
    );
    s.task(ship(first.expect("there is a line")));
}
