#[workflow(query_language = "JSONPath")]
fn deliver(s: &mut Scope, order: Ref<Order>) {
    s.pass("Reduce", data!({ "coupon": order.coupon }));
}
