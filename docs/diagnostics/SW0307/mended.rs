#[workflow(query_language = "JSONPath")]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    s.parallel("Both")
        .branch(|s| {
            s.map("All", order.lines).each(|s, line| s.task(ship(line.sku)));
        })
        .branch(|s| s.task(tell(order.id)))
        .join();
}
