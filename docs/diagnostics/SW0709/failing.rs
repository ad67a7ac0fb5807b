#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    let pause: Expr<u32> = jsonata!("{order}.totl > 100 ? 60 : 1", order = order);
    s.wait("CoolDown", pause);
}
