#[workflow(query_language = "JSONPath")]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    s.parallel("Both")
        .input(order.lines)
        .branch(|s, lines| {
            s.map("All", lines).each(|s, line| s.task(ship(line.sku)));
        })
        .branch(|s, _| s.task(tell(order.id)))
        .join();
}
