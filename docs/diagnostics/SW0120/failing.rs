#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) -> Ref<u32> {
    s.pass("Count", jsonata!("$sum({lines}.count +)", lines = order.lines))
}
