#[workflow(express)]
fn price(s: &mut Scope, order: Ref<Order>) -> Ref<f64> {
    s.pass("Gross", expr!(order.total * 1.25))
}

#[workflow]
fn deliver(s: &mut Scope, order: Ref<Order>) -> Ref<f64> {
    s.run_express(price().start_express("${Price}", order))
}
